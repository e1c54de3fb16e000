import { masked } from './mask.ts'

/** A table as kubectl prints it: a line of headings in capitals, and rows cut where the headings begin. */
export interface Table {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Rows left out with `...`. */
  readonly elided: boolean
}

const ELISION = /^\s*(?:<\.\.\.>|\.\.\.|…|\[\.\.\.\]|<.*(?:snip|omitted|truncated).*>)\s*$/i
const HEADING = /^[A-Z][A-Z0-9()%/._-]*(?: [A-Z(][A-Z0-9()%/._-]*)*$/

/** The tables of an output, one after another; undefined when there is text before the first, unless `lenient`. Headings printed again go on with the same table. */
export function tablesOf(text: string, lenient = false): readonly Table[] | undefined {
  const tables: {
    headings: readonly string[]
    rows: (readonly string[])[]
    elided: boolean
    starts: readonly number[]
  }[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const headings = headingsOf(line)
    if (headings) {
      const names = headings.map(([name]) => name)
      if (tables.at(-1)?.headings.join('|') === names.join('|')) continue
      tables.push({
        headings: headings.map(([name]) => name),
        starts: headings.map(([, at]) => at),
        rows: [],
        elided: false,
      })
      continue
    }
    const table = tables.at(-1)
    if (!table) {
      if (!lenient) return undefined
      continue
    }
    if (ELISION.test(line)) table.elided = true
    else table.rows.push(cellsOf(line, table.starts))
  }
  return tables.length > 0 ? tables : undefined
}

/** Columns of which a run's own value tells nothing. */
const OWN: ReadonlySet<string> = new Set([
  'AGE',
  'IP',
  'NODE',
  'CLUSTER-IP',
  'CLUSTER_IP',
  'EXTERNAL-IP',
  'INTERNAL-IP',
  'LAST SEEN',
  'FIRST SEEN',
  'LASTSEEN',
  'FIRSTSEEN',
  'CPU(CORES)',
  'CPU(cores)',
  'CPU%',
  'CPU(%)',
  'MEMORY(BYTES)',
  'MEMORY(bytes)',
  'MEMORY%',
  'MEMORY(%)',
  'VERSION',
  'OS-IMAGE',
  'KERNEL-VERSION',
  'CONTAINER-RUNTIME',
  'LAST SCHEDULE',
  'DURATION',
  'VOLUME',
  'RESTARTS',
  'ADDRESS',
  'HOSTS',
  'CHANGE-CAUSE',
  'UID',
  'ENDPOINTS',
  'COUNT',
  'SUBOBJECT',
  'SOURCE',
  'NAME-SERVERS',
  'TARGETS',
  'TARGET',
  'SECRETS',
])

/** Whether ours shows what is documented: its columns, perhaps with newer ones among them, and a row for each documented one. */
export function differenceOfTables(documented: readonly Table[], ours: readonly Table[]): string | undefined {
  if (documented.length > ours.length) return `expected ${documented.length} tables, got ${ours.length}`
  for (const [i, table] of documented.entries()) {
    const other = ours[i] as Table
    const columns = table.headings.map((heading) =>
      Math.max(other.headings.indexOf(heading), other.headings.indexOf(newName(heading))),
    )
    if (columns.some((at, k) => at < 0 || at <= (columns[k - 1] ?? -1)))
      return `columns: expected ${table.headings.join(' ')}, got ${other.headings.join(' ')}`
    const left = other.rows.map((row) =>
      signature(
        columns.map((at) => row[at] ?? ''),
        table.headings,
      ),
    )
    for (const row of table.rows) {
      const wanted = signature(row, table.headings)
      const at = left.indexOf(wanted)
      if (at < 0) return `no row ${wanted}; there were ${left.slice(0, 12).join(' ; ')}`
      left.splice(at, 1)
    }
  }
  return undefined
}

/** Why a documented table cannot be compared: its columns are those that an older kubectl printed. */
export function olderFormat(documented: readonly Table[]): string | undefined {
  return documented.some(({ headings }) => OLDER.has(headings.join(' '))) ? 'a table of an older kubectl' : undefined
}

/** Columns before kubectl 1.11 let the server print: Deployments, ReplicationControllers, Services and Nodes with labels, the first claims. */
const OLDER: ReadonlySet<string> = new Set([
  'NAME DESIRED CURRENT UP-TO-DATE AVAILABLE AGE',
  'NAME CLUSTER_IP EXTERNAL_IP PORT(S) SELECTOR AGE',
  'NAME LABELS SELECTOR IP(S) PORT(S)',
  'NAME LABELS SELECTOR IP PORT(S)',
  'CONTROLLER CONTAINER(S) IMAGE(S) SELECTOR REPLICAS',
  'CONTROLLER CONTAINER(S) IMAGE(S) SELECTOR REPLICAS AGE',
  'NAME LABELS STATUS',
  'NAME LABELS STATUS AGE',
  'NAME LABELS STATUS VOLUME CAPACITY ACCESSMODES AGE',
  'NAME LABELS CAPACITY ACCESSMODES STATUS CLAIM REASON AGE',
  'NAME DESIRED SUCCESSFUL AGE',
  'NAME TYPE DATA',
])

/** Columns that have had another name. */
function newName(heading: string): string {
  return RENAMED[heading] ?? heading
}

const RENAMED: Readonly<Record<string, string>> = {
  TARGET: 'TARGETS',
  ACCESSMODES: 'ACCESS MODES',
  RECLAIMPOLICY: 'RECLAIM POLICY',
}

function signature(row: readonly string[], headings: readonly string[]): string {
  return headings.map((heading, i) => (OWN.has(heading) ? '*' : plain(row[i] ?? '', heading))).join(' | ')
}

/** A cell without what differs from run to run and from release to release. */
function plain(cell: string, heading: string): string {
  const text = masked(cell)
  if (text === '<none>') return ''
  if (heading === 'REFERENCE') return text.replace(/\/scale$/, '')
  if (heading === 'STATUS') return text.replace(/ErrImagePull|ImagePullBackOff/, 'ErrImagePull')
  if (heading !== 'LABELS') return text
  const given = text.split(',').filter((label) => !/^(?:kubernetes\.io\/metadata\.name|pod-template-hash)=/.test(label))
  return given.sort().join(',')
}

function headingsOf(line: string): readonly (readonly [string, number])[] | undefined {
  const found: [string, number][] = []
  for (const match of line.matchAll(/\S+(?: \S+)*/g)) found.push([match[0], match.index])
  if (found.length === 0 || !found.every(([name]) => HEADING.test(name) || /^(?:CPU|MEMORY)\(\w+\)$/.test(name)))
    return undefined
  if (found.length === 1) return /^[A-Z]{2,}(?:-[A-Z]+)*$/.test(found[0]?.[0] ?? '') ? found : undefined
  return found
}

/** Cells by where headings begin; by gaps where a documented table is not aligned. */
function cellsOf(line: string, starts: readonly number[]): readonly string[] {
  const aligned = starts.every((at) => at === 0 || at > line.length || line[at - 1] === ' ')
  if (!aligned) return line.trim().split(/ {2,}|\t/)
  const cells = starts.map((at, i) => line.slice(at, starts[i + 1]).trim())
  const apart = line.trim().split(/ {2,}|\t/)
  return apart.length === starts.length && cells.some((cell) => / {2,}/.test(cell)) ? apart : cells
}
