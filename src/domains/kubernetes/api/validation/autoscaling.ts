import type { Field } from './field.ts'
import { validateLabelSelector, validateMetadata, validateMetadataUpdate } from './metadata.ts'
import { dnsLabel, dnsSubdomain, pathSegment } from './names.ts'
import { shown, signOf, validateContainerResource } from './resourceNames.ts'
import { atMostWhole, validateIntOrPercent } from './workloads.ts'

/** Models: pkg/apis/autoscaling/validation ValidateHorizontalPodAutoscaler, for both API versions. */
export function validateAutoscaler(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  validateSpec(object.at('spec'))
}

/** Models: ValidateHorizontalPodAutoscalerUpdate. */
export function validateAutoscalerUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  validateSpec(object.at('spec'))
}

/** Models: pkg/apis/policy/validation ValidatePodDisruptionBudget; metadata is judged by the registry's generic rules. */
export function validateDisruptionBudget(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  const spec = object.at('spec')
  const low = spec.at('minAvailable')
  const high = spec.at('maxUnavailable')
  if (low.present && high.present) {
    spec.invalid('minAvailable and maxUnavailable cannot be both set', {
      MinAvailable: low.value,
      Selector: spec.at('selector').value ?? null,
      MaxUnavailable: high.value,
      UnhealthyPodEvictionPolicy: spec.at('unhealthyPodEvictionPolicy').value ?? null,
    })
  }
  for (const field of [low, high]) {
    if (!field.present) continue
    validateIntOrPercent(field)
    atMostWhole(field)
  }
  validateLabelSelector(spec.at('selector'))
  const policy = spec.at('unhealthyPodEvictionPolicy')
  const known = ['AlwaysAllow', 'IfHealthyBudget']
  if (policy.present && !known.includes(policy.text)) policy.notSupported(known)
}

/** Models: ValidatePodDisruptionBudget on update. */
export function validateDisruptionBudgetUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  validateDisruptionBudget(object)
}

function validateSpec(spec: Field): void {
  const low = spec.at('minReplicas')
  const high = spec.at('maxReplicas')
  if (low.present && low.number < 1) low.invalid('must be greater than or equal to 1')
  if (high.number === 0) high.required('must be set and greater than 0')
  else if (high.number < 0) high.invalid('must be greater than or equal to 1')
  if (low.present && high.number < low.number) {
    high.invalid('must be greater than or equal to `minReplicas`', high.number)
  }
  validateReference(spec.at('scaleTargetRef'))
  const percentage = spec.at('targetCPUUtilizationPercentage')
  if (percentage.present && percentage.number < 1) {
    percentage.as(`${spec.path}.metrics[0].resource.target.averageUtilization`).invalid('must be greater than 0')
  }
  const metrics = spec.at('metrics')
  for (const metric of metrics.items) validateMetric(metric)
  const scalable = metrics.items.some((metric) => ['Object', 'External'].includes(metric.at('type').text))
  if (low.present && low.number === 0 && !scalable) {
    metrics.forbidden('must specify at least one Object or External metric to support scaling to zero replicas')
  }
  for (const direction of ['scaleUp', 'scaleDown']) {
    const rules = spec.at('behavior').at(direction)
    if (rules.present) validateRules(rules)
  }
}

function validateReference(reference: Field): void {
  for (const name of ['kind', 'name']) {
    const field = reference.at(name)
    if (field.text === '') field.required()
    else field.invalidAll(pathSegment(field.text))
  }
  const version = reference.at('apiVersion')
  if (version.text.split('/').length > 2) version.invalid(`unexpected GroupVersion string: ${version.text}`)
}

