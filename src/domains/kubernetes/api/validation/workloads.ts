import { type LabelSelector, matches, selectorFromObject } from '../labels.ts'
import { copyJson, type Loose } from '../loose.ts'
import type { Field } from './field.ts'
import {
  immutable,
  isEmptySelector,
  labelsOf,
  validateLabelSelector,
  validateMetadata,
  validateMetadataUpdate,
} from './metadata.ts'
import { dnsSubdomain, percent } from './names.ts'
import { validatePodTemplate } from './pod.ts'

/** Models: pkg/apis/apps/validation/validation.go ValidateDeployment. */
export function validateDeployment(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  validateDeploymentSpec(object.at('spec'))
}

/** Models: ValidateDeploymentUpdate. */
export function validateDeploymentUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  validateDeploymentSpec(object.at('spec'))
  immutable(object.at('spec.selector'), old.at('spec.selector'))
}

/** Models: ValidateReplicaSet. */
export function validateReplicaSet(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  validateReplicaSetSpec(object.at('spec'))
}

/** Models: ValidateReplicaSetUpdate. */
export function validateReplicaSetUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  validateReplicaSetSpec(object.at('spec'))
  immutable(object.at('spec.selector'), old.at('spec.selector'))
}

/** Models: ValidateReplicationController. */
export function validateReplicationController(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  validateControllerSpec(object.at('spec'))
}

/** Models: ValidateReplicationControllerUpdate. */
export function validateReplicationControllerUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  validateControllerSpec(object.at('spec'))
}

/** Models: ValidateDaemonSet. */
export function validateDaemonSet(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  validateDaemonSetSpec(object.at('spec'))
}

/** Models: ValidateDaemonSetUpdate. */
export function validateDaemonSetUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  immutable(object.at('spec.selector'), old.at('spec.selector'))
  validateDaemonSetSpec(object.at('spec'))
}

/** Models: ValidatePositiveIntOrPercent. */
export function validateIntOrPercent(field: Field): void {
  if (typeof field.value === 'string') field.invalidAll(percent(field.text))
  else field.notNegative()
}

/** Models: IsNotMoreThan100Percent. */
export function atMostWhole(field: Field): void {
  const share = percentOf(field)
  if (share !== undefined && share > 100) field.invalid('must not be greater than 100%')
}

function validateDeploymentSpec(spec: Field): void {
  spec.at('replicas').notNegative()
  validateSelectorAndTemplate(spec, 'deployment', 'invalid label selector')
  const strategy = spec.at('strategy')
  const rolling = strategy.at('rollingUpdate')
  if (strategy.at('type').text === 'Recreate') {
    if (rolling.present) rolling.forbidden("may not be specified when strategy `type` is 'Recreate'")
  } else if (strategy.at('type').text === 'RollingUpdate') {
    if (!rolling.present) rolling.required('this should be defaulted and never be nil')
    else validateRollingDeployment(rolling)
  } else strategy.notSupported(['Recreate', 'RollingUpdate'], goStrategy(strategy))
  spec.at('minReadySeconds').notNegative()
  if (spec.at('revisionHistoryLimit').present) spec.at('revisionHistoryLimit').notNegative()
  const deadline = spec.at('progressDeadlineSeconds')
  if (!deadline.present) return
  deadline.notNegative()
  if (deadline.number <= spec.at('minReadySeconds').number) deadline.invalid('must be greater than minReadySeconds')
}

function validateRollingDeployment(rolling: Field): void {
  const down = rolling.at('maxUnavailable')
  const up = rolling.at('maxSurge')
  validateIntOrPercent(down)
  validateIntOrPercent(up)
  if (amountOf(down) === 0 && amountOf(up) === 0) down.invalid('may not be 0 when `maxSurge` is 0', down.value ?? 0)
  atMostWhole(down)
}

function validateReplicaSetSpec(spec: Field): void {
  spec.at('replicas').notNegative()
  spec.at('minReadySeconds').notNegative()
  validateSelectorAndTemplate(spec, 'deployment', 'invalid label selector')
}

function validateControllerSpec(spec: Field): void {
  spec.at('minReadySeconds').notNegative()
  const selector = spec.at('selector')
  if (selector.size === 0) selector.required()
  if (!spec.at('replicas').present) spec.at('replicas').required()
  else spec.at('replicas').notNegative()
  const template = spec.at('template')
  if (!template.present) {
    template.required()
    return
  }
  const labels = labelsOf(template.at('metadata.labels'))
  const fits = Object.entries(labelsOf(selector)).every(([key, value]) => labels[key] === value)
  if (!fits) mismatch(template)
  validatePodTemplate(template)
  alwaysRestart(template, 'ReplicationController')
}

