import { defineRule } from '../../../kernel/index.ts'
import { type LabelSelector, matches, selectorFromObject } from '../api/labels.ts'
import { inBlock } from '../service/addressRange.ts'

type Labels = { readonly [key: string]: string }

/** The spec of a NetworkPolicy. */
export interface PolicySpec {
  readonly podSelector?: LabelSelector
  readonly policyTypes?: readonly string[]
  readonly ingress?: readonly PolicyRule[]
  readonly egress?: readonly PolicyRule[]
}

/** One rule: the peers are in `from` of an ingress rule and in `to` of an egress rule. */
export interface PolicyRule {
  readonly from?: readonly PolicyPeer[]
  readonly to?: readonly PolicyPeer[]
  readonly ports?: readonly { readonly port?: number | string; readonly endPort?: number; readonly protocol?: string }[]
}

export interface PolicyPeer {
  readonly podSelector?: LabelSelector
  readonly namespaceSelector?: LabelSelector
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] }
}

/** One connection, seen from the pod whose policies are asked. */
export interface PolicyQuestion {
  readonly direction: 'ingress' | 'egress'
  /** The pod that is asked for: policies of its namespace may select it. */
  readonly namespace: string
  readonly labels: Labels
  /** Policies of that namespace. */
  readonly policies: readonly { readonly name: string; readonly spec: PolicySpec }[]
  /** The other end. A pod has labels and a namespace; anything else has an address alone. */
  readonly peer: {
    readonly ip: string
    readonly namespace?: string
    readonly labels?: Labels
    readonly namespaceLabels?: Labels
  }
  readonly port: number
  readonly protocol: string
  /** Numbers of the named ports of the pod that listens. */
  readonly namedPorts: { readonly [name: string]: number }
}

export interface PolicyVerdict {
  readonly allowed: boolean
  /** Names of the policies that select the pod in this direction; none means that everything is allowed. */
  readonly isolating: readonly string[]
  /** The policy whose rule lets it through. */
  readonly by?: string
}

/**
 * Whether the policies of one pod let a connection through: a pod that no policy selects takes everything, one that is selected takes
 * only what some rule of some policy names.
 * Models: networking.k8s.io/v1 NetworkPolicySpec
 */
export const policyRule = defineRule<PolicyQuestion, PolicyVerdict>({
  id: 'k8s.networkpolicy.allows',
  says: 'A pod that a NetworkPolicy selects is open only to what some policy rule names; any other pod is open to all.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  decide(question) {
    const type = question.direction === 'ingress' ? 'Ingress' : 'Egress'
    const isolating = question.policies.filter(
      ({ spec }) => typesOf(spec).includes(type) && selects(spec.podSelector ?? {}, question.labels),
    )
    const names = isolating.map(({ name }) => name)
    if (isolating.length === 0) return { allowed: true, isolating: names }
    for (const { name, spec } of isolating)
      for (const rule of (question.direction === 'ingress' ? spec.ingress : spec.egress) ?? [])
        if (namesPort(rule, question) && namesPeer(rule, question)) return { allowed: true, isolating: names, by: name }
    return { allowed: false, isolating: names }
  },
})

function typesOf(spec: PolicySpec): readonly string[] {
  return spec.policyTypes ?? (spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress'])
}

function selects(selector: LabelSelector, labels: Labels | undefined): boolean {
  const answer = selectorFromObject(selector)
  return answer.ok && matches(answer.selector, labels)
}

function namesPort(rule: PolicyRule, { port, protocol, namedPorts }: PolicyQuestion): boolean {
  if (!rule.ports?.length) return true
  return rule.ports.some((one) => {
    if ((one.protocol ?? 'TCP') !== protocol) return false
    if (one.port === undefined) return true
    if (typeof one.port === 'string') return namedPorts[one.port] === port
    return one.endPort === undefined ? one.port === port : port >= one.port && port <= one.endPort
  })
}

function namesPeer(rule: PolicyRule, { direction, namespace, peer }: PolicyQuestion): boolean {
  const peers = direction === 'ingress' ? rule.from : rule.to
  if (!peers?.length) return true
  return peers.some((one) => {
    if (one.ipBlock)
      return inBlock(peer.ip, one.ipBlock.cidr) && !one.ipBlock.except?.some((cidr) => inBlock(peer.ip, cidr))
    if (peer.namespace === undefined || peer.labels === undefined) return false
    const inNamespace = one.namespaceSelector
      ? selects(one.namespaceSelector, peer.namespaceLabels)
      : peer.namespace === namespace
    return inNamespace && (one.podSelector === undefined || selects(one.podSelector, peer.labels))
  })
}
