import { labelKeyErrors } from '../labels.ts'
import type { Field } from './field.ts'
import { fieldError, omitted } from './fieldError.ts'

function quotedList(values: readonly string[]): string {
  return `valid values: [${values.map((value) => JSON.stringify(value)).join(' ')}]`
}

/** Models: validatePodFailurePolicy. */
export function validateFailurePolicy(policy: Field, spec: Field): void {
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

/** Models: validateSuccessPolicy; `completions` is the job's. */
export function validateSuccessPolicy(policy: Field, completions: number): void {
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
