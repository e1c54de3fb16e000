import { labelKeyErrors, labelValueErrors } from '../labels.ts'
import { isObject, semanticEqual } from '../loose.ts'
import type { Field } from './field.ts'
import { dnsLabel, maskTrailingDash, type NameRule } from './names.ts'

/** Validates an object's metadata. Models: apimachinery/pkg/api/validation/objectmeta.go ValidateObjectMeta. */
export function validateMetadata(metadata: Field, namespaced: boolean, nameRule: NameRule): void {
  const generate = metadata.at('generateName')
  if (generate.text !== '') generate.invalidAll(nameRule(maskTrailingDash(generate.text)))
  const name = metadata.at('name')
  if (name.text === '') name.required('name or generateName is required')
  else name.invalidAll(nameRule(name.text))
  const namespace = metadata.at('namespace')
  if (namespaced) {
    if (namespace.text === '') namespace.required()
    else namespace.invalidAll(dnsLabel(namespace.text))
  } else if (namespace.text !== '') namespace.forbidden('not allowed on this type')
  metadata.at('generation').notNegative()
  validateLabels(metadata.at('labels'))
  validateAnnotations(metadata.at('annotations'))
  validateOwners(metadata.at('ownerReferences'))
  validateFinalizers(metadata.at('finalizers'))
}

/** Validates metadata against what is stored. Models: ValidateObjectMetaUpdate. */
export function validateMetadataUpdate(metadata: Field, old: Field): void {
  if (old.at('deletionTimestamp').present) {
    const extra = metadata.at('finalizers').texts.filter((item) => !old.at('finalizers').texts.includes(item))
    if (extra.length > 0) {
      const shown = [...extra]
        .sort()
        .map((item) => JSON.stringify(item))
        .join(', ')
      metadata
        .at('finalizers')
        .forbidden(
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${shown}}`,
        )
    }
  }
  const version = metadata.at('resourceVersion')
  if (version.text === '') version.invalid('must be specified for an update', '')
  if (metadata.at('generation').number < old.at('generation').number) {
    metadata.at('generation').invalid('must not be decremented', metadata.at('generation').number)
  }
  for (const field of [
    'name',
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ]) {
    immutable(metadata.at(field), old.at(field))
  }
  validateLabels(metadata.at('labels'))
  validateAnnotations(metadata.at('annotations'))
  validateOwners(metadata.at('ownerReferences'))
  metadata.at('finalizers').items.forEach(validateFinalizerStandard)
}

/** Refuses a change of a field that is fixed at creation. */
export function immutable(field: Field, old: Field): void {
  if (!semanticEqual(field.value, old.value)) field.invalid('field is immutable', field.value ?? null)
}

/** Label keys and values; both are reported at the map's own path. */
export function validateLabels(labels: Field): void {
  for (const [key, value] of labels.entries) {
    labels.invalidAll(labelKeyErrors(key), key)
    labels.invalidAll(labelValueErrors(value.text), value.text)
  }
}

/** A single label key, such as a topology key. */
export function validateLabelName(field: Field): void {
  field.invalidAll(labelKeyErrors(field.text), field.text)
}

/** Annotation keys, and at most 256 KiB in all. */
export function validateAnnotations(annotations: Field): void {
  let total = 0
  for (const [key, value] of annotations.entries) {
    annotations.invalidAll(labelKeyErrors(key.toLowerCase()), key)
    total += key.length + value.text.length
  }
  if (total > 262144) annotations.tooLong(262144)
}

/** A metav1.LabelSelector. Models: apimachinery/pkg/apis/meta/v1/validation. */
export function validateLabelSelector(selector: Field): void {
  if (!selector.present) return
  validateLabels(selector.at('matchLabels'))
  for (const item of selector.at('matchExpressions').items) validateSelectorRequirement(item)
}

/** Whether the selector has neither labels nor expressions. */
export function isEmptySelector(selector: Field): boolean {
  return selector.at('matchLabels').size + selector.at('matchExpressions').size === 0
}

function validateSelectorRequirement(item: Field): void {
  const operator = item.at('operator')
  const values = item.at('values')
  if (operator.text === 'In' || operator.text === 'NotIn') {
    if (values.size === 0) values.required("must be specified when `operator` is 'In' or 'NotIn'")
  } else if (operator.text === 'Exists' || operator.text === 'DoesNotExist') {
    if (values.size > 0) values.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
  } else operator.invalid('not a valid selector operator', operator.text)
  validateLabelName(item.at('key'))
  for (const value of values.items) value.invalidAll(labelValueErrors(value.text))
}

function validateOwners(owners: Field): void {
  let controller = ''
  for (const owner of owners.items) {
    const place = (name: string) => owner.at(name).as(`${owners.path}.${name}`)
    if ((place('apiVersion').text.split('/').pop() ?? '') === '')
      place('apiVersion').invalid('version must not be empty', place('apiVersion').text)
    for (const name of ['kind', 'name', 'uid']) {
      if (place(name).text === '') place(name).invalid('must not be empty', '')
    }
    if (owner.at('apiVersion').text === 'v1' && owner.at('kind').text === 'Event') {
      owners.invalid('/v1, Kind=Event is disallowed from being an owner', owner.value)
    }
    if (!owner.at('controller').true) continue
    const name = `${owner.at('kind').text}/${owner.at('name').text}`
    if (controller === '') controller = name
    else {
      owners.invalid(
        `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`,
      )
    }
  }
}

function validateFinalizers(finalizers: Field): void {
  for (const item of finalizers.items) finalizers.invalidAll(labelKeyErrors(item.text), item.text)
  if (finalizers.texts.includes('orphan') && finalizers.texts.includes('foregroundDeletion')) {
    finalizers.invalid('finalizer orphan and foregroundDeletion cannot be both set')
  }
  finalizers.items.forEach(validateFinalizerStandard)
}

function validateFinalizerStandard(item: Field): void {
  if (item.text.includes('/') || ['kubernetes', 'orphan', 'foregroundDeletion'].includes(item.text)) return
  item.invalid('name is neither a standard finalizer name nor is it fully qualified')
}

/** Go's `labels.Set` view of a map field. */
export function labelsOf(field: Field): Readonly<Record<string, string>> {
  return isObject(field.value) ? (field.value as Record<string, string>) : {}
}
