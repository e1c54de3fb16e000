import { type LabelSelector, matches, selectorFromObject } from '../labels.ts'
import { copyJson, isObject, type Loose, semanticEqual } from '../loose.ts'
import { validateDomainPath } from './domainPath.ts'
import { Field } from './field.ts'
import { immutable, labelsOf, validateLabelSelector, validateMetadata, validateMetadataUpdate } from './metadata.ts'
import { dnsLabel, dnsSubdomain } from './names.ts'
import { validatePodTemplate } from './pod.ts'
import { validateFailurePolicy, validateSuccessPolicy } from './podPolicies.ts'

/** Models: pkg/apis/batch/validation/validation.go ValidateJob. The selector must have been generated already. */
export function validateJob(job: Field): void {
  validateMetadata(job.at('metadata'), true, dnsSubdomain)
  validateGeneratedSelector(job)
  const spec = job.at('spec')
  validateSelectedSpec(spec)
  const completions = spec.at('completions')
  if (spec.at('completionMode').text === 'Indexed' && completions.number > 0) {
    const name = job.at('metadata.name')
    const host = `${name.text}-${completions.number - 1}`
    if (dnsLabel(host).length > 0) name.invalid(`will not able to create pod with invalid DNS label: ${host}`)
  }
}

/** Models: ValidateJobUpdate. */
export function validateJobUpdate(job: Field, old: Field): void {
  validateMetadataUpdate(job.at('metadata'), old.at('metadata'))
  const spec = job.at('spec')
  const before = old.at('spec')
  validateSelectedSpec(spec)
  const completions = spec.at('completions')
  if (spec.at('completionMode').text !== 'Indexed') immutable(completions, before.at('completions'))
  else if (completions.present && completions.number !== before.at('completions').number) {
    if (completions.number !== spec.at('parallelism').number) {
      completions.invalid('can only be modified in tandem with spec.parallelism')
    }
  }
  immutable(spec.at('selector'), before.at('selector'))
  immutable(spec.at('template'), allowedTemplate(spec.at('template'), before))
  for (const name of ['completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy']) {
    immutable(spec.at(name), before.at(name))
  }
}

function validateSelectedSpec(spec: Field): void {
  validateJobSpec(spec)
  const selector = spec.at('selector')
  if (!selector.present) selector.required()
  else validateLabelSelector(selector)
  const parsed = selectorFromObject(selector.value as LabelSelector | undefined)
  const labels = spec.at('template.metadata.labels')
  if (parsed.ok && !(selector.present && matches(parsed.selector, labelsOf(labels)))) {
    labels.invalid('`selector` does not match template `labels`', labels.value ?? null)
  }
}

function validateGeneratedSelector(job: Field): void {
  const spec = job.at('spec')
  if (spec.at('manualSelector').true || !spec.at('selector').present) return
  const uid = job.at('metadata.uid')
  if (uid.text === '') uid.required()
  const wanted = {
    'controller-uid': uid.text,
    'job-name': job.at('metadata.name').text,
    'batch.kubernetes.io/controller-uid': uid.text,
    'batch.kubernetes.io/job-name': job.at('metadata.name').text,
  }
  const labels = spec.at('template.metadata.labels')
  for (const [key, value] of Object.entries(wanted)) {
    const found = labels.object[key]
    if (found === undefined) labels.key(key).required(`must be '${value}'`)
    else if (found !== value) labels.key(key).invalid(`must be '${value}'`, labels.value)
  }
  const parsed = selectorFromObject(spec.at('selector').value as LabelSelector)
  if (parsed.ok && !matches(parsed.selector, wanted)) spec.at('selector').invalid('`selector` not auto-generated')
}

