import type {
  Affinity,
  ClusterNode,
  LabelSelector,
  Labels,
  NodeSelector,
  NodeSelectorTerm,
  PodSpec,
  Requirement,
} from './objects.ts'
import { noLabels } from './objects.ts'

/** A compiled label selector: the test, and what an index over pods needs to know about it. */
export interface CompiledSelector {
  readonly matches: (labels: Labels) => boolean
  /** Matches everything because it asks nothing. */
  readonly empty: boolean
  /** Same key, same meaning. */
  readonly key: string
  /** Label pairs that every match must have. */
  readonly pairs: readonly (readonly [key: string, value: string])[]
}

/** Compiles a LabelSelector, memoised by identity: null matches nothing, `{}` everything, one that cannot be parsed nothing. */
export function compileSelector(selector: LabelSelector | null | undefined): CompiledSelector {
  if (!selector) return nothing
  const known = compiled.get(selector)
  if (known) return known
  const fresh = fromRequirements(
    Object.entries(selector.matchLabels ?? {}),
    selector.matchExpressions ?? [],
    labelOperators,
  )
  compiled.set(selector, fresh)
  return fresh
}

/** The selector that also wants the given pairs; nothing stays nothing. */
export function withPairs(selector: CompiledSelector, pairs: readonly (readonly [string, string])[]): CompiledSelector {
  if (pairs.length === 0 || selector === nothing) return selector
  return {
    matches: (labels) => pairs.every(([key, value]) => labels[key] === value) && selector.matches(labels),
    empty: false,
    key: `${JSON.stringify(pairs)}&${selector.key}`,
    pairs: [...selector.pairs, ...pairs],
  }
}

/** Both selectors at once. */
export function bothSelectors(a: CompiledSelector, b: CompiledSelector): CompiledSelector {
  if (a === nothing || b === nothing) return nothing
  if (a.empty) return b
  if (b.empty) return a
  return {
    matches: (labels) => a.matches(labels) && b.matches(labels),
    empty: false,
    key: `${a.key}&${b.key}`,
    pairs: [...a.pairs, ...b.pairs],
  }
}

/** Selector of plain label pairs (a Service's, a ReplicationController's, a nodeSelector). */
export function pairSelector(pairs: Labels): CompiledSelector {
  return fromRequirements(Object.entries(pairs), [], labelOperators)
}

/** Matches no pod at all. */
export const nothing: CompiledSelector = { matches: () => false, empty: false, key: 'nothing', pairs: [] }

const compiled = new WeakMap<LabelSelector, CompiledSelector>()
const labelOperators = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist'])
const nodeOperators = new Set([...labelOperators, 'Gt', 'Lt'])

function fromRequirements(
  pairs: readonly (readonly [string, string])[],
  expressions: readonly Requirement[],
  operators: ReadonlySet<string>,
): CompiledSelector {
  if (pairs.some(([key, value]) => !isLabelKey(key) || !isLabelValue(value))) return nothing
  const tests: ((labels: Labels) => boolean)[] = []
  const sure = [...pairs]
  for (const expression of expressions) {
    const test = requirementTest(expression, operators)
    if (!test) return nothing
    tests.push(test)
    const only = expression.values?.[0]
    if (expression.operator === 'In' && expression.values?.length === 1 && only !== undefined)
      sure.push([expression.key, only])
  }
  const wanted = [...pairs].sort(([a], [b]) => (a < b ? -1 : 1))
  const shown = expressions.map((e) => [e.key, e.operator, ...(e.values ?? [])])
  const first = wanted[0]
  const matches =
    tests.length === 0 && wanted.length === 1 && first
      ? (labels: Labels) => labels[first[0]] === first[1]
      : (labels: Labels) => {
          for (let i = 0; i < wanted.length; i++) {
            const pair = wanted[i]
            if (pair && labels[pair[0]] !== pair[1]) return false
          }
          for (let i = 0; i < tests.length; i++) if (!tests[i]?.(labels)) return false
          return true
        }
  return {
    matches,
    empty: pairs.length === 0 && expressions.length === 0,
    key: JSON.stringify([wanted, shown]),
    pairs: sure,
  }
}

