import type { World } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { normalizeClusterIPs } from '../api/clusterIPs.ts'
import { type DecodeVerdict, decodeMessage, decodeRule } from '../api/decode.rule.ts'
import { applyDefaults, generateJobSelector } from '../api/defaults.ts'
import { copyJson, isObject, type Loose, objectAt, textAt } from '../api/loose.ts'
import { trackUpdate } from '../api/patch/serverApply.ts'
import { typeOfKind } from '../api/schema.ts'
import { objectId } from '../object/object.ts'
import { allocateService } from '../service/allocate.ts'
import { admitPod } from './admission/admitPod.ts'
import { claimLimitProblems, limitRangesOf } from './admission/limitRanger.ts'
import { admitToNamespace } from './admission/namespaceLifecycle.ts'
import { podSecurity, templateSecurity } from './admission/podSecurity.ts'
import { QuotaLedger } from './admission/resourceQuota.ts'
import { admitStorageClass } from './admission/storageClass.ts'
import { kernelKind } from './customResource.ts'
import { drawnUid, generatedName, nowText } from './naming.ts'
import { qosClass } from './qosClass.ts'
import { alreadyExists, badRequest, forbidden, invalid, type Refused, type Result, refuse } from './result.ts'
import { asKube, resourceFor, stored, toStored } from './stored.ts'
import { metadataOf, strategyOf } from './strategy.ts'
import { problemsOf } from './validate.ts'

/** How a write is asked for. `namespace` is that of the request; `by` the entity id of the asker. */
export interface WriteOptions {
  readonly namespace?: string | undefined
  readonly by?: string | undefined
  /** Field manager, as `kubectl --field-manager` names it; with it the write is noted in `managedFields`. */
  readonly manager?: string | undefined
  /** What happens to fields that the kind does not have; a real client asks for `Strict`. */
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore' | undefined
}

/**
 * Creates an object as `POST` does: decode, default, admit, validate, and a `Created` event that stores it.
 * Models: apiserver pkg/endpoints/handlers/create.go and pkg/registry/generic/registry/store.go Create
 */
export function create(world: World, submitted: Loose, options: WriteOptions = {}): Result {
  const resource = resourceFor(world, submitted)
  if (!resource) return refuse(404, 'NotFound', 'the server could not find the requested resource')
  const decoded = decode(world, submitted, options)
  if ('ok' in decoded) return decoded
  let object = applyDefaults(toStored(submitted))
  const identified = identify(world, resource, object, options)
  if ('ok' in identified) return identified
  const { metadata } = identified
  object.metadata = metadata
  const { name, namespace } = metadata as { name: string; namespace?: string }
  if (namespace !== undefined) {
    const refused = admitToNamespace(world, resource, namespace, name)
    if (refused) return refused
  }
  const strategy = strategyOf(resource.kind)
  if (strategy.status) {
    if (strategy.initialStatus) object.status = copyJson(strategy.initialStatus)
    else if (resource.kind !== 'Node') delete object.status
  }
  if (resource.kind === 'Service') normalizeClusterIPs(object)
  if (resource.kind === 'Job') object = generateJobSelector(object, String(metadata.uid))
  const admitted = admit(world, resource, object, namespace, name)
  if ('ok' in admitted) return admitted
  const warnings = [...decoded.warnings, ...admitted.warnings]
  const problems = problemsOf(world, object)
  if (problems.length > 0) return invalid(resource, name, problems)
  if (resource.kind === 'Service') {
    const allocation = allocateService(world, asKube(object))
    if (!allocation.ok)
      return refuse(allocation.reason === 'Invalid' ? 422 : 500, allocation.reason, allocation.message, {
        name,
        kind: 'Service',
        causes: [{ field: allocation.field, message: allocation.detail, reason: 'FieldValueInvalid' }],
      })
    object = allocation.service as unknown as Loose
  }
  if (stored(world, resource, namespace, name)) return alreadyExists(resource, name)
  if (namespace !== undefined) {
    const quota = new QuotaLedger(world, namespace).take(resource.kind, objectAt(object, 'spec'))
    if (quota !== undefined) return forbidden(resource, name, quota)
  }
  const stamped = asKube(tracked(world, undefined, ordered(object), options))
  const to = objectId(resource.kind, namespace, name)
  return {
    ok: true,
    object: stamped,
    emit: [{ to, type: 'Created', kind: kernelKind(resource.kind), data: { object: stamped }, by: options.by }],
    ...(warnings.length > 0 ? { warnings } : {}),
  }
}

