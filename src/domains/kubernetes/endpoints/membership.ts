import { defineIndex, type PastEvent, type World } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import { serviceSpec } from '../service/serviceSpec.ts'

type Labels = { readonly [key: string]: string }

/** Pods by `namespace\nkey=value` of each label: from a selector to its pods without a look at the others. */
export const podsByLabel = defineIndex('k8s.network.podsByLabel', ['k8s.Pod'], (entity) => {
  const { metadata } = entity as ObjectEntity
  return metadata.labels ? labelKeys(metadata.namespace ?? '', metadata.labels) : undefined
})

/** Services with a selector by `namespace\nkey=value` of the first pair of their selector: from a pod to the Services that may select it. */
export const servicesBySelector = defineIndex('k8s.servicesBySelector', ['k8s.Service'], (entity) => {
  const { metadata } = entity as ObjectEntity
  const selector = serviceSpec(entity as ObjectEntity).selector
  return selector ? labelKeys(metadata.namespace ?? '', selector)[0] : undefined
})

/** EndpointSlices by the ids of the pods that they hold: how a pod that is gone is found again. */
export const slicesByPod = defineIndex('k8s.slicesByPod', ['k8s.EndpointSlice'], (entity) => {
  const endpoints = (entity as ObjectEntity).rest?.endpoints as readonly SlicePod[] | undefined
  if (!endpoints) return undefined
  const known = podsOfEndpoints.get(endpoints)
  if (known) return known
  const pods: string[] = []
  for (const { targetRef } of endpoints) {
    if (targetRef?.kind !== 'Pod') continue
    let pod = podOfReference.get(targetRef)
    if (pod === undefined) {
      pod = `k8s.Pod/${targetRef.namespace}/${targetRef.name}`
      podOfReference.set(targetRef, pod)
    }
    pods.push(pod)
  }
  podsOfEndpoints.set(endpoints, pods)
  return pods
})

/** Ids of the Services that select a pod, or that still list it. */
export function servicesOf(event: PastEvent, world: World): readonly string[] {
  const found: string[] = []
  const pod = world.get(event.to) as ObjectEntity | undefined
  if (pod) for (const service of servicesSelecting(pod, world)) found.push(service.id)
  for (const slice of world.lookup(slicesByPod, event.to))
    if (slice.owner !== undefined && !found.includes(slice.owner)) found.push(slice.owner)
  return found
}

/** Services whose selector takes a pod. */
export function servicesSelecting(pod: ObjectEntity, world: World): readonly ObjectEntity[] {
  const { labels, namespace } = pod.metadata
  if (!labels || world.count('k8s.Service') === 0) return []
  const found: ObjectEntity[] = []
  for (const key of labelKeys(namespace ?? '', labels)) {
    for (const service of world.lookup(servicesBySelector, key) as readonly ObjectEntity[])
      if (selects(serviceSpec(service).selector, labels)) found.push(service)
  }
  return found
}

/** How many pods a reconcile of a Service has to look at. */
export function candidates(service: ObjectEntity, world: World): number {
  return rarest(service, world)?.size ?? 0
}

/** Pods that a Service selects, in the order in which they came. */
export function podsOf(service: ObjectEntity, world: World): readonly ObjectEntity[] {
  const ids = rarest(service, world)
  const selector = serviceSpec(service).selector
  if (!ids || !selector) return []
  const pods: ObjectEntity[] = []
  for (const id of ids) {
    const pod = world.get(id) as ObjectEntity | undefined
    if (pod && selects(selector, pod.metadata.labels)) pods.push(pod)
  }
  return pods
}

interface SlicePod {
  readonly targetRef?: { readonly kind?: string; readonly namespace?: string; readonly name?: string }
}

const podOfReference = new WeakMap<object, string>()
const podsOfEndpoints = new WeakMap<readonly SlicePod[], readonly string[]>()
const keysOfLabels = new WeakMap<Labels, Map<string, readonly string[]>>()

function labelKeys(namespace: string, labels: Labels): readonly string[] {
  let byNamespace = keysOfLabels.get(labels)
  if (!byNamespace) {
    byNamespace = new Map()
    keysOfLabels.set(labels, byNamespace)
  }
  let keys = byNamespace.get(namespace)
  if (!keys) {
    keys = Object.keys(labels)
      .sort()
      .map((key) => `${namespace}\n${key}=${labels[key]}`)
    byNamespace.set(namespace, keys)
  }
  return keys
}

function rarest(service: ObjectEntity, world: World): ReadonlySet<string> | undefined {
  const selector = serviceSpec(service).selector
  if (!selector) return undefined
  const index = world.derived(podsByLabel)
  let best: ReadonlySet<string> | undefined
  for (const key of labelKeys(service.metadata.namespace ?? '', selector)) {
    const ids = index.get(key)
    if (!ids) return undefined
    if (!best || ids.size < best.size) best = ids
  }
  return best
}

function selects(selector: Labels | undefined, labels: Labels | undefined): boolean {
  if (!selector || !labels) return false
  for (const key in selector) if (labels[key] !== selector[key]) return false
  return true
}
