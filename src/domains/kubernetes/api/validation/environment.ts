import type { Field } from './field.ts'
import { configMapKey, dnsLabel, dnsSubdomain, environmentName } from './names.ts'
import { noBacksteps } from './paths.ts'
import { envFieldPaths, validateFieldRef, validateResourceFieldRef } from './references.ts'

/** One environment variable. Models: ValidateEnv. */
export function validateEnv(env: Field): void {
  const name = env.at('name')
  if (name.text === '') name.required()
  else name.invalidAll(environmentName(name.text))
  const from = env.at('valueFrom')
  if (!from.present) return
  let sources = 0
  const source = (field: string, check: (field: Field) => void) => {
    if (!from.at(field).present) return
    sources++
    check(from.at(field))
  }
  source('fieldRef', (ref) => {
    validateFieldRef(ref, envFieldPaths)
  })
  source('resourceFieldRef', (ref) => {
    validateResourceFieldRef(ref, false)
  })
  source('configMapKeyRef', validateKeyRef)
  source('secretKeyRef', validateKeyRef)
  source('fileKeyRef', validateFileKeyRef)
  if (sources === 0) {
    from.invalid(
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      '',
    )
  } else if (env.at('value').text !== '') from.invalid('may not be specified when `value` is not empty', '')
  else if (sources > 1) from.invalid('may not have more than one field specified at a time', '')
}

function validateKeyRef(ref: Field): void {
  ref.at('name').invalidAll(dnsSubdomain(ref.at('name').text), ref.at('name').text)
  const key = ref.at('key')
  if (key.text === '') key.required()
  else key.invalidAll(configMapKey(key.text))
}

function validateFileKeyRef(ref: Field): void {
  const key = ref.at('key')
  if (key.text === '') key.required()
  else key.invalidAll(environmentName(key.text))
  const volume = ref.at('volumeName')
  if (volume.text === '') volume.required()
  else volume.invalidAll(dnsLabel(volume.text))
  const path = ref.at('path')
  if (path.text === '') path.required()
  else noBacksteps(path)
}

/** The envFrom list; a bad source is reported at the list. Models: ValidateEnvFrom. */
export function validateEnvFrom(list: Field): void {
  for (const source of list.items) {
    const prefix = source.at('prefix')
    if (prefix.text !== '') prefix.invalidAll(environmentName(prefix.text))
    let sources = 0
    for (const name of ['configMapRef', 'secretRef']) {
      const ref = source.at(name)
      if (!ref.present) continue
      sources++
      if (ref.at('name').text === '') ref.at('name').required()
      else ref.at('name').invalidAll(dnsSubdomain(ref.at('name').text))
    }
    if (sources === 0) list.invalid('must specify one of: `configMapRef` or `secretRef`', '')
    else if (sources > 1) list.invalid('may not have more than one field specified at a time', '')
  }
}
