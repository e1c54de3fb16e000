import { applyDefaults } from '../api/index.ts'
import { isObject, type Loose, objectAt } from '../api/loose.ts'
import { type ObjectEntity, objectOf } from '../object/object.ts'

/** Metadata that the API server and controllers write. */
const METADATA = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
  'ownerReferences',
  'generateName',
]
const ANNOTATIONS =
  /^(kubectl\.kubernetes\.io\/(last-applied-configuration|restartedAt)|deployment\.kubernetes\.io\/.*|deprecated\.daemonset\.template\.generation|pv\.kubernetes\.io\/.*|volume\.(beta\.)?kubernetes\.io\/(storage-provisioner|selected-node)|autoscaling\.alpha\.kubernetes\.io\/.*|kubernetes\.io\/limit-ranger)$/
const FINALIZERS =
  /^(kubernetes\.io\/(pvc|pv)-protection|foregroundDeletion|orphan|batch\.kubernetes\.io\/job-tracking|service\.kubernetes\.io\/load-balancer-cleanup)$/
const JOB_LABELS = ['batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name', 'controller-uid', 'job-name']

/**
 * An object as a person would have written it: without status, without what the server, admission and controllers set, and without fields
 * that hold no more than their default. Applying it gives the object again.
 */
export function manifestOf(entity: ObjectEntity): Loose {
  const object = structuredCopy(objectOf(entity))
  delete object.status
  const metadata = objectAt(object, 'metadata') ?? {}
  for (const key of METADATA) delete metadata[key]
  dropKeys(metadata, 'annotations', (key) => ANNOTATIONS.test(key))
  dropKeys(metadata, 'labels', (key) => key === 'kubernetes.io/metadata.name')
  if (Array.isArray(metadata.finalizers)) {
    metadata.finalizers = metadata.finalizers.filter((one) => !FINALIZERS.test(String(one)))
    if ((metadata.finalizers as unknown[]).length === 0) delete metadata.finalizers
  }
  byKind[String(object.kind)]?.(object, objectAt(object, 'spec') ?? {})
  if (isObject(object.spec) && Object.keys(object.spec).length === 0) delete object.spec
  return ordered(withoutDefaults(object))
}

/** What the server fills in, kind by kind. */
const byKind: Readonly<Record<string, (object: Loose, spec: Loose) => void>> = {
  Namespace: (object) => {
    delete object.spec
  },
  Service: (_object, spec) => {
    if (spec.clusterIP !== 'None') {
      delete spec.clusterIP
      delete spec.clusterIPs
    } else delete spec.clusterIPs
    for (const key of ['ipFamilies', 'ipFamilyPolicy', 'healthCheckNodePort']) delete spec[key]
    for (const port of Array.isArray(spec.ports) ? spec.ports : []) if (isObject(port)) delete port.nodePort
  },
  Pod: (_object, spec) => {
    for (const key of ['nodeName', 'priority', 'preemptionPolicy']) delete spec[key]
    podSpec(spec)
  },
  Job: (_object, spec) => {
    const template = objectAt(spec, 'template', 'metadata')
    if (spec.manualSelector !== true) {
      delete spec.selector
      for (const label of JOB_LABELS) if (template) dropKeys(template, 'labels', (key) => key === label)
    }
  },
  PersistentVolumeClaim: (_object, spec) => {
    delete spec.volumeName
  },
  PersistentVolume: (_object, spec) => {
    delete spec.claimRef
  },
  ServiceAccount: (object) => {
    delete object.secrets
  },
  Secret: (object) => {
    if (object.type === 'kubernetes.io/service-account-token') delete object.data
  },
}

/** What the admission of ServiceAccounts and of tolerations puts into a pod. */
function podSpec(spec: Loose): void {
  const own = (name: unknown) => typeof name === 'string' && name.startsWith('kube-api-access-')
  const list = (owner: Loose, key: string, keep: (one: Loose) => boolean) => {
    if (!Array.isArray(owner[key])) return
    owner[key] = (owner[key] as unknown[]).filter((one) => !isObject(one) || keep(one))
    if ((owner[key] as unknown[]).length === 0) delete owner[key]
  }
  list(spec, 'volumes', ({ name }) => !own(name))
  for (const key of ['containers', 'initContainers'])
    for (const container of Array.isArray(spec[key]) ? (spec[key] as Loose[]) : [])
      list(container, 'volumeMounts', ({ name }) => !own(name))
  list(
    spec,
    'tolerations',
    ({ key, tolerationSeconds, effect }) =>
      !(
        (key === 'node.kubernetes.io/not-ready' || key === 'node.kubernetes.io/unreachable') &&
        effect === 'NoExecute' &&
        tolerationSeconds === 300
      ),
  )
  if (spec.serviceAccountName === 'default') delete spec.serviceAccountName
  if (spec.serviceAccount !== undefined) delete spec.serviceAccount
}

/** The object without every field whose absence means the same. */
export function withoutDefaults(object: Loose): Loose {
  const whole = JSON.stringify(sorted(applyDefaults(object)))
  const copy = structuredCopy(object)
  const same = () => JSON.stringify(sorted(applyDefaults(copy))) === whole
  const thin = (owner: Loose, kept: ReadonlySet<string>) => {
    for (const key of Object.keys(owner)) {
      const value = owner[key]
      if (kept.has(key)) continue
      delete owner[key]
      if (same()) continue
      owner[key] = value
      for (const inner of Array.isArray(value) ? value : [value]) if (isObject(inner)) thin(inner, NOTHING)
    }
  }
  thin(copy, new Set(['apiVersion', 'kind', 'metadata']))
  return copy
}

const NOTHING: ReadonlySet<string> = new Set()

/** Fields in the order in which people write them. */
const FIRST = [
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'namespace',
  'labels',
  'annotations',
  'type',
  'replicas',
  'selector',
]

function ordered(value: unknown): Loose {
  return arranged(value) as Loose
}

function arranged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(arranged)
  if (!isObject(value)) return value
  const place = (key: string) => {
    const at = FIRST.indexOf(key)
    return at < 0 ? FIRST.length : at
  }
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
      .map(([key, one]) => [key, arranged(one)]),
  )
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  )
}

function dropKeys(owner: Loose, field: string, drop: (key: string) => boolean): void {
  const map = objectAt(owner, field)
  if (!map) return
  owner[field] = Object.fromEntries(Object.entries(map).filter(([key]) => !drop(key)))
  if (Object.keys(owner[field] as object).length === 0) delete owner[field]
}

function structuredCopy<T>(value: T): Loose {
  return JSON.parse(JSON.stringify(value)) as Loose
}
