import { isObject, type Loose, objectAt, textAt } from '../../api/loose.ts'
import { ORIGINAL } from './generators.ts'

/** Gives names their prefix and suffix, and follows them where other objects name them. Models: kustomize namereference configuration */
export function renameAll(objects: readonly Loose[], prefix: string, suffix: string): void {
  const renamed = new Map<string, string>()
  for (const object of objects) {
    const kind = String(object.kind)
    const metadata = object.metadata as Loose
    const before = String(metadata.name ?? '')
    const original = textAt(metadata, 'annotations', ORIGINAL)
    const plain = kind === 'Namespace' || kind === 'CustomResourceDefinition'
    const after = plain ? before : `${prefix}${before}${suffix}`
    const { [ORIGINAL]: _gone, ...annotations } = objectAt(metadata, 'annotations') ?? {}
    const { annotations: _old, ...rest } = metadata
    object.metadata = { ...rest, name: after, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) }
    renamed.set(`${kind} ${original || before}`, after)
    renamed.set(`${kind} ${before}`, after)
  }
  for (const object of objects) follow(object, '', renamed)
}

function follow(value: unknown, parent: string, renamed: ReadonlyMap<string, string>): void {
  if (Array.isArray(value)) {
    for (const item of value) follow(item, parent, renamed)
    return
  }
  if (!isObject(value)) return
  for (const [field, kind] of FIELDS) {
    const [owner, name] = field.split('.') as [string, string]
    if (owner !== '*' && owner !== parent) continue
    const text = value[name]
    const next = typeof text === 'string' ? renamed.get(`${kind} ${text}`) : undefined
    if (next !== undefined) value[name] = next
  }
  if (parent === 'scaleTargetRef' || parent === 'roleRef' || parent === 'subjects') {
    const next = renamed.get(`${String(value.kind)} ${String(value.name)}`)
    if (next !== undefined) value.name = next
  }
  for (const [key, inner] of Object.entries(value)) if (key !== 'metadata') follow(inner, key, renamed)
}

/** Owner field and field, and what kind it names. */
const FIELDS: readonly (readonly [string, string])[] = [
  ['configMap.name', 'ConfigMap'],
  ['configMapRef.name', 'ConfigMap'],
  ['configMapKeyRef.name', 'ConfigMap'],
  ['secret.secretName', 'Secret'],
  ['secret.name', 'Secret'],
  ['secretRef.name', 'Secret'],
  ['secretKeyRef.name', 'Secret'],
  ['imagePullSecrets.name', 'Secret'],
  ['tls.secretName', 'Secret'],
  ['persistentVolumeClaim.claimName', 'PersistentVolumeClaim'],
  ['*.serviceAccountName', 'ServiceAccount'],
  ['service.name', 'Service'],
  ['*.serviceName', 'Service'],
  ['*.ingressClassName', 'IngressClass'],
  ['*.priorityClassName', 'PriorityClass'],
]
