import { masked } from './mask.ts'

/** Whether a text is one of `kubectl describe`: lines of labels, the first of them a name. */
export function isLabelled(text: string): boolean {
  return /^Name:\s/m.test(text) && (text.match(/^ *[A-Z][\w ()/.-]*:/gm)?.length ?? 0) >= 3
}

const LABEL = /^ *([A-Za-z][\w ()/.-]*?):(?:\s+(.*))?$/
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

/** Labels and annotations of the object, and labels of older releases. */
const OTHER = /\/|^Image\(s\)$|^Session$|^No events\.?$/

/** Whether ours has every documented label, and the telling ones with the same value. */
export function differenceOfLabelled(documented: string, ours: string): string | undefined {
  const there = new Map<string, string[]>()
  for (const [label, value] of labels(ours)) there.set(label, [...(there.get(label) ?? []), value])
  for (const [label, value] of labels(documented)) {
    if (OTHER.test(label)) continue
    const values = there.get(label)
    if (!values) return `no line ${label}:`
    if (TELLING.has(label) && value !== '' && !values.some((other) => plain(other) === plain(value)))
      return `${label}: expected ${plain(value)}, got ${values.map(plain).join(', ')}`
  }
  return undefined
}

function plain(value: string): string {
  return masked(value.replace(/^"(.*)"$/, '$1'))
}

/** Each labelled line, up to where events are listed. */
function* labels(text: string): Iterable<readonly [label: string, value: string]> {
  for (const line of text.split('\n')) {
    const [, label = '', value = ''] = LABEL.exec(line) ?? []
    if (label === '') continue
    yield [masked(label), value.trim()]
    if (label === 'Events') return
  }
}
