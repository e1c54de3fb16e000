import { type LabelSelector, labelKeyErrors, matches, selectorFromObject } from '../labels.ts'
import { copyJson, isObject, type Loose, semanticEqual } from '../loose.ts'
import { cronProblem, isTimeZone } from './cronSyntax.ts'
import { Field } from './field.ts'
import { fieldError, omitted } from './fieldError.ts'
import { immutable, labelsOf, validateLabelSelector, validateMetadata, validateMetadataUpdate } from './metadata.ts'
import { dnsLabel, dnsSubdomain } from './names.ts'
import { validatePodTemplate } from './pod.ts'

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

/** Models: ValidateCronJobCreate. */
export function validateCronJob(object: Field): void {
  const metadata = object.at('metadata')
  validateMetadata(metadata, true, dnsSubdomain)
  validateCronSpec(object.at('spec'), undefined)
  if (metadata.at('name').text.length > 52) metadata.at('name').invalid('must be no more than 52 characters')
}

/** Models: ValidateCronJobUpdate. */
export function validateCronJobUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  validateCronSpec(object.at('spec'), old.at('spec'))
}

function validateSelectedSpec(spec: Field): void {
  validateSpec(spec)
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

function validateSpec(spec: Field): void {
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

function quotedList(values: readonly string[]): string {
  return `valid values: [${values.map((value) => JSON.stringify(value)).join(' ')}]`
}

function validateFailurePolicy(policy: Field, spec: Field): void {
  const rules = policy.at('rules')
  if (rules.size > 20) rules.tooMany(20)
  const containers = ['containers', 'initContainers'].flatMap((list) =>
    spec.at(`template.spec.${list}`).items.map((container) => container.at('name').text),
  )
  for (const rule of rules.items) {
    const action = rule.at('action')
    const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore']
    if (action.text === '') action.required(quotedList(actions))
    else if (action.text === 'FailIndex') {
      if (!spec.at('backoffLimitPerIndex').present) action.invalid('requires the backoffLimitPerIndex to be set')
    } else if (!actions.includes(action.text)) action.notSupported(actions)
    const codes = rule.at('onExitCodes')
    const conditions = rule.at('onPodConditions')
    if (codes.present) validateExitCodes(codes, containers)
    if (conditions.size > 20) conditions.tooMany(20)
    for (const pattern of conditions.items) {
      pattern.at('type').invalidAll(labelKeyErrors(pattern.at('type').text), pattern.at('type').text)
      const status = pattern.at('status')
      const known = ['False', 'True', 'Unknown']
      if (status.text === '') status.required(quotedList(known))
      else if (!known.includes(status.text)) status.notSupported(known)
    }
    const both = codes.present && conditions.size > 0
    const neither = !codes.present && conditions.size === 0
    if (both || neither) {
      const detail = both
        ? 'specifying both OnExitCodes and OnPodConditions is not supported'
        : 'specifying one of OnExitCodes and OnPodConditions is required'
      rule.errors.push(fieldError(rule.path, 'FieldValueInvalid', detail, omitted))
    }
  }
}

function validateExitCodes(codes: Field, containers: readonly string[]): void {
  const operator = codes.at('operator')
  if (operator.text === '') operator.required(quotedList(['In', 'NotIn']))
  else if (!['In', 'NotIn'].includes(operator.text)) operator.notSupported(['In', 'NotIn'])
  const name = codes.at('containerName')
  if (name.present && !containers.includes(name.text)) {
    name.invalid('must be one of the container or initContainer names in the pod template')
  }
  const values = codes.at('values')
  if (values.size === 0) values.invalid('at least one value is required', values.value ?? null)
  else if (values.size > 255) values.tooMany(255)
  const seen = new Set<number>()
  let ordered = true
  let last = Number.NEGATIVE_INFINITY
  for (const value of values.items) {
    if (operator.text === 'In' && value.number === 0) value.invalid('must not be 0 for the In operator', 0)
    if (seen.has(value.number)) value.duplicate()
    seen.add(value.number)
    if (last > value.number) ordered = false
    last = value.number
  }
  if (!ordered) values.invalid('must be ordered')
}

function validateSuccessPolicy(policy: Field, completions: number): void {
  const rules = policy.at('rules')
  if (rules.size === 0) rules.required('at least one rules must be specified when the successPolicy is specified')
  if (rules.size > 20) rules.tooMany(20)
  for (const rule of rules.items) {
    const count = rule.at('succeededCount')
    const indexes = rule.at('succeededIndexes')
    if (!count.present && !indexes.present) {
      rule.required('at least one of succeededCount or succeededIndexes must be specified')
    }
    let total = 0
    if (indexes.present) {
      const parsed = parseIndexes(indexes.text, completions)
      if (typeof parsed === 'string') indexes.invalid(`error parsing succeededIndexes: ${parsed}`)
      else total = parsed
    }
    if (!count.present) continue
    count.notNegative()
    if (count.number > completions) {
      count.invalid(`must be less than or equal to ${completions} (the number of specified completions)`)
    }
    if (indexes.present && count.number > total) {
      count.invalid(
        `must be less than or equal to ${total} (the number of indexes in the specified succeededIndexes field)`,
      )
    }
  }
}

/** How many indexes a list such as `1,3-5` holds, or what is wrong with it. Models: validateIndexesFormat. */
function parseIndexes(text: string, completions: number): number | string {
  if (text === '') return 0
  let last: number | undefined
  let total = 0
  for (const interval of text.split(',')) {
    const limits = interval.split('-')
    if (limits.length > 2)
      return `the fragment ${JSON.stringify(interval)} violates the requirement that an index interval can have at most two parts separated by '-'`
    const bounds: number[] = []
    for (const limit of limits) {
      if (!/^[+-]?\d+$/.test(limit)) return `cannot convert string to integer for index: ${JSON.stringify(limit)}`
      if (Number(limit) >= completions) return `too large index: ${JSON.stringify(limit)}`
      bounds.push(Number(limit))
    }
    const [low = 0, high = low] = bounds
    if (bounds.length === 2 && low >= high) return `non-increasing order, previous: ${low}, current: ${high}`
    if (last !== undefined && last >= low) return `non-increasing order, previous: ${last}, current: ${low}`
    total += high - low + 1
    last = high
  }
  return total
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

function validateCronSpec(spec: Field, old: Field | undefined): void {
  const schedule = spec.at('schedule')
  const zone = spec.at('timeZone')
  if (schedule.text === '') schedule.required()
  else {
    const problem = cronProblem(schedule.text)
    if (problem !== undefined) schedule.invalid(problem)
    if (schedule.text.includes('TZ')) {
      if (!old?.at('schedule').text.includes('TZ')) {
        schedule.invalid('cannot use TZ or CRON_TZ in schedule, use timeZone field instead')
      } else if (zone.present) schedule.invalid('cannot use both timeZone field and TZ or CRON_TZ in schedule')
    }
  }
  if (spec.at('startingDeadlineSeconds').present) spec.at('startingDeadlineSeconds').notNegative()
  if (zone.present && (!old || old.at('timeZone').value !== zone.value)) validateTimeZone(zone)
  spec.at('concurrencyPolicy').oneOf(['Allow', 'Forbid', 'Replace'], true)
  const template = spec.at('jobTemplate.spec')
  validateSpec(template)
  if (template.at('selector').present) template.at('selector').invalid('`selector` will be auto-generated')
  if (template.at('manualSelector').true) template.at('manualSelector').notSupported(['nil', 'false'])
  for (const name of ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit']) {
    if (spec.at(name).present) spec.at(name).notNegative()
  }
}

function validateTimeZone(zone: Field): void {
  if (zone.text === '') {
    zone.invalid('timeZone must be nil or non-empty string', '')
    return
  }
  const unknown = `unknown time zone ${zone.text}`
  const strange = zone.text
    .split('/')
    .some((part) => part === '.' || part === '..' || part.startsWith('-') || !/^[A-Za-z.\-_0-9+]{1,14}$/.test(part))
  if (strange) zone.invalid(unknown)
  if (zone.text.toLowerCase() === 'local') {
    zone.invalid('timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones')
  }
  if (!isTimeZone(zone.text) && zone.text.toLowerCase() !== 'local') zone.invalid(unknown)
}

/** Models: IsDomainPrefixedPath. */
export function validateDomainPath(field: Field): void {
  if (field.text === '') {
    field.required()
    return
  }
  const slash = field.text.indexOf('/')
  if (slash <= 0 || slash === field.text.length - 1) {
    field.invalid('must be a domain-prefixed path (such as "acme.io/foo")')
    return
  }
  field.invalidAll(dnsSubdomain(field.text.slice(0, slash)), field.text.slice(0, slash))
  const path = field.text.slice(slash + 1)
  if (!/^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(path)) {
    field.invalid("Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')", path)
  }
}
