import type { World } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { matches, matchesFields, parseFieldSelector, parseSelector } from '../api/labels.ts'
import { byText, type Loose, textAt } from '../api/loose.ts'
import { everyOf } from '../apiserver/customResource.ts'
import { get, type ListOptions, list } from '../apiserver/read.ts'
import { notFound, type Refused, refuse } from '../apiserver/result.ts'
import { served } from '../apiserver/stored.ts'
import { CONTROL_PLANE, works } from '../components/component.ts'
import type { KubeObject } from '../object/object.ts'
import { eventObjects } from './eventObjects.ts'
import { ipAddresses, leases } from './seenObjects.ts'

/** One object as the API returns it, also of the kinds that are only seen (events, component statuses). */
export function readOne(
  world: World,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
): { readonly ok: true; readonly object: KubeObject } | Refused {
  const seen = unstored(world, resource)
  if (!seen) return get(world, resource, namespace, name)
  const object = seen.find(
    ({ metadata }) => metadata.name === name && (!resource.namespaced || metadata.namespace === namespace),
  )
  return object ? { ok: true, object } : notFound(resource, name)
}

/** The selected objects of a kind, by namespace and name. */
export function readList(
  world: World,
  resource: ApiResource,
  options: ListOptions = {},
): { readonly ok: true; readonly objects: readonly KubeObject[] } | Refused {
  const seen = unstored(world, resource)
  if (!seen) {
    const answer = list(world, resource, options)
    return answer.ok ? { ok: true, objects: answer.entities.map((entity) => served(entity, resource)) } : answer
  }
  const labels = parseSelector(options.labelSelector ?? '')
  if (!labels.ok) return refuse(400, 'BadRequest', `unable to parse requirement: ${labels.error}`)
  const fields = parseFieldSelector(options.fieldSelector ?? '')
  if (!fields.ok) return refuse(400, 'BadRequest', fields.error)
  for (const { field } of fields.selector.terms)
    if (!EVENT_FIELDS.has(field)) return refuse(400, 'BadRequest', `field label not supported: ${field}`)
  const objects = seen.filter((object) => {
    if (options.namespace !== undefined && resource.namespaced && object.metadata.namespace !== options.namespace)
      return false
    if (!matches(labels.selector, object.metadata.labels)) return false
    return matchesFields(
      fields.selector,
      eventFields(
        object as unknown as Loose,
        fields.selector.terms.map(({ field }) => field),
      ),
    )
  })
  return {
    ok: true,
    objects: [...objects].sort(
      (a, b) =>
        byText(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
        (resource.kind === 'Event' ? 0 : byText(a.metadata.name, b.metadata.name)),
    ),
  }
}

const EVENT_FIELDS = new Set([
  'involvedObject.kind',
  'involvedObject.namespace',
  'involvedObject.name',
  'involvedObject.uid',
  'involvedObject.apiVersion',
  'involvedObject.resourceVersion',
  'involvedObject.fieldPath',
  'reason',
  'reportingComponent',
  'source',
  'type',
  'metadata.name',
  'metadata.namespace',
])

function eventFields(object: Loose, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [
      name,
      name === 'source' ? textAt(object, 'source', 'component') : textAt(object, ...name.split('.')),
    ]),
  )
}

/** Objects of kinds that nothing stores; undefined for the others. */
function unstored(world: World, resource: ApiResource): readonly KubeObject[] | undefined {
  if (resource.kind === 'Event') return eventObjects(world)
  if (resource.kind === 'Lease')
    return [...leases(world), ...[...everyOf(world, resource)].map((one) => served(one, resource))]
  if (resource.kind === 'IPAddress') return ipAddresses(world)
  if (resource.kind !== 'ComponentStatus') return undefined
  return CONTROL_PLANE.flatMap((part) => {
    const name = { 'kube-scheduler': 'scheduler', 'kube-controller-manager': 'controller-manager', etcd: 'etcd-0' }[
      part as string
    ]
    if (name === undefined) return []
    const up = works(world, part)
    return [
      {
        apiVersion: 'v1',
        kind: 'ComponentStatus',
        metadata: { name, uid: '', creationTimestamp: '' },
        conditions: [
          { type: 'Healthy', status: up ? 'True' : 'False', message: up ? 'ok' : 'connect: connection refused' },
        ],
      },
    ]
  })
}
