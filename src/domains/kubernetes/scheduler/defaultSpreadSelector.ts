import type { ClusterObjects } from './clusterObjects.ts'
import { type LabelSelector, type Labels, namespaceOf, noLabels, type Pod, type Workload } from './objects.ts'
import { bothSelectors, type CompiledSelector, compileSelector, pairSelector } from './selector.ts'

/**
 * The selector by which a pod without constraints of its own is spread: that of the Services that select it, together with that of
 * the ReplicationController, ReplicaSet or StatefulSet that owns it. Undefined where there is none. Memoised by owner and Services.
 * Models: pkg/scheduler/framework/plugins/helper/spread.go DefaultSelector.
 */
export function defaultSpreadSelector(pod: Pod, objects: ClusterObjects): CompiledSelector | undefined {
  const namespace = namespaceOf(pod)
  const labels = pod.metadata.labels ?? noLabels
  const services = objects.services?.(namespace) ?? noServices
  const owner = pod.metadata.ownerReferences?.find((reference) => reference.controller)
  const workload =
    owner && owningKinds.has(owner.kind) ? objects.workload?.(owner.kind, namespace, owner.name) : undefined
  if (!workload) return services.length === 0 ? undefined : merged(labels, services, undefined, undefined)
  const known = memo.get(workload)
  if (known && known.services === services && sameLabels(known.labels, labels)) return known.selector
  const selector = merged(labels, services, owner?.kind, workload)
  memo.set(workload, { services, labels, selector })
  return selector
}

interface Memo {
  readonly services: readonly Workload[]
  readonly labels: Labels
  readonly selector: CompiledSelector | undefined
}

const memo = new WeakMap<Workload, Memo>()
const noServices: readonly Workload[] = []
const owningKinds = new Set(['ReplicationController', 'ReplicaSet', 'StatefulSet'])

function merged(
  labels: Labels,
  services: readonly Workload[],
  kind: string | undefined,
  workload: Workload | undefined,
): CompiledSelector | undefined {
  const pairs: Record<string, string> = {}
  for (const service of services) {
    const selector = (service.spec?.selector ?? {}) as Labels
    const wanted = Object.entries(selector)
    if (wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)) Object.assign(pairs, selector)
  }
  let selector: CompiledSelector
  if (kind === 'ReplicationController') {
    Object.assign(pairs, workload?.spec?.selector as Labels | undefined)
    selector = pairSelector(pairs)
  } else {
    selector = pairSelector(pairs)
    const own = workload?.spec?.selector as LabelSelector | null | undefined
    if (own) selector = bothSelectors(selector, compileSelector(own))
  }
  return selector.empty ? undefined : selector
}

function sameLabels(a: Labels, b: Labels): boolean {
  if (a === b) return true
  let count = 0
  for (const key in a) {
    if (a[key] !== b[key]) return false
    count++
  }
  for (const _ in b) count--
  return count === 0
}
