import { masked } from './mask.ts'

/** Whether a text is one of `kubectl describe`: lines of labels, the first of them a name. */
export function isLabelled(text: string): boolean {
  return /^Name:\s/m.test(text) && (text.match(/^ *[A-Z][\w ()/.-]*:/gm)?.length ?? 0) >= 3
}

const LABEL = /^( *)([A-Za-z][\w ()/.-]*?):(?:\s+(.*))?$/
/** Labels whose value says whether it is the same thing. */
const TELLING: ReadonlySet<string> = new Set([
  'Name',
  'Namespace',
  'Status',
  'Type',
  'Replicas',
  'Image',
  'Reason',
  'QoS Class',
  'Parallelism',
  'Completions',
])

/** Whether ours has every documented label below the same labels, and the telling ones with the same value. */
export function differenceOfLabelled(documented: string, ours: string): string | undefined {
  const there = new Map<string, string[]>()
  for (const [path, value] of labels(ours)) there.set(path, [...(there.get(path) ?? []), value])
  for (const [path, value] of labels(documented)) {
    const values = there.get(path)
    if (!values) return `no line ${path}:`
    const label = path.slice(path.lastIndexOf('/') + 1)
    if (TELLING.has(label) && value !== '' && !values.some((other) => masked(other) === masked(value)))
      return `${path}: expected ${masked(value)}, got ${values.map(masked).join(', ')}`
  }
  return undefined
}

/** Each labelled line as the path of the labels above it, up to where events are listed. */
function* labels(text: string): Iterable<readonly [path: string, value: string]> {
  const above: { indent: number; label: string }[] = []
  for (const line of text.split('\n')) {
    const [, indent = '', label = '', value = ''] = LABEL.exec(line) ?? []
    if (label === '') continue
    while (above.length > 0 && (above.at(-1)?.indent ?? 0) >= indent.length) above.pop()
    yield [masked([...above.map((one) => one.label), label].join('/')), value.trim()]
    above.push({ indent: indent.length, label })
    if (label === 'Events') return
  }
}
