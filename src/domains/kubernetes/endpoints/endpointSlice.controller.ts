import { type Answer, drawText, type World } from '../../../kernel/index.ts'
import { labelSelectorRule } from '../api/labels.rule.ts'
import { kubeController } from '../kubeController.ts'
import { LATENCY } from '../latency.ts'
import { controllerReference, type KubeObject, type ObjectEntity, objectId } from '../object/object.ts'
import { isHeadless, serviceSpec } from '../service/serviceSpec.ts'
import { type Endpoint, type EndpointPort, endpointOf, portsAreFixed, portsOf, zonesOf } from './endpoint.ts'
import { candidates, podsOf, servicesOf } from './membership.ts'
import { type PackedSlice, pack } from './pack.ts'

/** Marks the slices of this controller, as opposed to those that people or the mirror write. */
export const MANAGED_BY = 'endpointslice-controller.k8s.io'

/**
 * ms that a sync waits for each pod of the Service, and at most: a stand-in for the controller-manager's limit of writes a second
 * (`--kube-api-qps`), by which the changes of a large Service are taken together.
 */
const MS_PER_POD = 4
const LONGEST_MS = 1000

/** Events of a pod that may change an endpoint. */
export const POD_CHANGES = [
  'Updated',
  'StatusReported',
  'Started',
  'BecameReady',
  'BecameUnready',
  'Succeeded',
  'Failed',
  'Evicted',
  'DeletionRequested',
  'Removed',
] as const

/**
 * Keeps the EndpointSlices of every Service with a selector equal to the pods that it selects.
 * Models: kubernetes pkg/controller/endpointslice and k8s.io/endpointslice
 */
export const endpointSliceController = kubeController({
  name: 'endpointslice-controller',
  component: 'kube-controller-manager',
  primary: 'k8s.Service',
  watches: {
    'k8s.Service': ['Created', 'Updated', 'DeletionRequested', 'Removed'],
    'k8s.Pod': POD_CHANGES,
    'k8s.EndpointSlice': ['Updated', 'Removed'],
  },
  wakes(event, world) {
    if (event.kind === 'k8s.Pod') return servicesOf(event, world)
    if (event.kind === 'k8s.EndpointSlice') {
      if (event.by === 'k8s.Controller/endpointslice-controller') return undefined
      return (world.get(event.to)?.owner ?? serviceOfSliceName(event.to, world)) || undefined
    }
    return event.to
  },
  delay(id, world) {
    const service = world.get(id) as ObjectEntity | undefined
    return LATENCY.controller + (service ? Math.min(LONGEST_MS, MS_PER_POD * candidates(service, world)) : 0)
  },
  reconcile(id, world) {
    const service = world.get(id) as ObjectEntity | undefined
    if (!service) return orphans(id, world)
    const spec = serviceSpec(service)
    if (spec.type === 'ExternalName' || !spec.selector || Object.keys(spec.selector).length === 0) return undefined
    if (service.metadata.deletionTimestamp !== undefined) return undefined
    const pods = podsOf(service, world)
    const answers: Answer[] = []
    const mine = ownSlices(service, world)
    const families = spec.ipFamilies?.length ? spec.ipFamilies : ['IPv4']
    for (const family of families)
      reconcileFamily(
        world,
        service,
        family,
        pods,
        mine.filter((slice) => slice.rest?.addressType === family),
        answers,
      )
    for (const slice of mine)
      if (!families.includes(String(slice.rest?.addressType))) answers.push({ to: slice.id, type: 'Removed' })
    return answers
  },
})

/** Slices that this controller has written for a Service. */
export function ownSlices(service: ObjectEntity, world: World): readonly ObjectEntity[] {
  return (world.ownedBy(service.id) as readonly ObjectEntity[]).filter(
    (entity) =>
      entity.kind === 'k8s.EndpointSlice' &&
      entity.metadata.labels?.['endpointslice.kubernetes.io/managed-by'] === MANAGED_BY,
  )
}

/** Labels of the slices of a Service: its own, without what marks a headless one, and who manages them. */
export function sliceLabels(service: ObjectEntity): { readonly [key: string]: string } {
  const labels: { [key: string]: string } = { ...service.metadata.labels }
  labels['endpointslice.kubernetes.io/managed-by'] = MANAGED_BY
  labels['kubernetes.io/service-name'] = service.metadata.name
  if (isHeadless(serviceSpec(service))) labels['service.kubernetes.io/headless'] = ''
  else delete labels['service.kubernetes.io/headless']
  return labels
}

