import { labelKeyErrors } from '../labels.ts'
import { canonical, compareQuantity, milliValue, parseQuantity, type Quantity } from '../quantity.ts'
import type { Field } from './field.ts'
import { validateMetadata, validateMetadataUpdate } from './metadata.ts'
import { dnsSubdomain } from './names.ts'
import {
  isOvercommitAllowed,
  isStandardQuota,
  quantityIn,
  validateContainerResource,
  validateQuantity,
  validateQuotaResource,
  validateResource,
} from './resourceNames.ts'

/** Models: ValidateResourceQuota. */
export function validateResourceQuota(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  validateQuotaSpec(object.at('spec'))
}

/** Models: ValidateResourceQuotaUpdate. */
export function validateResourceQuotaUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  validateQuotaSpec(object.at('spec'))
  const sorted = (field: Field) => [...field.at('spec.scopes').texts].sort().join(' ')
  const scopes = object.at('spec.scopes')
  if (sorted(object) !== sorted(old)) scopes.invalid('field is immutable', scopes.value ?? null)
}

/** Models: ValidateLimitRange. */
export function validateLimitRange(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  const types = new Set<string>()
  for (const limit of object.at('spec.limits').items) {
    const type = limit.at('type')
    const problems = labelKeyErrors(type.text)
    type.invalidAll(problems, type.text)
    if (
      problems.length === 0 &&
      !type.text.includes('/') &&
      !['Pod', 'Container', 'PersistentVolumeClaim'].includes(type.text)
    ) {
      type.invalid('must be a standard limit type or fully qualified')
    }
    if (types.has(type.text)) type.duplicate()
    types.add(type.text)
    validateLimit(limit, type.text)
  }
}

function validateQuotaSpec(spec: Field): void {
  const hard = spec.at('hard')
  for (const [name, amount] of hard.entries) {
    validateQuotaResource(name, amount)
    validateQuantity(name, amount)
  }
  const names = hard.entries.map(([name]) => name)
  const scopes = spec.at('scopes')
  for (const scope of scopes.texts) {
    if (!scopeNames.includes(scope)) scopes.invalid('unsupported scope')
    for (const name of names) {
      if (isStandardQuota(name) && !scopeCovers(scope, name)) scopes.invalid('unsupported scope applied to resource')
    }
  }
  conflicting(scopes, scopes.texts, scopes.value)
  const selector = spec.at('scopeSelector')
  if (!selector.present) return
  const expressions = selector.at('matchExpressions')
  const used: string[] = []
  for (const item of expressions.items) {
    const place = (field: string) => item.at(field).as(`${expressions.path}.${field}`)
    const scope = place('scopeName')
    const operator = place('operator')
    const values = place('values')
    if (!scopeNames.includes(scope.text)) scope.invalid('unsupported scope', scope.text)
    for (const name of names) {
      if (isStandardQuota(name) && !scopeCovers(scope.text, name)) {
        expressions.invalid('unsupported scope applied to resource', selector.value)
      }
    }
    const plain = ['BestEffort', 'NotBestEffort', 'Terminating', 'NotTerminating', 'CrossNamespacePodAffinity']
    if (plain.includes(scope.text) && operator.text !== 'Exists') {
      operator.invalid(
        "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity",
        operator.text,
      )
    }
    if (operator.text === 'In' || operator.text === 'NotIn') {
      if (values.size === 0)
        values.required("must be at least one value when `operator` is 'In' or 'NotIn' for scope selector")
    } else if (operator.text === 'Exists' || operator.text === 'DoesNotExist') {
      if (values.size > 0)
        values.invalid("must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector")
    } else operator.invalid('not a valid selector operator', operator.text)
    used.push(scope.text)
  }
  conflicting(expressions, used, scopes.value ?? null)
}

const scopeNames = [
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
  'VolumeAttributesClass',
]

