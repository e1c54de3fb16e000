import { parseJson } from '../jsonText.ts'
import { isObject, semanticEqual } from '../loose.ts'
import type { Field } from './field.ts'
import { immutable, validateMetadata, validateMetadataUpdate } from './metadata.ts'
import { configMapKey, dnsSubdomain } from './names.ts'

const most = 1048576

/** Models: ValidateConfigMap. */
export function validateConfigMap(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  let total = 0
  for (const [key, value] of object.at('data').entries) {
    value.invalidAll(configMapKey(key), key)
    if (key in object.at('binaryData').object) value.invalid('duplicate of key present in binaryData', key)
    total += new TextEncoder().encode(value.text).length
  }
  for (const [key, value] of object.at('binaryData').entries) {
    value.invalidAll(configMapKey(key), key)
    total += bytesOf(value.text).length
  }
  if (total > most) object.as('[]').tooLong(most)
}

/** Models: ValidateConfigMapUpdate. */
export function validateConfigMapUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  keepImmutable(object, old, ['data', 'binaryData'])
  validateConfigMap(object)
}

/** Models: ValidateSecret. */
export function validateSecret(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  const data = object.at('data')
  let total = 0
  for (const [key, value] of data.entries) {
    value.invalidAll(configMapKey(key), key)
    total += bytesOf(value.text).length
  }
  if (total > most) data.tooLong(most)
  const has = (key: string) => key in data.object
  const need = (key: string) => data.key(key).required()
  switch (object.at('type').text) {
    case 'kubernetes.io/service-account-token': {
      const key = 'kubernetes.io/service-account.name'
      const notes = object.at('metadata.annotations')
      if (!notes.object[key]) notes.key(key).required()
      break
    }
    case 'kubernetes.io/dockercfg':
      validateDockerConfig(data, '.dockercfg')
      break
    case 'kubernetes.io/dockerconfigjson':
      validateDockerConfig(data, '.dockerconfigjson')
      break
    case 'kubernetes.io/basic-auth':
      if (!has('username') && !has('password')) {
        need('username')
        need('password')
      }
      break
    case 'kubernetes.io/ssh-auth':
      if (data.key('ssh-privatekey').text === '') need('ssh-privatekey')
      break
    case 'kubernetes.io/tls':
      for (const key of ['tls.crt', 'tls.key']) if (!has(key)) need(key)
      break
    default:
  }
}

/** Models: ValidateSecretUpdate. */
export function validateSecretUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  immutable(object.at('type'), old.at('type'))
  keepImmutable(object, old, ['data'])
  validateSecret(object)
}

function keepImmutable(object: Field, old: Field, fields: readonly string[]): void {
  if (!old.at('immutable').true) return
  const words = 'field is immutable when `immutable` is set'
  if (!object.at('immutable').true) object.at('immutable').forbidden(words)
  for (const name of fields)
    if (!semanticEqual(object.at(name).value, old.at(name).value)) object.at(name).forbidden(words)
}

function validateDockerConfig(data: Field, key: string): void {
  const entry = data.key(key)
  if (!entry.present) {
    entry.required()
    return
  }
  const parsed = parseJson(bytesOf(entry.text))
  if ('error' in parsed) entry.invalid(parsed.error, '<secret contents redacted>')
  else if (!isObject(parsed.value) && parsed.value !== null) {
    const kind = Array.isArray(parsed.value)
      ? 'array'
      : typeof parsed.value === 'boolean'
        ? 'bool'
        : typeof parsed.value
    entry.invalid(
      `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`,
      '<secret contents redacted>',
    )
  }
}

/** The bytes of a base64 text, one character each. Malformed text counts as its own length (decoding has refused it). */
function bytesOf(text: string): string {
  try {
    return atob(text)
  } catch {
    return text
  }
}
