import type { World } from '../../../../kernel/index.ts'
import { byText, isObject, type Loose, objectAt, objectsAt, textAt } from '../../api/loose.ts'
import {
  addQuantity,
  canonical,
  compareQuantity,
  milliValue,
  parseQuantity,
  type Quantity,
} from '../../api/quantity.ts'
import { every, type ObjectEntity } from '../../object/object.ts'

/** The LimitRanges of a namespace. */
export function limitRangesOf(world: World, namespace: string): readonly ObjectEntity[] {
  const found: ObjectEntity[] = []
  for (const entity of every(world, 'LimitRange')) if (entity.metadata.namespace === namespace) found.push(entity)
  return found
}

/**
 * Fills in what the LimitRanges give to containers that do not say; changes `spec`. Returns the text of the annotation
 * `kubernetes.io/limit-ranger`, or undefined when nothing was filled in.
 * Models: plugin/pkg/admission/limitranger/admission.go defaultContainerResourceRequirements
 */
export function fillLimits(ranges: readonly ObjectEntity[], spec: Loose): string | undefined {
  const told: string[] = []
  for (const range of ranges) {
    const { limits, requests } = containerDefaults(range)
    if (Object.keys(limits).length === 0 && Object.keys(requests).length === 0) continue
    for (const [list, word] of [
      ['initContainers', 'init container'],
      ['containers', 'container'],
    ] as const) {
      for (const container of objectsAt(spec, list)) {
        const name = textAt(container, 'name')
        const setRequests = fillResources(container, 'requests', requests)
        const setLimits = fillResources(container, 'limits', limits)
        if (setRequests.length > 0) told.push(`${setRequests.join(', ')} request for ${word} ${name}`)
        if (setLimits.length > 0) told.push(`${setLimits.join(', ')} limit for ${word} ${name}`)
      }
    }
  }
  return told.length === 0 ? undefined : `LimitRanger plugin set: ${told.join('; ')}`
}