/** Checks fields and their types; unknown fields are warnings where the request asks for warnings. */
export function decode(
  world: World,
  object: Loose,
  { fieldValidation = 'Strict' }: WriteOptions,
): Refused | { readonly warnings: readonly string[] } {
  const { resourceVersion: _version, managedFields: _fields, ...metadata } = metadataOf(object)
  const manifest = isObject(object.metadata) ? { ...object, metadata } : object
  const verdict = world.decide(decodeRule, { manifest, fieldValidation }) as DecodeVerdict
  if (verdict.error !== undefined) return badRequest(decodeMessage(object, verdict.error))
  return { warnings: fieldValidation === 'Warn' ? verdict.strict : [] }
}

/** The object with the write noted in its managedFields, where the request names a manager. */
export function tracked(
  world: World,
  before: Loose | undefined,
  after: Loose,
  { manager, subresource }: WriteOptions & { readonly subresource?: string | undefined },
): Loose {
  const type = typeOfKind(textAt(after, 'apiVersion'), textAt(after, 'kind'))
  if (manager === undefined || type === undefined) return after
  return trackUpdate(before, after, type, manager, nowText(world), subresource)
}

/** Metadata of a new object: its namespace, name, uid, time and first generation. */
function identify(
  world: World,
  resource: ApiResource,
  object: Loose,
  options: WriteOptions,
): { readonly metadata: Loose } | Refused {
  const given = metadataOf(object)
  if (textAt(given, 'resourceVersion') !== '')
    return refuse(500, '', 'resourceVersion should not be set on objects to be created')
  const { resourceVersion: _v, managedFields: _m, selfLink: _s, ...kept } = given
  const metadata: Loose = { ...kept }
  for (const field of ['uid', 'creationTimestamp', 'generation', 'deletionTimestamp', 'deletionGracePeriodSeconds'])
    delete metadata[field]
  if (resource.namespaced) {
    const own = textAt(given, 'namespace')
    if (own !== '' && options.namespace !== undefined && own !== options.namespace)
      return badRequest('the namespace of the provided object does not match the namespace sent on the request')
    metadata.namespace = own || (options.namespace ?? 'default')
  } else delete metadata.namespace
  const namespace = resource.namespaced ? String(metadata.namespace) : undefined
  const base = textAt(metadata, 'generateName')
  if (textAt(metadata, 'name') === '') {
    if (base === '') metadata.name = ''
    else
      metadata.name = generatedName(
        world,
        base,
        resource.kind,
        (name) => stored(world, resource, namespace, name) !== undefined,
      )
  }
  metadata.uid = drawnUid(world, objectId(resource.kind, namespace, String(metadata.name)))
  metadata.creationTimestamp = nowText(world)
  if (strategyOf(resource.kind).generation) metadata.generation = 1
  return { metadata }
}

/** The admission plugins that concern the kind; changes `object`, which is the request's own copy. */
function admit(
  world: World,
  resource: ApiResource,
  object: Loose,
  namespace: string | undefined,
  name: string,
): Refused | { readonly warnings: readonly string[] } {
  const spec = objectAt(object, 'spec')
  const metadata = metadataOf(object)
  const warnings: string[] = []
  if (resource.kind === 'Pod' && spec && namespace !== undefined) {
    const admitted = admitPod(world, namespace, spec, String(metadata.uid))
    if ('forbidden' in admitted) return forbidden(resource, name, admitted.forbidden)
    if (admitted.annotations) metadata.annotations = { ...objectAt(metadata, 'annotations'), ...admitted.annotations }
    object.status = { phase: 'Pending', qosClass: qosClass(world, spec) }
    const security = podSecurity(world, namespace, metadata, spec)
    if (security.forbidden !== undefined) return forbidden(resource, name, security.forbidden)
    if (security.warning !== undefined) warnings.push(security.warning)
  } else if (namespace !== undefined) {
    const warning = templateSecurity(world, namespace, object)
    if (warning !== undefined) warnings.push(warning)
  }
  if (resource.kind === 'CertificateSigningRequest' && spec)
    object.spec = { ...spec, groups: ['kubeadm:cluster-admins', 'system:authenticated'], username: 'kubernetes-admin' }
  if (resource.kind === 'PersistentVolumeClaim' && spec && namespace !== undefined) {
    admitStorageClass(world, spec)
    metadata.finalizers = withFinalizer(metadata, 'kubernetes.io/pvc-protection')
    const problems = claimLimitProblems(limitRangesOf(world, namespace), spec)
    if (problems.length > 0)
      return forbidden(resource, name, problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`)
  }
  return { warnings }
}

function withFinalizer(metadata: Loose, finalizer: string): readonly unknown[] {
  const own = Array.isArray(metadata.finalizers) ? metadata.finalizers : []
  return own.includes(finalizer) ? own : [...own, finalizer]
}

/** The object with its top-level fields in the usual order. */
function ordered(object: Loose): Loose {
  const { apiVersion, kind, metadata, spec, status, ...rest } = object
  return {
    apiVersion,
    kind,
    metadata,
    ...rest,
    ...(spec === undefined ? {} : { spec }),
    ...(status === undefined ? {} : { status }),
  }
}
