import { masked } from './mask.ts'

/** A table as kubectl prints it: a line of headings in capitals, and rows cut where the headings begin. */
export interface Table {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Rows left out with `...`. */
  readonly elided: boolean
}

const ELISION = /^\s*(?:\.\.\.|…|\[\.\.\.\]|<.*(?:snip|omitted|truncated).*>)\s*$/i
const HEADING = /^[A-Z][A-Z0-9()%/._-]*(?: [A-Z(][A-Z0-9()%/._-]*)*$/

/** The tables of an output, one after another; undefined when there is text that belongs to none. */
export function tablesOf(text: string): readonly Table[] | undefined {
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
      tables.push({
        headings: headings.map(([name]) => name),
        starts: headings.map(([, at]) => at),
        rows: [],
        elided: false,
      })
      continue
    }
    const table = tables.at(-1)
    if (!table) return undefined
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
])

/** Whether ours shows what is documented: the same columns, and a row for each documented one. */
export function differenceOfTables(documented: readonly Table[], ours: readonly Table[]): string | undefined {
  if (documented.length > ours.length) return `expected ${documented.length} tables, got ${ours.length}`
  for (const [i, table] of documented.entries()) {
    const other = ours[i] as Table
    if (other.headings.join('|') !== table.headings.join('|'))
      return `columns: expected ${table.headings.join(' ')}, got ${other.headings.join(' ')}`
    const left = other.rows.map((row) => signature(row, table.headings))
    for (const row of table.rows) {
      const wanted = signature(row, table.headings)
      const at = left.indexOf(wanted)
      if (at < 0) return `no row ${wanted}; there were ${left.slice(0, 12).join(' ; ')}`
      left.splice(at, 1)
    }
  }
  return undefined
}

function signature(row: readonly string[], headings: readonly string[]): string {
  return headings
    .map((heading, i) => (OWN.has(heading) ? (row[i] === undefined || row[i] === '' ? '' : '*') : masked(row[i] ?? '')))
    .join(' | ')
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
  return starts.map((at, i) => line.slice(at, starts[i + 1]).trim())
}