/** What a pod breaks of its namespace's LimitRanges, in the server's words. Models: limitranger/admission.go PodValidateLimitFunc */
export function limitProblems(ranges: readonly ObjectEntity[], spec: Loose): readonly string[] {
  const problems: string[] = []
  const containers = [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')]
  for (const range of ranges) {
    for (const item of objectsAt(range.spec, 'limits')) {
      if (item.type === 'Container')
        for (const container of containers)
          checkItem(
            item,
            objectAt(container, 'resources', 'requests'),
            objectAt(container, 'resources', 'limits'),
            problems,
          )
      if (item.type === 'Pod') checkItem(item, podTotal(spec, 'requests'), podTotal(spec, 'limits'), problems)
    }
  }
  return problems
}

/** What a claim breaks of the LimitRanges. Models: limitranger/admission.go PersistentVolumeClaimValidateLimitFunc */
export function claimLimitProblems(ranges: readonly ObjectEntity[], spec: Loose): readonly string[] {
  const problems: string[] = []
  const request = objectAt(spec, 'resources', 'requests') ?? {}
  for (const range of ranges)
    for (const item of objectsAt(range.spec, 'limits'))
      if (item.type === 'PersistentVolumeClaim') {
        for (const name of keysOf(item.min)) atLeast('PersistentVolumeClaim', name, item, request, {}, problems, false)
        for (const name of keysOf(item.max)) atMostRequest(name, item, request, problems)
      }
  return problems
}

function containerDefaults(range: ObjectEntity): { limits: Loose; requests: Loose } {
  const limits: Loose = {}
  const requests: Loose = {}
  for (const item of objectsAt(range.spec, 'limits')) {
    if (item.type !== 'Container') continue
    Object.assign(requests, objectAt(item, 'defaultRequest'))
    Object.assign(limits, objectAt(item, 'default'))
  }
  return { limits, requests }
}

function fillResources(container: Loose, part: 'requests' | 'limits', defaults: Loose): string[] {
  const resources = isObject(container.resources) ? container.resources : {}
  const own = isObject(resources[part]) ? (resources[part] as Loose) : {}
  const missing = keysOf(defaults).filter((name) => own[name] === undefined)
  if (missing.length === 0) return []
  const filled = { ...own }
  for (const name of missing) filled[name] = defaults[name]
  container.resources = { ...resources, [part]: filled }
  return missing
}

function checkItem(item: Loose, requests: Loose | undefined, limits: Loose | undefined, problems: string[]): void {
  const type = textAt(item, 'type')
  for (const name of keysOf(item.min)) atLeast(type, name, item, requests ?? {}, limits ?? {}, problems, true)
  for (const name of keysOf(item.max)) atMost(type, name, item, requests ?? {}, limits ?? {}, problems)
  for (const name of keysOf(item.maxLimitRequestRatio)) ratio(type, name, item, requests ?? {}, limits ?? {}, problems)
}

function atLeast(
  type: string,
  name: string,
  item: Loose,
  requests: Loose,
  limits: Loose,
  problems: string[],
  checksLimit: boolean,
): void {
  const bound = quantityAt(item.min, name)
  if (!bound) return
  const request = quantityAt(requests, name)
  const limit = quantityAt(limits, name)
  const says = `minimum ${name} usage per ${type} is ${canonical(bound)}`
  if (!request) problems.push(`${says}.  No request is specified`)
  else if (compareQuantity(request, bound) < 0) problems.push(`${says}, but request is ${canonical(request)}`)
  else if (checksLimit && limit && compareQuantity(limit, bound) < 0)
    problems.push(`${says}, but limit is ${canonical(limit)}`)
}

function atMost(type: string, name: string, item: Loose, requests: Loose, limits: Loose, problems: string[]): void {
  const bound = quantityAt(item.max, name)
  if (!bound) return
  const limit = quantityAt(limits, name)
  const request = quantityAt(requests, name)
  const says = `maximum ${name} usage per ${type} is ${canonical(bound)}`
  if (!limit) problems.push(`${says}.  No limit is specified`)
  else if (compareQuantity(limit, bound) > 0) problems.push(`${says}, but limit is ${canonical(limit)}`)
  else if (request && compareQuantity(request, bound) > 0)
    problems.push(`${says}, but request is ${canonical(request)}`)
}

function atMostRequest(name: string, item: Loose, requests: Loose, problems: string[]): void {
  const bound = quantityAt(item.max, name)
  const request = quantityAt(requests, name)
  if (bound && request && compareQuantity(request, bound) > 0)
    problems.push(
      `maximum ${name} usage per PersistentVolumeClaim is ${canonical(bound)}, but request is ${canonical(request)}`,
    )
}

function ratio(type: string, name: string, item: Loose, requests: Loose, limits: Loose, problems: string[]): void {
  const bound = quantityAt(item.maxLimitRequestRatio, name)
  if (!bound) return
  const request = quantityAt(requests, name)
  const limit = quantityAt(limits, name)
  const says = `${name} max limit to request ratio per ${type} is ${canonical(bound)}`
  if (!request || milliValue(request) === 0) problems.push(`${says}, but no request is specified or request is 0`)
  else if (!limit || milliValue(limit) === 0) problems.push(`${says}, but no limit is specified or limit is 0`)
  else {
    const observed = milliValue(limit) / milliValue(request)
    if (observed > milliValue(bound) / 1000) problems.push(`${says}, but provided ratio is ${observed.toFixed(6)}`)
  }
}

/** Sums over the containers, and at least the largest init container. */
function podTotal(spec: Loose, part: 'requests' | 'limits'): Loose {
  const total: Record<string, Quantity> = {}
  for (const container of objectsAt(spec, 'containers')) {
    const own = objectAt(container, 'resources', part) ?? {}
    for (const name of keysOf(own)) {
      const quantity = quantityAt(own, name)
      const before = total[name]
      if (quantity) total[name] = before ? addQuantity(before, quantity) : quantity
    }
  }
  for (const container of objectsAt(spec, 'initContainers')) {
    const own = objectAt(container, 'resources', part) ?? {}
    for (const name of keysOf(own)) {
      const quantity = quantityAt(own, name)
      const before = total[name]
      if (quantity && (!before || compareQuantity(quantity, before) > 0)) total[name] = quantity
    }
  }
  return Object.fromEntries(Object.entries(total).map(([name, quantity]) => [name, canonical(quantity)]))
}

function keysOf(value: unknown): string[] {
  return isObject(value) ? Object.keys(value).sort(byText) : []
}

function quantityAt(value: unknown, name: string): Quantity | undefined {
  const text = isObject(value) ? value[name] : undefined
  return typeof text === 'string' || typeof text === 'number' ? parseQuantity(text) : undefined
}