function reconcileFamily(
  world: World,
  service: ObjectEntity,
  family: string,
  pods: readonly ObjectEntity[],
  existing: readonly ObjectEntity[],
  answers: Answer[],
): void {
  const spec = serviceSpec(service)
  const labels = sliceLabels(service)
  const groups = new Map<string, { ports: readonly EndpointPort[]; endpoints: Endpoint[] }>()
  const zoneOf = zonesOf(world)
  const fixed = portsAreFixed(spec.ports ?? [])
  let ports: readonly EndpointPort[] | undefined
  let key = ''
  for (const pod of pods) {
    const endpoint = endpointOf(zoneOf, pod, service, spec, family)
    if (!endpoint) continue
    if (!ports || !fixed) {
      ports = portsOf(pod, spec.ports ?? [])
      key = portKey(ports)
    }
    if (ports.length === 0 && !isHeadless(spec)) continue
    const group = groups.get(key)
    if (group) group.endpoints.push(endpoint)
    else groups.set(key, { ports, endpoints: [endpoint] })
  }
  const slicesOf = new Map<string, PackedSlice[]>()
  for (const slice of existing) {
    const ports = (slice.rest?.ports ?? []) as unknown as readonly EndpointPort[]
    const key = portKey(ports)
    const packed = { id: slice.id, ports, endpoints: endpointsOf(slice) }
    const list = slicesOf.get(key)
    if (list) list.push(packed)
    else slicesOf.set(key, [packed])
  }
  let left = 0
  const fresh: { readonly endpoints: readonly Endpoint[]; readonly ports: readonly EndpointPort[] }[] = []
  const removed: string[] = []
  for (const key of new Set([...groups.keys(), ...slicesOf.keys()])) {
    const group = groups.get(key)
    const packing = pack(slicesOf.get(key) ?? [], group?.endpoints ?? [])
    for (const { id, endpoints } of packing.update) {
      const slice = world.get(id) as ObjectEntity
      answers.push(changed(slice, labels, { ...slice.rest, endpoints: endpoints as never }))
    }
    const touched = new Set([...packing.update.map(({ id }) => id), ...packing.remove])
    for (const { id } of slicesOf.get(key) ?? []) {
      if (packing.remove.includes(id)) continue
      left++
      const slice = world.get(id) as ObjectEntity
      if (!touched.has(id) && !sameLabels(slice.metadata.labels, labels))
        answers.push(changed(slice, labels, undefined))
    }
    removed.push(...packing.remove)
    for (const endpoints of packing.create) fresh.push({ endpoints, ports: group?.ports ?? [] })
  }
  for (const [nth, { endpoints, ports }] of fresh.entries()) {
    // A slice that is to go is filled anew instead of making another.
    const reused = world.get(removed.shift() ?? '') as ObjectEntity | undefined
    if (reused) answers.push(changed(reused, labels, { ...reused.rest, endpoints, ports } as never))
    else answers.push(createSlice(world, service, family, labels, endpoints, ports, nth))
  }
  if (left + fresh.length === 0) {
    // A Service without pods keeps one empty slice, so that those who watch know that there are none.
    const placeholder = existing[0]
    if (!placeholder) answers.push(createSlice(world, service, family, labels, null, null, 0))
    else {
      removed.splice(removed.indexOf(placeholder.id), 1)
      if (endpointsOf(placeholder).length > 0 || placeholder.rest?.ports != null)
        answers.push(changed(placeholder, labels, { ...placeholder.rest, endpoints: null, ports: null }))
    }
  }
  for (const id of removed) answers.push({ to: id, type: 'Removed' })
}

function endpointsOf(slice: ObjectEntity): readonly Endpoint[] {
  return (slice.rest?.endpoints ?? []) as unknown as readonly Endpoint[]
}

function portKey(ports: readonly EndpointPort[]): string {
  return ports.map((port) => `${port.name}/${port.port}/${port.protocol}/${port.appProtocol ?? ''}`).join(' ')
}

function changed(slice: ObjectEntity, labels: { readonly [key: string]: string }, rest: ObjectEntity['rest']): Answer {
  const generation = (slice.metadata.generation ?? 1) + (rest ? 1 : 0)
  return {
    to: slice.id,
    type: 'Updated',
    rule: labelSelectorRule.id,
    data: { metadata: { ...slice.metadata, labels, generation }, ...(rest ? { rest } : {}) },
  }
}

function createSlice(
  world: World,
  service: ObjectEntity,
  family: string,
  labels: { readonly [key: string]: string },
  endpoints: readonly Endpoint[] | null,
  ports: readonly EndpointPort[] | null,
  nth: number,
): Answer {
  const { namespace, name } = service.metadata
  let suffix = ''
  let id = ''
  for (let attempt = 0; suffix === '' || world.get(id); attempt++) {
    suffix = drawText('bcdfghjklmnpqrstvwxz2456789', 5, world.seed, 'slice', service.id, world.revision, nth, attempt)
    id = objectId('EndpointSlice', namespace, `${name}-${suffix}`)
  }
  const object: KubeObject = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-${suffix}`,
      generateName: `${name}-`,
      ...(namespace === undefined ? {} : { namespace }),
      uid: uidOf(world, id),
      creationTimestamp: world.isoNow(),
      generation: 1,
      labels,
      annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': world.isoNow() },
      ownerReferences: [controllerReference(service)],
    },
    addressType: family,
    endpoints,
    ports,
  }
  const inputs = { selector: serviceSpec(service).selector }
  return { to: id, kind: 'k8s.EndpointSlice', type: 'Created', rule: labelSelectorRule.id, inputs, data: { object } }
}

/** A uid in the form of a random UUID, drawn from the seed, the id and the revision. */
export function uidOf(world: World, id: string): string {
  const hex = drawText('0123456789abcdef', 31, world.seed, 'uid', id, world.revision)
  const variant = '89ab'[Math.floor(world.draw('uid', id, world.revision) * 4)]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18, 30)}`
}

function sameLabels(a: { readonly [key: string]: string } | undefined, b: { readonly [key: string]: string }): boolean {
  const keys = Object.keys(b)
  return Object.keys(a ?? {}).length === keys.length && keys.every((key) => a?.[key] === b[key])
}

/** A Service that is gone takes its slices with it; the garbage collector would do the same, a little later. */
function orphans(id: string, world: World): readonly Answer[] | undefined {
  const answers: Answer[] = []
  for (const slice of world.ownedBy(id) as readonly ObjectEntity[])
    if (slice.kind === 'k8s.EndpointSlice' || slice.kind === 'k8s.Endpoints')
      answers.push({ to: slice.id, type: 'Removed' })
  return answers
}

/** Slices are called `<service>-<five letters>`: how the Service of one that is gone is found. */
function serviceOfSliceName(sliceId: string, world: World): string | undefined {
  const id = sliceId.replace('k8s.EndpointSlice/', 'k8s.Service/').replace(/-[a-z0-9]{5}$/, '')
  return world.get(id)?.id
}
