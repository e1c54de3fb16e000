import { copyJson, isObject, type Loose, objectAt, semanticEqual } from '../loose.ts'
import { canonical, compareQuantity, parseQuantity } from '../quantity.ts'
import { changedPaths } from './changes.ts'
import type { Field } from './field.ts'
import { immutable, validateLabelSelector, validateMetadata, validateMetadataUpdate } from './metadata.ts'
import { dnsLabel, dnsSubdomain } from './names.ts'
import { quantityIn, shown, signOf, validateQuantity } from './resourceNames.ts'

/** Models: ValidatePersistentVolumeClaim. */
export function validateClaim(claim: Field): void {
  validateMetadata(claim.at('metadata'), true, dnsSubdomain)
  validateClaimSpec(claim.at('spec'))
}

/** Models: ValidatePersistentVolumeClaimSpec; also the spec inside a volume claim template. */
export function validateClaimSpec(spec: Field): void {
  const modes = spec.at('accessModes')
  if (modes.size === 0) modes.required('at least 1 access mode is required')
  validateLabelSelector(spec.at('selector'))
  validateAccessModes(modes)
  const storage = spec.at('resources').key('storage', objectAt(spec.value, 'resources', 'requests')?.storage)
  if (!storage.present) storage.required()
  else if (signOf(storage) <= 0) storage.invalid('must be greater than zero', shown(storage))
  else validateQuantity('storage', storage)
  const storageClass = spec.at('storageClassName')
  if (storageClass.text !== '') storageClass.invalidAll(dnsSubdomain(storageClass.text))
  const mode = spec.at('volumeMode')
  if (mode.present && !['Block', 'Filesystem'].includes(mode.text)) mode.notSupported(['Block', 'Filesystem'])
  for (const name of ['dataSource', 'dataSourceRef']) validateSource(spec.at(name))
  const attributes = spec.at('volumeAttributesClassName')
  if (attributes.text !== '') attributes.invalidAll(dnsSubdomain(attributes.text))
}

/** Access modes of a claim or of a volume. */
export function validateAccessModes(modes: Field): void {
  const known = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod']
  for (const mode of modes.texts) if (!known.includes(mode)) modes.notSupported(known, mode)
  const single = modes.texts.includes('ReadWriteOncePod')
  if (single && modes.texts.some((mode) => mode !== 'ReadWriteOncePod' && known.includes(mode))) {
    modes.forbidden('may not use ReadWriteOncePod with other access modes')
  }
}

/** Models: ValidatePersistentVolumeClaimUpdate: a bound claim may only grow. */
export function validateClaimUpdate(claim: Field, old: Field): void {
  validateMetadataUpdate(claim.at('metadata'), old.at('metadata'))
  validateClaim(claim)
  const spec = copyJson(claim.at('spec').object)
  const before = copyJson(old.at('spec').object)
  if (old.at('spec.volumeName').text === '') before.volumeName = spec.volumeName
  const notes = 'volume.beta.kubernetes.io/storage-class'
  if (spec.storageClassName !== undefined && before.storageClassName === undefined) {
    const noted = objectAt(old.value, 'metadata', 'annotations')?.[notes]
    if (noted === undefined || noted === spec.storageClassName) before.storageClassName = spec.storageClassName
  }
  const size = claim.at('spec.resources.requests.storage')
  const oldSize = old.at('spec.resources.requests.storage')
  if (claim.at('status.phase').text === 'Bound') {
    const requests = objectAt(spec, 'resources', 'requests')
    if (requests) requests.storage = oldSize.value
    spec.volumeAttributesClassName = before.volumeAttributesClassName
  }
  if (!semanticEqual(canonicalSizes(spec), canonicalSizes(before))) {
    claim
      .at('spec')
      .forbidden(
        `spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n${changedPaths(before, spec)}`,
      )
  }
  const now = quantityIn(size)
  const then = quantityIn(oldSize)
  if (now && then && compareQuantity(now, then) < 0) {
    const given = quantityIn(claim.at('status.capacity.storage')) ?? parseQuantity('0')
    if (given && compareQuantity(now, given) <= 0) size.forbidden('field can not be less than status.capacity')
  }
  immutable(claim.at('spec.volumeMode').as('volumeMode'), old.at('spec.volumeMode'))
}

function canonicalSizes(spec: Loose): Loose {
  const copy = copyJson(spec)
  const requests = objectAt(copy, 'resources', 'requests')
  if (isObject(requests) && typeof requests.storage === 'string') {
    const quantity = parseQuantity(requests.storage)
    if (quantity) requests.storage = canonical(quantity)
  }
  return copy
}

function validateSource(source: Field): void {
  if (!source.present) return
  if (source.at('name').text === '') source.at('name').required()
  if (source.at('kind').text === '') source.at('kind').required()
  const group = source.at('apiGroup')
  if (group.text === '' && source.at('kind').text !== 'PersistentVolumeClaim') {
    source.invalid("must be 'PersistentVolumeClaim' when referencing the default apiGroup", source.at('kind').text)
  }
  if (group.text !== '') group.invalidAll(dnsSubdomain(group.text))
  const namespace = source.at('namespace')
  if (namespace.text !== '') namespace.invalidAll(dnsLabel(namespace.text))
}