/** A job's spec without its selector: also the spec inside a CronJob. Models: validateJobSpec. */
export function validateJobSpec(spec: Field): void {
  const numbers =
    'parallelism completions activeDeadlineSeconds backoffLimit ttlSecondsAfterFinished backoffLimitPerIndex maxFailedIndexes'
  for (const name of numbers.split(' ')) if (spec.at(name).present) spec.at(name).notNegative()
  const perIndex = spec.at('backoffLimitPerIndex')
  const maxFailed = spec.at('maxFailedIndexes')
  if (maxFailed.present && !perIndex.present) perIndex.required('when maxFailedIndexes is specified')
  const managedBy = spec.at('managedBy')
  if (managedBy.present) {
    validateDomainPath(managedBy)
    if (managedBy.text.length > 63) managedBy.tooLong(63)
  }
  const mode = spec.at('completionMode')
  if (mode.present && !['NonIndexed', 'Indexed'].includes(mode.text)) mode.notSupported(['NonIndexed', 'Indexed'])
  if (mode.text === 'Indexed') validateIndexed(spec)
  if (!mode.present || mode.text === 'NonIndexed') {
    for (const field of [perIndex, maxFailed]) if (field.present) field.invalid('requires indexed completion mode')
  }
  const failure = spec.at('podFailurePolicy')
  if (failure.present) validateFailurePolicy(failure, spec)
  const success = spec.at('successPolicy')
  if (success.present) {
    if (mode.text !== 'Indexed') success.invalid('requires indexed completion mode')
    else validateSuccessPolicy(success, spec.at('completions').number)
  }
  const replacement = spec.at('podReplacementPolicy')
  if (replacement.present) {
    const allowed = failure.present ? ['Failed'] : ['Failed', 'TerminatingOrFailed']
    if (!allowed.includes(replacement.text)) replacement.notSupported(allowed)
  }
  validatePodTemplate(spec.at('template'))
  const restart = spec.at('template.spec.restartPolicy')
  if (restart.text === 'Always' || restart.text === '') restart.required('valid values: "OnFailure", "Never"')
  else if (!['OnFailure', 'Never'].includes(restart.text)) restart.notSupported(['OnFailure', 'Never'])
  else if (failure.present && restart.text !== 'Never') {
    restart.invalid('only "Never" is supported when podFailurePolicy is specified')
  }
}

function validateIndexed(spec: Field): void {
  const completions = spec.at('completions')
  const parallelism = spec.at('parallelism')
  const maxFailed = spec.at('maxFailedIndexes')
  if (!completions.present) completions.required('when completion mode is Indexed')
  if (parallelism.number > 100000)
    parallelism.invalid('must be less than or equal to 100000 when completion mode is Indexed')
  if (completions.present && maxFailed.number > completions.number)
    maxFailed.invalid('must be less than or equal to completions')
  if (maxFailed.number > 100000) maxFailed.invalid('must be less than or equal to 100000')
  if (completions.number <= 100000 || !spec.at('backoffLimitPerIndex').present) return
  if (!maxFailed.present) maxFailed.required('must be specified when completions is above 100000')
  for (const field of [parallelism, maxFailed]) {
    if (field.number > 10000) {
      field.invalid(
        'must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index',
      )
    }
  }
}

/** The old template with what a suspended, never started job may still change taken from the new one. */
function allowedTemplate(template: Field, old: Field): Field {
  const before = copyJson(old.at('template').object)
  if (!old.at('suspend').true) return new Field(before, old.path, [])
  const spec = (isObject(before.spec) ? before.spec : {}) as Loose
  const next = template.at('spec').object
  for (const name of ['nodeSelector', 'tolerations', 'schedulingGates']) spec[name] = next[name]
  const affinity: Loose = { ...(isObject(spec.affinity) ? spec.affinity : {}) }
  affinity.nodeAffinity = isObject(next.affinity) ? next.affinity.nodeAffinity : undefined
  spec.affinity = semanticEqual(copyJson(affinity), {}) && next.affinity === undefined ? undefined : affinity
  before.metadata = template.at('metadata').value
  before.spec = spec
  return new Field(before, old.path, [])
}