function validateSelectorAndTemplate(spec: Field, kind: string, badSelector: string): void {
  const selector = spec.at('selector')
  const template = spec.at('template')
  if (!selector.present) selector.required()
  else {
    validateLabelSelector(selector)
    if (isEmptySelector(selector)) selector.invalid(`empty selector is invalid for ${kind}`)
  }
  const parsed = selectorFromObject(selector.value as LabelSelector | undefined)
  if (!parsed.ok) {
    selector.invalid(badSelector, goSelector(selector))
    return
  }
  if (
    selector.present &&
    !isEmptySelector(selector) &&
    !matches(parsed.selector, labelsOf(template.at('metadata.labels')))
  ) {
    mismatch(template)
  }
  validatePodTemplate(template)
  alwaysRestart(template, 'ReplicaSet')
}

function validateDaemonSetSpec(spec: Field): void {
  const selector = spec.at('selector')
  const template = spec.at('template')
  validateLabelSelector(selector)
  const parsed = selectorFromObject(selector.value as LabelSelector | undefined)
  // A missing selector selects nothing, so it never matches the template.
  const fits = parsed.ok && selector.present && matches(parsed.selector, labelsOf(template.at('metadata.labels')))
  if (parsed.ok && !fits) mismatch(template)
  if (selector.present && isEmptySelector(selector)) selector.invalid('empty selector is invalid for daemonset')
  validatePodTemplate(template)
  alwaysRestart(template, 'DaemonSet')
  spec.at('minReadySeconds').notNegative()
  const strategy = spec.at('updateStrategy')
  const rolling = strategy.at('rollingUpdate')
  if (strategy.at('type').text === 'RollingUpdate') {
    if (!rolling.present) rolling.required()
    else validateRollingDaemonSet(rolling)
  } else if (strategy.at('type').text !== 'OnDelete')
    strategy.notSupported(['RollingUpdate', 'OnDelete'], goStrategy(strategy))
  if (spec.at('revisionHistoryLimit').present) spec.at('revisionHistoryLimit').notNegative()
}

function validateRollingDaemonSet(rolling: Field): void {
  const down = rolling.at('maxUnavailable')
  const up = rolling.at('maxSurge')
  for (const field of [down, up]) validateIntOrPercent(field)
  for (const field of [down, up]) atMostWhole(field)
  const some = amountOf(down) !== 0
  const surges = amountOf(up) !== 0
  if (some && surges) up.invalid('may not be set when maxUnavailable is non-zero')
  if (!some && !surges) down.required('cannot be 0 when maxSurge is 0')
}

/** Reports that the selector does not select the template. */
export function mismatch(template: Field): void {
  const labels = template.at('metadata.labels')
  labels.invalid('`selector` does not match template `labels`', labels.value ?? null)
}

/** Refuses a template whose pods would not be restarted, or that has a deadline. */
export function alwaysRestart(template: Field, kind: string): void {
  const restart = template.at('spec.restartPolicy')
  if (restart.text !== 'Always') restart.notSupported(['Always'], restart.text)
  const deadline = template.at('spec.activeDeadlineSeconds')
  if (deadline.present) deadline.forbidden(`activeDeadlineSeconds in ${kind} is not Supported`)
}

/** A selector as Go prints it: empty lists of values are left out. */
export function goSelector(selector: Field): unknown {
  const copy = copyJson(selector.object)
  if (Array.isArray(copy.matchExpressions)) {
    copy.matchExpressions = copy.matchExpressions.map((item: Loose) =>
      Array.isArray(item.values) && item.values.length === 0 ? { key: item.key, operator: item.operator } : item,
    )
  }
  return copy
}

function percentOf(field: Field): number | undefined {
  const hit = /^([0-9]+)%$/.exec(field.text)
  return hit ? Number(hit[1]) : undefined
}

/** The number of an int-or-percent, without its percent sign. */
export function amountOf(field: Field): number {
  const share = percentOf(field)
  if (share !== undefined) return share
  if (typeof field.value === 'string') return /^[+-]?\d+$/.test(field.value) ? Number(field.value) : 0
  return field.number
}

/** An update strategy as Go prints its internal struct. */
export function goStrategy(strategy: Field): unknown {
  return { Type: strategy.at('type').text, RollingUpdate: strategy.at('rollingUpdate').value ?? null }
}
