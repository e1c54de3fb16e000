import { differenceOfOutputs } from './outputs.ts'
import { treesOf } from './trees.ts'

/** A table as docker prints it. */
interface DockerTable {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly elided: boolean
}

/** Columns of which a run's own value tells nothing. */
const OWN = new Set([
  'CONTAINER ID',
  'VIRTUAL SIZE',
  'IMAGE ID',
  'NETWORK ID',
  'CREATED',
  'SIZE',
  'CPU %',
  'MEM %',
  'MEM USAGE / LIMIT',
  'NET I/O',
  'BLOCK I/O',
  'PIDS',
  'COMMAND',
  'CREATED AT',
  'DIGEST',
  'DISK USAGE',
  'CONTENT SIZE',
  'ID',
  'STARS',
  'DESCRIPTION',
  'COMMENT',
  'PORTS',
  'PID',
  'PPID',
  'STIME',
  'TIME',
  'NODE',
  'UPDATED',
  'ENGINE VERSION',
])
const HEADING = /^[A-Z][A-Z0-9%/()#. -]*$/

/** Says where an output of docker is not of the documented structure, or nothing. */
export function differenceOfDocker(documented: string, ours: string, growing: boolean): string | undefined {
  const printed = withoutProgress(documented)
  if (printed !== undefined) return differenceOfDocker(printed, withoutProgress(ours) ?? ours, growing)
  const tables = dockerTables(documented)
  if (tables.length > 0) return differenceOfDockerTables(tables, dockerTables(ours))
  const objects = jsonLines(documented)
  if (objects.length > 1) {
    const own = jsonLines(ours)
    if (own.length < objects.length) return `expected ${objects.length} objects, got ${own.length}`
    for (const [i, object] of objects.entries()) {
      const found = differenceOfShapes(object, own[i], `line ${i + 1}`)
      if (found !== undefined) return found
    }
    return undefined
  }
  const trees = /^\s*[[{]/.test(documented) ? treesOf(documented) : undefined
  const own = trees && treesOf(withoutProgress(ours) ?? ours)
  if (trees && own) return differenceOfShapes(trees[0], Array.isArray(trees[0]) ? own[0] : aloneIn(own[0]))
  if (/^ ?(?:=> |#\d+ \[|\[\+\] Building)/m.test(documented)) return differenceOfBuilds(documented, ours)
  return differenceOfOutputs(plain(renamedLabels(documented)), plain(ours), growing)
}

/** The objects of an output that is one a line. */
function jsonLines(text: string): readonly unknown[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (!lines.every((line) => /^\{.*\}$/.test(line.trim()))) return []
  try {
    return lines.map((line) => JSON.parse(line) as unknown)
  } catch {
    return []
  }
}

/** The one thing of a list: pages show the object alone. */
function aloneIn(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value
}

/** Labels of `buildx inspect` before release 0.12. */
function renamedLabels(text: string): string {
  return text
    .replace(/^Flags:/gm, 'BuildKit daemon flags:')
    .replace(/^BuildKit:/gm, 'BuildKit version:')
    .replace(/^ *Keep Bytes:/gm, ' Max Used Space:')
}

/** What a build prints after its progress when it prints an object; undefined when it does not. */
function withoutProgress(text: string): string | undefined {
  if (!/^\[\+\] Building/.test(text)) return undefined
  const at = text.search(/^\{$/m)
  return at < 0 ? undefined : text.slice(at)
}

/** Builds agree when the documented steps of the Dockerfile come in ours in order: what BuildKit does besides varies with its release. */
function differenceOfBuilds(documented: string, ours: string): string | undefined {
  const wanted = buildSteps(documented)
  const given = buildSteps(ours)
  if (wanted.length === 0)
    return /\[\+\] Building|#\d+ /.test(ours)
      ? undefined
      : `expected a build, got ${JSON.stringify(ours.slice(0, 200))}`
  let at = 0
  for (const step of wanted) {
    const found = given.findIndex((other, i) => i >= at && other === step)
    if (found < 0) return `no step ${JSON.stringify(step)}; there were ${JSON.stringify(given.slice(0, 12))}`
    at = found + 1
  }
  return undefined
}

function buildSteps(text: string): readonly string[] {
  const steps: string[] = []
  for (const [, step = ''] of text.matchAll(/^ ?(?:=>|#\d+) (?:CACHED )?\[(?:[\w.-]+ )?\d+\/\d+\] ([^\n]*)/gm)) {
    const words = step
      .replace(/@sha256:[0-9a-f…]+.*$/, '')
      .replace(/ +\d+\.\d+s *$/, '')
      .replace(/\s+/g, ' ')
      .replace(/^(FROM \S+):latest\b/, '$1')
      .trim()
    const short = words.slice(0, 40).trim()
    if (steps.at(-1) !== short) steps.push(short)
  }
  return steps
}

/** The tables of an output: a line of at least two headings in capitals, and rows cut where these begin. */
export function dockerTables(text: string): readonly DockerTable[] {
  const tables: { headings: string[]; starts: number[]; rows: string[][]; elided: boolean }[] = []
  for (const raw of text.split('\n')) {
    const line = raw.replaceAll('\t', '    ')
    if (line.trim() === '') continue
    const cells = [...line.matchAll(/\S+(?: \S+)*/g)]
    const headings = cells.map((match) => match[0])
    if (cells.length > 1 && headings.every((cell) => HEADING.test(cell))) {
      tables.push({ headings, starts: cells.map((match) => match.index), rows: [], elided: false })
      continue
    }
    const table = tables.at(-1)
    if (!table) continue
    if (/^\s*(?:\.\.\.|…|<.*>)\s*$/.test(line)) {
      table.elided = true
      continue
    }
    const aligned = table.starts.every((at) => at === 0 || at >= line.length || line[at - 1] === ' ')
    const apart = line.trim().split(/ {2,}/)
    const cut = table.starts.map((at, i) => line.slice(at, table.starts[i + 1]).trim())
    table.rows.push(
      aligned && !(apart.length === table.starts.length) ? cut : apart.length === table.starts.length ? apart : cut,
    )
  }
  return tables
}

function differenceOfDockerTables(
  documented: readonly DockerTable[],
  ours: readonly DockerTable[],
): string | undefined {
  if (documented.length > ours.length) return `expected ${documented.length} tables, got ${ours.length}`
  for (const [i, table] of documented.entries()) {
    const other = ours[i] as DockerTable
    const columns = table.headings.map((heading) =>
      Math.max(other.headings.indexOf(heading), other.headings.indexOf(RENAMED[heading] ?? heading)),
    )
    const missing = columns.findIndex((at) => at < 0)
    if (missing >= 0) return `columns: expected ${table.headings.join(' | ')}, got ${other.headings.join(' | ')}`
    const left = other.rows.map((row) =>
      signature(
        columns.map((at) => row[at] ?? ''),
        table.headings,
      ),
    )
    for (const row of table.rows) {
      const wanted = signature(row, table.headings)
      const at = left.indexOf(wanted)
      if (at < 0) return `no row ${wanted}; there were ${left.slice(0, 8).join(' ; ')}`
      left.splice(at, 1)
    }
  }
  return undefined
}

/** Columns that have had another name. */
const RENAMED: Readonly<Record<string, string>> = {
  'VIRTUAL SIZE': 'SIZE',
  ID: 'IMAGE ID',
  'IN USE': 'EXTRA',
  USED: 'EXTRA',
  CURRENTSTATE: 'CURRENT STATE',
}

function signature(row: readonly string[], headings: readonly string[]): string {
  return headings.map((heading, i) => (OWN.has(heading) ? '*' : cell(row[i] ?? '', heading))).join(' | ')
}

function cell(text: string, heading: string): string {
  if (heading === 'STATUS')
    return text
      .replace(/ ?(?:About an?|Less than a|\d+) (?:second|minute|hour|day|week|month|year)s?/g, '')
      .replace(/ \((?:healthy|health: starting|unhealthy)\)/, '')
      .replace(/ ago$/, '')
      .replace(/^exited/, 'Exited')
      .trim()
  if (heading === 'CURRENT STATE') return text.split(' ')[0] ?? ''
  if (heading === 'NAMES' || heading === 'NAME') return plain(text.replace(/\.[a-z0-9]{25}$/, ''))
  if (/^[0-9a-f]{12}$/.test(text)) return '*'
  return text
    .replace(/…$|\.\.\.$/, '')
    .replace(/@sha256:[0-9a-f]+$/, '')
    .replace(/:latest$/, '')
    .replace(/ \*$/, '')
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

/** Whether ours has every documented key with a value of the same sort. */
function differenceOfShapes(documented: unknown, ours: unknown, path = ''): string | undefined {
  if (documented === null || documented === undefined || isEmpty(documented)) return undefined
  if (Array.isArray(documented)) {
    if (!Array.isArray(ours)) return ours === null && documented.length === 0 ? undefined : `${path}: expected a list`
    return documented.length > 0 && ours.length > 0
      ? differenceOfShapes(documented[0], ours[0], `${path}[0]`)
      : undefined
  }
  if (typeof documented === 'object') {
    if (typeof ours !== 'object' || ours === null) return `${path}: expected an object`
    const own = ours as Readonly<Record<string, unknown>>
    for (const [key, value] of Object.entries(documented)) {
      if (/^[0-9a-f]{12,64}$/.test(key)) {
        const other = Object.values(own)[0]
        const found = other === undefined ? `${path}: nothing in it` : differenceOfShapes(value, other, `${path}.<id>`)
        if (found) return found
        continue
      }
      if (!(key in own)) return `${path}.${key}: missing`
      const found = differenceOfShapes(value, own[key], `${path}.${key}`)
      if (found) return found
    }
    return undefined
  }
  if (ours === null) return undefined
  return typeof documented === typeof ours ? undefined : `${path}: expected a ${typeof documented}, got ${typeof ours}`
}

/** A text without what differs from run to run: ids, ages, sizes, made-up names, and lines of layers. */
export function plain(text: string): string {
  return text
    .replace(/\[y\/N\] ?y?/g, '[y/N]\n')
    .replace(
      /\(([\w./-]+=[^,()]*(?:, [\w./-]+=[^,()]*)+)\)/g,
      (_, pairs: string) => `(${pairs.split(', ').sort().join(', ')})`,
    )
    .split('\n')
    .filter((line) => !PULLING.test(line) && !LAYER.test(line) && !CONVERGING.test(line))
    .join('\n')
    .replace(/\b(?:sha256:)?[0-9a-f]{64}\b/g, '<hash>')
    .replace(/(?<=[\w/]):latest\b/g, '')
    .replace(/\bcode = (\d+)\b/g, (text, code: string) => (CODES[code] ? `code = ${CODES[code]}` : text))
    .replace(/SWMTKN-[\w.-]+/g, '<token>')
    .replace(/\b(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])(?:[a-z0-9]{25}|[a-z0-9]{12})\b/g, '<hash>')
    .replace(/\bsha256:[0-9a-f]{6,}(?:\.\.\.|…)?/g, '<hash>')
    .replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{12}\b/g, '<hash>')
    .replace(/\b[0-9a-f]{3,12}\.\.\.[0-9a-f]{4}\b/g, '<hash>')
    .replace(/^[0-9a-f]{10,}\.{3}$/gm, '<hash>')
    .replace(/^untagged: \S+@\S+\n?/gim, '')
    .replace(/(?:^deleted: <hash>\n?)+/gim, 'Deleted: <hash>\n')
    .replace(/\bafter \d+ ms\b/g, 'after <age>')
    .replace(/\bdocker: Error response from daemon: /g, 'Error response from daemon: ')
    .replace(/\b(?:About an?|Less than a|\d+) (?:second|minute|hour|day|week|month|year)s?(?: ago)?/g, '<age>')
    .replace(/\b\d+(?:\.\d+)? ?(?:kB|MB|GB|B|KiB|MiB|GiB|TB)\b/g, '<size>')
    .replace(/\b\d+(?:\.\d+)?%/g, '<share>')
    .replace(/\b[a-z]+_[a-z]+\d?\b(?=$|\s|\)|,)/gm, '<name>')
    .replace(/, (?:\[::\]|::):\d+->\d+\/(?:tcp|udp)/g, '')
    .replace(/^\[::\]:\d+$|^.* -> \[::\]:\d+$/gm, '')
    .replace(/:::\d+->\d+\/tcp,? ?/g, '')
    .replace(/\b\d+(?:\.\d+)?s\b/g, '<age>')
    .replace(/✔/g, '')
    .replace(/^.*Running \d+\/\d+$/gm, '')
}

/** Names of codes that older releases told as numbers. */
const CODES: Readonly<Record<string, string>> = {
  2: 'Unknown',
  3: 'InvalidArgument',
  5: 'NotFound',
  6: 'AlreadyExists',
  9: 'FailedPrecondition',
}

/** What a pull tells before what the page is about. */
const PULLING =
  /^Unable to find image|^\S+: Pulling from |^Digest: |^Status: (?:Downloaded|Image is)|^Using default tag/
/** How far a service is on its way to what is wanted: releases before 17.10 told nothing of it. */
const CONVERGING =
  /^overall progress: |^\d+\/\d+: |^[\w-]{1,12}: (?:running|complete) |^verify: |^rollback: manually requested|^job complete/
const LAYER =
  /^\s*[0-9a-f]{12}: (?:Pull|Already exists|Download|Extracting|Pushed|Layer already exists|Mounted from|Waiting|Preparing|Verifying)/
