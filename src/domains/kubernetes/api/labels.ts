import { parseRequirements } from './labelParser.ts'
import { newRequirement, type Operator, parseInt64, type Requirement } from './labelRequirement.ts'
import { goQuote } from './labelSyntax.ts'

export { type FieldSelector, matchesFields, parseFieldSelector } from './fieldSelector.ts'
export type { Operator, Requirement } from './labelRequirement.ts'
export { labelKeyErrors, labelValueErrors } from './labelSyntax.ts'

/**
 * What a label selector asks: every requirement must hold. `nothing` matches no object at all (a null LabelSelector);
 * an empty list matches everything.
 * Models: staging/src/k8s.io/apimachinery/pkg/labels/selector.go
 */
export interface Selector {
  readonly requirements: readonly Requirement[]
  readonly nothing?: boolean
}

/** A `metav1.LabelSelector` as manifests write it. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: string
    readonly values?: readonly string[]
  }[]
}

/** The labels of an object. */
export type Labels = Readonly<Record<string, string>>

/** A selector, or why the text or object is none, in the API server's words. */
export type SelectorAnswer = { ok: true; selector: Selector } | { ok: false; error: string }

/** Parses `app=web,env in (prod,dev),!old`. Requirements come sorted by key, as upstream sorts them. */
export function parseSelector(text: string): SelectorAnswer {
  const parsed = parseRequirements(text)
  return typeof parsed === 'string'
    ? { ok: false, error: parsed }
    : { ok: true, selector: { requirements: parsed.sort(byKey) } }
}

/** The selector of a `metav1.LabelSelector`: null selects nothing, `{}` selects everything. */
export function selectorFromObject(object: LabelSelector | null | undefined): SelectorAnswer {
  if (object === null || object === undefined) return { ok: true, selector: NOTHING }
  const known = fromObject.get(object)
  if (known) return known
  const answer = convert(object)
  fromObject.set(object, answer)
  return answer
}

/** Whether an object with these labels is selected. */
export function matches(selector: Selector, labels: Labels | undefined): boolean {
  if (selector.nothing) return false
  for (const requirement of selector.requirements) if (!holds(requirement, labels ?? EMPTY)) return false
  return true
}

/** The canonical text; `kubectl` prints `<none>` for an empty one. */
export function formatSelector(selector: Selector): string {
  return selector.requirements.map(formatRequirement).join(',')
}

/** What kubectl's columns and describe show for a LabelSelector object: its text, `<none>`, or `<error>`. */
export function formatLabelSelector(object: LabelSelector | null | undefined): string {
  const answer = selectorFromObject(object)
  if (!answer.ok) return '<error>'
  return formatSelector(answer.selector) || '<none>'
}

const NOTHING: Selector = { requirements: [], nothing: true }
const EMPTY: Labels = {}
const fromObject = new WeakMap<LabelSelector, SelectorAnswer>()
const objectOperators: Readonly<Record<string, Operator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
}
const symbols: Readonly<Record<Operator, string>> = {
  in: ' in ',
  notin: ' notin ',
  '=': '=',
  '==': '==',
  '!=': '!=',
  gt: '>',
  lt: '<',
  exists: '',
  '!': '',
}

function convert(object: LabelSelector): SelectorAnswer {
  const requirements: Requirement[] = []
  // Go walks this map in random order; ours is sorted, so that the first error is always the same one.
  for (const [key, value] of Object.entries(object.matchLabels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const requirement = newRequirement(key, '=', [value])
    if (typeof requirement === 'string') return { ok: false, error: requirement }
    requirements.push(requirement)
  }
  for (const { key, operator, values } of object.matchExpressions ?? []) {
    const op = Object.hasOwn(objectOperators, operator) ? objectOperators[operator] : undefined
    if (op === undefined) return { ok: false, error: `${goQuote(operator)} is not a valid label selector operator` }
    const requirement = newRequirement(key, op, values ?? [])
    if (typeof requirement === 'string') return { ok: false, error: requirement }
    requirements.push(requirement)
  }
  return { ok: true, selector: { requirements: requirements.sort(byKey) } }
}

function byKey(a: Requirement, b: Requirement): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}

function holds({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  switch (operator) {
    case '=':
    case '==':
    case 'in':
      return value !== undefined && values.includes(value)
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value)
    case 'exists':
      return value !== undefined
    case '!':
      return value === undefined
    default: {
      const own = value === undefined ? undefined : parseInt64(value)
      const bound = parseInt64(values[0] ?? '')
      if (own === undefined || bound === undefined) return false
      return operator === 'gt' ? own > bound : own < bound
    }
  }
}

function formatRequirement({ key, operator, values }: Requirement): string {
  if (operator === 'exists') return key
  if (operator === '!') return `!${key}`
  const list = [...values].sort().join(',')
  return key + symbols[operator] + (operator === 'in' || operator === 'notin' ? `(${list})` : list)
}
