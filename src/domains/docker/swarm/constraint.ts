/** One placement constraint: `node.role == manager`. */
export interface Constraint {
  readonly key: string
  readonly not: boolean
  readonly value: string
}

/** What constraints may ask of a node. */
export interface NodeFacts {
  readonly id: string
  readonly hostname: string
  readonly ip: string
  readonly role: string
  readonly labels: { readonly [name: string]: string }
  readonly engineLabels: { readonly [name: string]: string }
  readonly os: string
  readonly arch: string
}

/** Reads constraints; the error is the manager's words. Models: swarmkit manager/constraint Parse */
export function readConstraints(texts: readonly string[]): readonly Constraint[] | { readonly error: string } {
  const found: Constraint[] = []
  for (const text of texts) {
    const not = text.includes('!=')
    const parts = not ? text.split('!=') : text.split('==')
    const key = (parts[0] ?? '').trim()
    const value = (parts[1] ?? '').trim()
    if (parts.length < 2) return { error: 'constraint expected one operator from ==, !=' }
    if (!/^[a-z_][a-z0-9\-_.]+$/i.test(key)) return { error: `key '${key}' is invalid` }
    if (value === '' || !/^[a-z0-9:\-_\s.*()?+[\]\\^$|/]+$/i.test(value))
      return { error: `value '${value}' is invalid` }
    found.push({ key, not, value })
  }
  return found
}

/** Whether a node meets all constraints; a label that it lacks is as an empty one. Models: swarmkit manager/constraint NodeMatches */
export function meets(constraints: readonly Constraint[], node: NodeFacts): boolean {
  return constraints.every(({ key, not, value }) => {
    const lower = key.toLowerCase()
    const is = (text: string): boolean => (text.toLowerCase() === value.toLowerCase()) !== not
    if (lower === 'node.id') return is(node.id)
    if (lower === 'node.hostname') return is(node.hostname)
    if (lower === 'node.ip') return is(node.ip)
    if (lower === 'node.role') return is(node.role)
    if (lower === 'node.platform.os') return is(node.os)
    if (lower === 'node.platform.arch') return is(node.arch)
    if (lower.startsWith('node.labels.')) return is(labelOf(node.labels, key.slice('node.labels.'.length)))
    if (lower.startsWith('engine.labels.')) return is(labelOf(node.engineLabels, key.slice('engine.labels.'.length)))
    return false
  })
}

function labelOf(labels: { readonly [name: string]: string }, name: string): string {
  return labels[name] ?? ''
}

/** The value of a spread descriptor on a node: those without the label are one group. */
export function spreadValue(descriptor: string, node: NodeFacts): string {
  const lower = descriptor.toLowerCase()
  if (lower.startsWith('node.labels.')) return labelOf(node.labels, descriptor.slice('node.labels.'.length))
  if (lower.startsWith('engine.labels.')) return labelOf(node.engineLabels, descriptor.slice('engine.labels.'.length))
  return ''
}
