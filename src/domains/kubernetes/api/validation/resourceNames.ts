import { labelKeyErrors } from '../labels.ts'
import { canonical, compareQuantity, milliValue, parseQuantity, type Quantity } from '../quantity.ts'
import type { Field } from './field.ts'

/** The quantity in a field, or undefined when absent or malformed (decoding has refused it already). */
export function quantityIn(field: Field): Quantity | undefined {
  const { value } = field
  return typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined
}

/** A quantity's canonical text, as error messages print it. */
export function shown(field: Field): string {
  const quantity = quantityIn(field)
  return quantity ? canonical(quantity) : field.text
}

/** -1, 0 or 1 for the quantity against zero. */
export function signOf(field: Field): number {
  const quantity = quantityIn(field)
  const zero = parseQuantity('0')
  return quantity && zero ? compareQuantity(quantity, zero) : 0
}

/** Models: ValidateResourceQuantityValue: not negative, whole where the resource is counted. */
export function validateQuantity(name: string, field: Field): void {
  if (signOf(field) < 0) field.invalid('must be greater than or equal to 0', shown(field))
  const quantity = quantityIn(field)
  if (quantity && isInteger(name) && milliValue(quantity) % 1000 !== 0)
    field.invalid('must be an integer', shown(field))
}

/** Models: validateContainerResourceName. */
export function validateContainerResource(name: string, field: Field): void {
  validateResource(name, field)
  if (!name.includes('/')) {
    if (!isStandardContainer(name)) field.invalid('must be a standard resource for containers', name)
  } else if (!isNative(name) && !isExtended(name)) field.invalid("doesn't follow extended resource name standard", name)
}

/** Models: validateResourceName. */
export function validateResource(name: string, field: Field): void {
  const problems = labelKeyErrors(name)
  field.invalidAll(problems, name)
  if (problems.length > 0 || name.includes('/')) return
  if (!isStandard(name)) field.invalid('must be a standard resource type or fully qualified', name)
}

/** Models: ValidateResourceQuotaResourceName. */
export function validateQuotaResource(name: string, field: Field): void {
  validateResource(name, field)
  if (!name.includes('/') && !isStandardQuota(name)) field.invalid('must be a standard resource for quota', name)
}

export const isHugePages = (name: string): boolean => name.startsWith('hugepages-')
export const isOvercommitAllowed = (name: string): boolean => isNative(name) && !isHugePages(name)
export const isStandardQuota = (name: string): boolean =>
  quotaNames.has(name) || isHugePages(name) || name.startsWith('requests.hugepages-')

const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/')
const isStandardContainer = (name: string): boolean =>
  ['cpu', 'memory', 'ephemeral-storage'].includes(name) || isHugePages(name)
const isStandard = (name: string): boolean =>
  quotaNames.has(name) || name === 'storage' || isHugePages(name) || name.startsWith('requests.hugepages-')

function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && labelKeyErrors(`requests.${name}`).length === 0
}

function isInteger(name: string): boolean {
  return counted.has(name) || isExtended(name)
}

const counted = new Set(
  'pods resourcequotas services replicationcontrollers secrets configmaps persistentvolumeclaims services.nodeports services.loadbalancers'.split(
    ' ',
  ),
)

const quotaNames = new Set([
  ...counted,
  ...'cpu memory ephemeral-storage requests.cpu requests.memory requests.storage requests.ephemeral-storage limits.cpu limits.memory limits.ephemeral-storage'.split(
    ' ',
  ),
])