function validateRules(rules: Field): void {
  const window = rules.at('stabilizationWindowSeconds')
  if (window.number < 0) window.invalid('must be greater than or equal to zero')
  if (window.number > 3600) window.invalid('must be less than or equal to 3600')
  const select = rules.at('selectPolicy')
  const choices = ['Disabled', 'Max', 'Min']
  if (select.present && !choices.includes(select.text)) select.notSupported(choices)
  const policies = rules.at('policies')
  if (policies.size === 0) policies.required('must specify at least one Policy')
  for (const policy of policies.items) {
    const type = policy.at('type')
    if (!['Percent', 'Pods'].includes(type.text)) type.notSupported(['Percent', 'Pods'])
    if (policy.at('value').number <= 0)
      policy.at('value').invalid('must be greater than zero', policy.at('value').number)
    const period = policy.at('periodSeconds')
    if (period.number <= 0) period.invalid('must be greater than zero', period.number)
    if (period.number > 1800) period.invalid('must be less than or equal to 1800')
  }
  const tolerance = rules.at('tolerance')
  if (tolerance.present && signOf(tolerance) < 0)
    tolerance.invalid('must be greater than or equal to 0', shown(tolerance))
}

const sources = ['object', 'external', 'pods', 'resource', 'containerResource']
const types = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource']

function validateMetric(metric: Field): void {
  const type = metric.at('type')
  if (type.text === '') type.required('must specify a metric source type')
  if (!types.includes(type.text)) type.notSupported(types, type.text)
  const present = sources.filter((name) => metric.at(name).present)
  const first = present[0]
  if (first !== undefined) validateSource(first, metric.at(first))
  const expected = type.text.charAt(0).toLowerCase() + type.text.slice(1)
  if (types.includes(type.text) && !metric.at(expected).present) {
    metric.at(expected).required('must populate information for the given metric source')
  }
  if (present.length === 1) return
  for (const name of present) {
    if (name !== expected) metric.at(name).forbidden('must populate the given metric source only')
  }
}

function validateSource(kind: string, source: Field): void {
  const target = source.at('target')
  const average = target.at('averageValue')
  const value = target.at('value')
  const utilization = target.at('averageUtilization')
  if (kind === 'object') validateReference(source.at('describedObject'))
  if (kind === 'object' || kind === 'external' || kind === 'pods') validateIdentifier(source.at('metric'))
  if (kind === 'resource' || kind === 'containerResource') {
    const name = source.at('name')
    if (name.text === '') name.required('must specify a resource name')
    else if (kind === 'containerResource') validateContainerResource(name.text, name)
  }
  if (kind === 'containerResource') {
    const container = source.at('container')
    if (container.text === '') container.required('must specify a container')
    else container.invalidAll(dnsLabel(container.text))
  }
  validateTarget(target)
  if (kind === 'object' && !value.present && !average.present) {
    average.required('must set either a target value or averageValue')
  }
  if (kind === 'external') {
    if (!value.present && !average.present)
      average.required('must set either a target value for metric or a per-pod target')
    if (value.present && average.present)
      value.forbidden('may not set both a target value for metric and a per-pod target')
  }
  if (kind === 'pods' && !average.present) average.required('must specify a positive target averageValue')
  if (kind === 'resource' || kind === 'containerResource') {
    if (!utilization.present && !average.present) {
      utilization.required('must set either a target raw value or a target utilization')
    }
    if (utilization.present && average.present) {
      average.forbidden('may not set both a target raw value and a target utilization')
    }
  }
}

function validateTarget(target: Field): void {
  const type = target.at('type')
  if (type.text === '') type.required('must specify a metric target type')
  if (!['Utilization', 'Value', 'AverageValue'].includes(type.text)) {
    type.invalid('must be either Utilization, Value, or AverageValue', type.text)
  }
  for (const name of ['value', 'averageValue']) {
    const field = target.at(name)
    if (field.present && signOf(field) !== 1) field.invalid('must be positive', shown(field))
  }
  const utilization = target.at('averageUtilization')
  if (utilization.present && utilization.number < 1) utilization.invalid('must be greater than 0')
}

function validateIdentifier(metric: Field): void {
  const name = metric.at('name')
  if (name.text === '') name.required('must specify a metric name')
  else name.invalidAll(pathSegment(name.text))
  validateLabelSelector(metric.at('selector'))
}