function scopeCovers(scope: string, resource: string): boolean {
  const compute = ['pods', 'cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory']
  if (scope === 'BestEffort') return resource === 'pods'
  if (scope === 'VolumeAttributesClass') return ['persistentvolumeclaims', 'requests.storage'].includes(resource)
  if (!scopeNames.includes(scope)) return true
  return compute.includes(resource)
}

function conflicting(field: Field, scopes: readonly string[], value: unknown): void {
  for (const [a, b] of [
    ['BestEffort', 'NotBestEffort'],
    ['Terminating', 'NotTerminating'],
  ] as const) {
    if (scopes.includes(a) && scopes.includes(b)) field.invalid('conflicting scopes', value)
  }
}

function validateLimit(limit: Field, type: string): void {
  const names = new Set<string>()
  const read = (field: string): ReadonlyMap<string, Quantity> => {
    const out = new Map<string, Quantity>()
    for (const [name, amount] of limit.at(field).entries) {
      if (type === 'Pod' || type === 'Container') validateContainerResource(name, amount)
      else validateResource(name, amount)
      names.add(name)
      const quantity = quantityIn(amount)
      if (quantity) out.set(name, quantity)
    }
    return out
  }
  const max = read('max')
  const min = read('min')
  let defaults: ReadonlyMap<string, Quantity> = new Map()
  let requests: ReadonlyMap<string, Quantity> = new Map()
  if (type === 'Pod') {
    for (const name of ['default', 'defaultRequest']) {
      if (limit.at(name).size > 0) limit.at(name).forbidden("may not be specified when `type` is 'Pod'")
    }
  } else {
    defaults = read('default')
    requests = read('defaultRequest')
  }
  if (type === 'PersistentVolumeClaim' && !min.has('storage') && !max.has('storage')) {
    limit.at('limits').required('either minimum or maximum storage value is required, but neither was provided')
  }
  const ratios = read('maxLimitRequestRatio')
  for (const name of [...names].sort()) {
    const order = (
      field: string,
      low: Quantity | undefined,
      high: Quantity | undefined,
      shownValue: Quantity | undefined,
      words: string,
    ) => {
      if (!low || !high || compareQuantity(low, high) <= 0) return
      const detail = words.replace('%1', canonical(low)).replace('%2', canonical(high))
      limit
        .at(field)
        .key(name)
        .invalid(detail, shownValue ? canonical(shownValue) : '')
    }
    const [lo, hi, std, req] = [min.get(name), max.get(name), defaults.get(name), requests.get(name)]
    order('min', lo, hi, lo, 'min value %1 is greater than max value %2')
    order('defaultRequest', lo, req, req, 'min value %1 is greater than default request value %2')
    order('defaultRequest', req, hi, req, 'default request value %1 is greater than max value %2')
    order('defaultRequest', req, std, req, 'default request value %1 is greater than default limit value %2')
    order('default', lo, std, lo, 'min value %1 is greater than default value %2')
    order('default', std, hi, hi, 'default value %1 is greater than max value %2')
    validateRatio(limit.at('maxLimitRequestRatio').key(name), ratios.get(name), lo, hi)
    if (!isOvercommitAllowed(name) && std && req && compareQuantity(std, req) !== 0) {
      limit
        .at('defaultRequest')
        .key(name)
        .invalid(
          `default value ${canonical(std)} must equal to defaultRequest value ${canonical(req)} in ${name}`,
          canonical(req),
        )
    }
  }
}

function validateRatio(
  field: Field,
  ratio: Quantity | undefined,
  min: Quantity | undefined,
  max: Quantity | undefined,
): void {
  if (!ratio) return
  const one = parseQuantity('1')
  if (one && compareQuantity(ratio, one) < 0)
    field.invalid(`ratio ${canonical(ratio)} is less than 1`, canonical(ratio))
  if (!min || !max) return
  const most = milliValue(max) / milliValue(min)
  if (milliValue(ratio) / 1000 > most) {
    field.invalid(`ratio ${canonical(ratio)} is greater than max/min = ${most.toFixed(6)}`, canonical(ratio))
  }
}
