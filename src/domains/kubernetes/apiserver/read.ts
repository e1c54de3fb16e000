import type { World } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { matches, matchesFields, parseFieldSelector, parseSelector } from '../api/labels.ts'
import { byText, type Loose, valueAt } from '../api/loose.ts'
import type { KubeObject, ObjectEntity } from '../object/object.ts'
import { everyOf } from './customResource.ts'
import { badRequest, notFound, type Refused } from './result.ts'
import { served, stored } from './stored.ts'

/** One object as the API returns it, or NotFound. */
export function get(
  world: World,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
): { readonly ok: true; readonly object: KubeObject; readonly entity: ObjectEntity } | Refused {
  const entity = stored(world, resource, namespace, name)
  return entity ? { ok: true, object: served(entity, resource), entity } : notFound(resource, name)
}

/** What a list is asked for; without a namespace it covers all of them. */
export interface ListOptions {
  readonly namespace?: string | undefined
  readonly labelSelector?: string | undefined
  readonly fieldSelector?: string | undefined
}

/** The selected objects by namespace and name, as etcd orders its keys; `served` turns each into the answer's JSON. */
export function list(
  world: World,
  resource: ApiResource,
  { namespace, labelSelector = '', fieldSelector = '' }: ListOptions = {},
): { readonly ok: true; readonly entities: readonly ObjectEntity[] } | Refused {
  const labels = parseSelector(labelSelector)
  if (!labels.ok) return badRequest(`unable to parse requirement: ${labels.error}`)
  const fields = parseFieldSelector(fieldSelector)
  if (!fields.ok) return badRequest(fields.error)
  const known = selectableFields[resource.kind] ?? []
  for (const { field } of fields.selector.terms) {
    if (field === 'metadata.name' || (field === 'metadata.namespace' && resource.namespaced)) continue
    if (!known.includes(field)) return badRequest(unknownField(field, known))
  }
  const all = labels.selector.requirements.length === 0
  const anyField = fields.selector.terms.length === 0
  const found: ObjectEntity[] = []
  for (const entity of everyOf(world, resource)) {
    const { metadata } = entity
    if (namespace !== undefined && resource.namespaced && metadata.namespace !== namespace) continue
    if (!all && !matches(labels.selector, metadata.labels)) continue
    if (!anyField && !matchesFields(fields.selector, fieldsOfEntity(entity, fields.selector.terms))) continue
    found.push(entity)
  }
  return { ok: true, entities: found.sort(byKey) }
}

/** Fields beside name and namespace that can be selected by. Models: pkg/apis/core/v1/conversion.go and the kinds' strategies */
const selectableFields: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  Node: ['spec.unschedulable'],
  Namespace: ['status.phase'],
  Secret: ['type'],
  Service: ['spec.clusterIP', 'spec.type'],
  ReplicaSet: ['status.replicas'],
  ReplicationController: ['status.replicas'],
  Job: ['status.successful'],
}

/** Kinds whose conversion function refuses with a list of what it knows. */
function unknownField(field: string, known: readonly string[]): string {
  return known.length > 0
    ? `field label not supported: ${field}`
    : `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`
}

function fieldsOfEntity(
  entity: ObjectEntity,
  terms: readonly { readonly field: string }[],
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {}
  for (const { field } of terms) {
    const path = field === 'status.successful' ? ['status', 'succeeded'] : field.split('.')
    const from = path[0] === 'type' ? (entity.rest as Loose | undefined) : (entity as unknown as Loose)
    const value = valueAt(from, ...path)
    const counted = field === 'status.successful' || field === 'status.replicas' ? '0' : ''
    const flag = field === 'spec.unschedulable' || field === 'spec.hostNetwork' ? 'false' : counted
    values[field] = value === undefined || value === null ? flag : String(value)
  }
  return values
}

function byKey(a: ObjectEntity, b: ObjectEntity): number {
  return byText(a.metadata.namespace ?? '', b.metadata.namespace ?? '') || byText(a.metadata.name, b.metadata.name)
}
