import { byText } from '../loose.ts'
import { canonical, compareQuantity, integerValue } from '../quantity.ts'
import type { Field } from './field.ts'
import { dnsLabel } from './names.ts'
import {
  isHugePages,
  isOvercommitAllowed,
  quantityIn,
  shown,
  validateContainerResource,
  validateQuantity,
} from './resourceNames.ts'

/** Models: validateResourceRequirements, for a container or for a pod's overhead. */
export function validateResources(
  resources: Field,
  claims: readonly string[],
  validateName: (name: string, field: Field) => void = validateContainerResource,
): void {
  const limits = resources.at('limits')
  const requests = resources.at('requests')
  let compute = false
  let huge = false
  const check = (name: string, field: Field) => {
    validateName(name, field)
    validateQuantity(name, field)
    if (name === 'cpu' || name === 'memory') compute = true
    if (!isHugePages(name)) return
    huge = true
    if (!isMultiple(name, field))
      field.invalid(`${shown(field)} is not positive integer multiple of ${name}`, shown(field))
  }
  for (const [name, field] of limits.entries) check(name, field)
  for (const [name, field] of requests.entries) {
    check(name, field)
    const request = quantityIn(field)
    const limit = quantityIn(limits.key(name))
    if (!request) continue
    if (limit) {
      const order = compareQuantity(request, limit)
      if (order !== 0 && !isOvercommitAllowed(name)) {
        requests.invalid(`must be equal to ${name} limit of ${canonical(limit)}`, shown(field))
      } else if (order > 0)
        requests.invalid(`must be less than or equal to ${name} limit of ${canonical(limit)}`, shown(field))
    } else if (!isOvercommitAllowed(name)) limits.required('Limit must be set for non overcommitable resources')
  }
  if (huge && !compute) resources.forbidden('HugePages require cpu or memory')
  const seen = new Set<string>()
  for (const claim of resources.at('claims').items) {
    const name = claim.at('name').text
    const request = claim.at('request').text
    if (name === '') {
      claim.required()
      continue
    }
    if (request !== '') claim.at('request').invalidAll(dnsLabel(request))
    const key = request === '' ? name : `${name}/${request}`
    if (seen.has(name)) claim.duplicate(name)
    else if (seen.has(key)) claim.duplicate(key)
    seen.add(key)
    if (!claims.includes(name)) {
      const known = claims.length === 0 ? ' which is empty' : `: ${[...claims].sort(byText).join(', ')}`
      claim.notFound(name, `must be one of the names in pod.spec.resourceClaims${known}`)
    }
  }
}

function isMultiple(name: string, field: Field): boolean {
  const page = quantityIn(field.as(field.path))
  const size = /^hugepages-(.*)$/.exec(name)?.[1] ?? ''
  const unit = /^(\d+)(Ki|Mi|Gi)$/.exec(size)
  if (!page || !unit) return true
  const bytes = Number(unit[1]) * 1024 ** ({ Ki: 1, Mi: 2, Gi: 3 }[unit[2] ?? ''] ?? 1)
  const value = integerValue(page)
  return value > 0 && value % bytes === 0
}
