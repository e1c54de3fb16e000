import { labelValueErrors } from '../labels.ts'
import type { Field } from './field.ts'
import { fieldError } from './fieldError.ts'
import { immutable, validateLabelName, validateLabels, validateMetadata, validateMetadataUpdate } from './metadata.ts'
import { dnsLabel, dnsSubdomain } from './names.ts'
import { validateTaintEffect, validateTolerations } from './scheduling.ts'

/** Models: ValidateNamespace. */
export function validateNamespace(object: Field): void {
  validateMetadata(object.at('metadata'), false, dnsLabel)
}

/** Models: ValidateServiceAccount. */
export function validateServiceAccount(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
}

/** Models: ValidateNode: name and taints. */
export function validateNode(node: Field): void {
  validateMetadata(node.at('metadata'), false, dnsSubdomain)
  validateTaints(node.at('spec.taints').as('metadata.taints'))
}

/** Models: ValidateNodeUpdate: pod ranges and the provider id are set once. */
export function validateNodeUpdate(node: Field, old: Field): void {
  validateMetadataUpdate(node.at('metadata'), old.at('metadata'))
  validateTaints(node.at('spec.taints').as('metadata.taints'))
  const ranges = old.at('spec.podCIDRs').texts
  const now = node.at('spec.podCIDRs')
  if (ranges.length > 0 && ranges.join() !== now.texts.join()) {
    now.forbidden('node updates may not change podCIDR except from "" to valid')
  }
  const provider = old.at('spec.providerID').text
  if (provider !== '' && provider !== node.at('spec.providerID').text) {
    node.at('spec.providerID').forbidden('node updates may not change providerID except from "" to valid')
  }
}

/** Models: pkg/apis/scheduling/validation ValidatePriorityClass. */
export function validatePriorityClass(object: Field): void {
  validateMetadata(object.at('metadata'), false, dnsSubdomain)
  const name = object.at('metadata.name')
  const value = object.at('value')
  const system: Readonly<Record<string, number>> = {
    'system-node-critical': 2000001000,
    'system-cluster-critical': 2000000000,
  }
  if (name.text.startsWith('system-')) {
    const known = system[name.text]
    const wrong =
      known === undefined
        ? `${name.text} is not a known system priority class`
        : value.number !== known
          ? `value of ${name.text} PriorityClass must be ${known}`
          : object.at('globalDefault').true
            ? `globalDefault of ${name.text} PriorityClass must be false`
            : undefined
    if (wrong !== undefined) {
      name.forbidden(`priority class names with 'system-' prefix are reserved for system use only. error: ${wrong}`)
    }
  } else if (value.number > 1000000000) {
    value.forbidden('maximum allowed value of a user defined priority is 1000000000')
  }
  const preemption = object.at('preemptionPolicy')
  if (preemption.present) preemption.oneOf(['PreemptLowerPriority', 'Never'], true)
}

/** Models: ValidatePriorityClassUpdate. */
export function validatePriorityClassUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  if (object.at('value').number !== old.at('value').number)
    object.at('value').forbidden('may not be changed in an update.')
  immutable(object.at('preemptionPolicy'), old.at('preemptionPolicy'))
}

/** Models: pkg/apis/coordination/validation ValidateLease. */
export function validateLease(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  const duration = object.at('spec.leaseDurationSeconds')
  if (duration.present && duration.number <= 0) duration.invalid('must be greater than 0')
  const transitions = object.at('spec.leaseTransitions')
  if (transitions.number < 0) transitions.invalid('must be greater than or equal to 0')
}

/** Models: pkg/apis/node/validation ValidateRuntimeClass. */
export function validateRuntimeClass(object: Field): void {
  validateMetadata(object.at('metadata'), false, dnsSubdomain)
  const handler = object.at('handler')
  if (handler.text === '') handler.required()
  else handler.invalidAll(dnsLabel(handler.text))
  validateLabels(object.at('scheduling.nodeSelector'))
  validateTolerations(object.at('scheduling.tolerations'))
}

/** Models: apiextensions validation of a CustomResourceDefinition: names, scope and versions. */
export function validateCrd(object: Field): void {
  const metadata = object.at('metadata')
  const spec = object.at('spec')
  validateMetadata(metadata, false, dnsSubdomain)
  const wanted = `${spec.at('names.plural').text}.${spec.at('group').text}`
  if (metadata.at('name').text !== wanted) metadata.at('name').invalid('must be spec.names.plural+"."+spec.group')
  const group = spec.at('group')
  if (group.text === '') group.required()
  else {
    group.invalidAll(dnsSubdomain(group.text))
    if (!group.text.includes('.')) group.invalid('should be a domain with at least one dot')
  }
  spec.at('scope').oneOf(['Cluster', 'Namespaced'], true)
  const versions = spec.at('versions')
  const stored = versions.items.filter((version) => version.at('storage').true)
  if (stored.length !== 1) versions.invalid('must have exactly one version marked as storage version')
  for (const version of versions.items) {
    if (!version.at('schema.openAPIV3Schema').present)
      version.at('schema.openAPIV3Schema').required('schemas are required')
  }
  const names = spec.at('names')
  for (const name of ['plural', 'singular', 'kind', 'listKind']) {
    const field = names.at(name)
    if (field.text === '') field.required()
    else field.invalidAll(dnsLabel(field.text.toLowerCase()))
  }
}

function validateTaints(taints: Field): void {
  const seen = new Set<string>()
  for (const taint of taints.items) {
    validateLabelName(taint.at('key'))
    const problems = labelValueErrors(taint.at('value').text)
    if (problems.length > 0) taint.at('value').invalid(problems.join(';'))
    const effect = taint.at('effect')
    if (effect.text === '') effect.required()
    else validateTaintEffect(effect)
    const key = `${effect.text} ${taint.at('key').text}`
    if (seen.has(key)) {
      const shown = { Key: taint.at('key').text, Value: taint.at('value').text, Effect: effect.text, TimeAdded: null }
      taint.errors.push(
        fieldError(taint.path, 'FieldValueDuplicate', 'taints must be unique by key and effect pair', shown),
      )
    }
    seen.add(key)
  }
}
