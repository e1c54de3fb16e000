import { defineIndex, type World } from '../../../kernel/index.ts'
import { podSpec } from '../endpoints/podFacts.ts'
import { find, type ObjectEntity } from '../object/object.ts'
import { type PolicySpec, type PolicyVerdict, policyRule } from './policy.rule.ts'

/** NetworkPolicies by namespace. */
export const policiesByNamespace = defineIndex(
  'k8s.policiesByNamespace',
  ['k8s.NetworkPolicy'],
  (entity) => (entity as ObjectEntity).metadata.namespace ?? 'default',
)

/** One end of a connection. */
export interface Peer {
  readonly ip: string
  readonly pod?: ObjectEntity | undefined
  /** An end that is no pod of this world but is treated as one: the cluster's DNS. */
  readonly standsFor?: { readonly namespace: string; readonly labels: { readonly [key: string]: string } } | undefined
}

/**
 * Whether NetworkPolicies let `from` connect to `to` on a port: first the egress policies of the one, then the ingress policies of the
 * other. Answers who refuses, or undefined. Pods in the network of their node are not policed, nor are connections within a pod.
 */
export function refusedBy(
  world: World,
  from: Peer,
  to: Peer,
  port: number,
  protocol: string,
): { readonly direction: 'ingress' | 'egress'; readonly at: string; readonly verdict: PolicyVerdict } | undefined {
  if (world.count('k8s.NetworkPolicy') === 0 || (from.pod && from.pod === to.pod)) return undefined
  if (from.pod && !podSpec(from.pod).hostNetwork) {
    const verdict = ask(world, 'egress', from.pod, to, to.pod, port, protocol)
    if (!verdict.allowed) return { direction: 'egress', at: from.pod.id, verdict }
  }
  if (to.pod && !podSpec(to.pod).hostNetwork) {
    const verdict = ask(world, 'ingress', to.pod, from, to.pod, port, protocol)
    if (!verdict.allowed) return { direction: 'ingress', at: to.pod.id, verdict }
  }
  return undefined
}

function ask(
  world: World,
  direction: 'ingress' | 'egress',
  pod: ObjectEntity,
  peer: Peer,
  listener: ObjectEntity | undefined,
  port: number,
  protocol: string,
): PolicyVerdict {
  const namespace = pod.metadata.namespace ?? 'default'
  const policies = (world.lookup(policiesByNamespace, namespace) as readonly ObjectEntity[])
    .filter((policy) => policy.state !== 'Terminating')
    .map((policy) => ({ name: policy.metadata.name, spec: (policy.spec ?? {}) as PolicySpec }))
  if (policies.length === 0) return { allowed: true, isolating: [] }
  const other =
    peer.standsFor ??
    (peer.pod
      ? { namespace: peer.pod.metadata.namespace ?? 'default', labels: peer.pod.metadata.labels ?? {} }
      : undefined)
  return world.decide(policyRule, {
    direction,
    namespace,
    labels: pod.metadata.labels ?? {},
    policies,
    peer: { ip: peer.ip, ...(other ? { ...other, namespaceLabels: namespaceLabels(world, other.namespace) } : {}) },
    port,
    protocol,
    namedPorts: listener ? namedPorts(listener) : {},
  })
}

function namespaceLabels(world: World, name: string): { readonly [key: string]: string } {
  const labels = find(world, 'Namespace', undefined, name)?.metadata.labels
  return { 'kubernetes.io/metadata.name': name, ...labels }
}

function namedPorts(pod: ObjectEntity): { readonly [name: string]: number } {
  const named: { [name: string]: number } = {}
  for (const container of podSpec(pod).containers ?? [])
    for (const port of container.ports ?? []) if (port.name !== undefined) named[port.name] = port.containerPort
  return named
}
