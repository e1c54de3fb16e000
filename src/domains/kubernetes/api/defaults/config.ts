import { copyJson, fill, isObject, type Loose, objectAt, objectsAt, textAt } from '../loose.ts'

/**
 * Models: SetDefaults_Secret, and the conversion that moves `stringData` into `data` (base64 of its UTF-8, overwriting equal keys).
 */
export function defaultSecret(object: Loose): void {
  fill(object, { type: 'Opaque' }, true)
  if (!isObject(object.stringData)) return
  const data: Loose = isObject(object.data) ? object.data : {}
  for (const [key, value] of Object.entries(object.stringData))
    if (typeof value === 'string') data[key] = toBase64(value)
  object.data = data
  delete object.stringData
}

/** Models: SetDefaults_Namespace: the name label, the phase and the `kubernetes` finalizer of the registry's strategy. */
export function defaultNamespace(object: Loose): void {
  const name = textAt(object, 'metadata', 'name')
  if (name !== '' && isObject(object.metadata)) {
    if (!isObject(object.metadata.labels)) object.metadata.labels = {}
    ;(object.metadata.labels as Loose)['kubernetes.io/metadata.name'] = name
  }
  fill(object, { spec: {}, status: {} })
  if (isObject(object.spec)) fill(object.spec, { finalizers: ['kubernetes'] })
  if (isObject(object.status)) fill(object.status, { phase: 'Active' }, true)
}

/** Models: SetDefaults_LimitRangeItem: limits default to the maximum, requests to the limits and then to the minimum. */
export function defaultLimitRange(object: Loose): void {
  for (const item of objectsAt(object, 'spec', 'limits')) {
    if (item.type !== 'Container') continue
    fill(item, { default: {}, defaultRequest: {} })
    const limits = objectAt(item, 'default') ?? {}
    const requests = objectAt(item, 'defaultRequest') ?? {}
    fill(limits, copyJson(objectAt(item, 'max') ?? {}))
    fill(requests, copyJson(limits))
    fill(requests, copyJson(objectAt(item, 'min') ?? {}))
    if (Object.keys(limits).length === 0) delete item.default
    if (Object.keys(requests).length === 0) delete item.defaultRequest
  }
}

/** Base64 of a text's UTF-8 bytes, as a Secret stores it. */
export function toBase64(text: string): string {
  let binary = ''
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte)
  return btoa(binary)
}