/** The test of one requirement, or undefined where upstream would refuse to parse it. */
function requirementTest(
  requirement: Requirement,
  operators: ReadonlySet<string>,
): ((labels: Labels) => boolean) | undefined {
  const { key, operator } = requirement
  const values = requirement.values ?? []
  if (!operators.has(operator) || !isLabelKey(key) || !values.every(isLabelValue)) return undefined
  const set = new Set(values)
  switch (operator) {
    case 'In':
      return values.length === 0 ? undefined : (labels) => hasOwn(labels, key) && set.has(labels[key] as string)
    case 'NotIn':
      return values.length === 0 ? undefined : (labels) => !hasOwn(labels, key) || !set.has(labels[key] as string)
    case 'Exists':
      return values.length > 0 ? undefined : (labels) => hasOwn(labels, key)
    case 'DoesNotExist':
      return values.length > 0 ? undefined : (labels) => !hasOwn(labels, key)
    default: {
      const bound = wholeNumber(values[0])
      if (values.length !== 1 || bound === undefined) return undefined
      return (labels) => {
        const own = wholeNumber(labels[key])
        return own !== undefined && (operator === 'Gt' ? own > bound : own < bound)
      }
    }
  }
}

function hasOwn(labels: Labels, key: string): boolean {
  return labels[key] !== undefined
}

function wholeNumber(text: string | undefined): bigint | undefined {
  return text !== undefined && /^[+-]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined
}

const namePart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const dnsName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

function isLabelValue(value: string): boolean {
  return value === '' || (value.length <= 63 && namePart.test(value))
}

function isLabelKey(key: string): boolean {
  const parts = key.split('/')
  const name = parts.pop() ?? ''
  const prefix = parts[0]
  if (parts.length > 1 || (prefix !== undefined && (prefix.length > 253 || !dnsName.test(prefix)))) return false
  return name.length <= 63 && namePart.test(name)
}

/** Compiles one node selector term, memoised by identity; an empty term, or one that cannot be parsed, matches nothing. */
export function compileNodeTerm(term: NodeSelectorTerm): (node: ClusterNode) => boolean {
  const known = terms.get(term)
  if (known) return known
  const fresh = nodeTerm(term)
  terms.set(term, fresh)
  return fresh
}

const terms = new WeakMap<NodeSelectorTerm, (node: ClusterNode) => boolean>()

function nodeTerm(term: NodeSelectorTerm): (node: ClusterNode) => boolean {
  const expressions = term.matchExpressions ?? []
  const fields = term.matchFields ?? []
  if (expressions.length === 0 && fields.length === 0) return () => false
  const labels = fromRequirements([], expressions, nodeOperators)
  if (labels === nothing) return () => false
  if (fields.some((f) => (f.operator !== 'In' && f.operator !== 'NotIn') || f.values?.length !== 1)) return () => false
  return (node) =>
    labels.matches(node.metadata.labels ?? noLabels) &&
    fields.every(
      (f) => ((f.key === 'metadata.name' ? node.metadata.name : '') === f.values?.[0]) === (f.operator === 'In'),
    )
}

/** Whether a required node selector accepts a node: any of its terms; without terms none does. */
export function matchesNodeSelector(selector: NodeSelector, node: ClusterNode): boolean {
  return (selector.nodeSelectorTerms ?? []).some((term) => compileNodeTerm(term)(node))
}

/**
 * A pod's required node affinity and nodeSelector as one test, or undefined where the pod asks neither. Memoised by identity.
 * Models: k8s.io/component-helpers/scheduling/corev1/nodeaffinity RequiredNodeAffinity.
 */
export function requiredNodeTest(spec: PodSpec): ((node: ClusterNode) => boolean) | undefined {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const wanted = spec.nodeSelector && Object.keys(spec.nodeSelector).length > 0 ? spec.nodeSelector : undefined
  if (!required && !wanted) return undefined
  const owner: Affinity | Labels = (required ? spec.affinity : wanted) as Affinity | Labels
  const known = nodeTests.get(owner)
  if (known && known.wanted === wanted) return known.test
  const labels = wanted && rawPairs(wanted)
  const test = (node: ClusterNode) =>
    (!labels || labels(node.metadata.labels ?? noLabels)) && (!required || matchesNodeSelector(required, node))
  nodeTests.set(owner, { wanted, test })
  return test
}

const nodeTests = new WeakMap<object, { wanted: Labels | undefined; test: (node: ClusterNode) => boolean }>()

/** nodeSelector is not validated: plain equality. */
function rawPairs(pairs: Labels): (labels: Labels) => boolean {
  const list = Object.entries(pairs)
  return (labels) => list.every(([key, value]) => labels[key] === value)
}
