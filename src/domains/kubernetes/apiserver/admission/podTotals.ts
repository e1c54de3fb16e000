import { type Loose, objectAt, objectsAt } from '../../api/loose.ts'
import { addQuantity, compareQuantity, parseQuantity, type Quantity, quantityOf } from '../../api/quantity.ts'

/**
 * What a pod takes of a quota: `pods`, `requests.cpu` (also as `cpu`), `limits.memory`, ... Init containers count by their largest, sidecars
 * beside everything that comes after them. Remembered by the identity of the containers, which pods of one template share.
 * Models: pkg/quota/v1/evaluator/core/pods.go PodUsageFunc
 */
export function podTotals(spec: Loose | undefined): ReadonlyMap<string, Quantity> {
  const key = spec?.containers
  if (!spec || typeof key !== 'object' || key === null) return new Map()
  const known = remembered.get(key)
  if (known) return known
  const totals = count(spec)
  remembered.set(key, totals)
  return totals
}

const remembered = new WeakMap<object, ReadonlyMap<string, Quantity>>()
const ONE = quantityOf(1)

function count(spec: Loose): ReadonlyMap<string, Quantity> {
  const totals = new Map<string, Quantity>([
    ['pods', ONE],
    ['count/pods', ONE],
  ])
  for (const part of ['requests', 'limits'] as const) {
    const sums = new Map<string, Quantity>()
    const peaks = new Map<string, Quantity>()
    for (const container of objectsAt(spec, 'containers')) addAll(sums, amounts(container, part))
    const sidecars = new Map<string, Quantity>()
    for (const container of objectsAt(spec, 'initContainers')) {
      if (container.restartPolicy === 'Always') {
        addAll(sidecars, amounts(container, part))
        continue
      }
      for (const [name, amount] of amounts(container, part)) {
        const beside = sidecars.get(name)
        keepLarger(peaks, name, beside ? addQuantity(beside, amount) : amount)
      }
    }
    addAll(sums, sidecars)
    for (const [name, amount] of peaks) keepLarger(sums, name, amount)
    addAll(sums, quantities(objectAt(spec, 'overhead')))
    for (const [name, amount] of sums) {
      totals.set(`${part}.${name}`, amount)
      if (part === 'requests') totals.set(name, amount)
    }
  }
  return totals
}

function amounts(container: Loose, part: 'requests' | 'limits'): ReadonlyMap<string, Quantity> {
  return quantities(objectAt(container, 'resources', part))
}

function quantities(list: Loose | undefined): ReadonlyMap<string, Quantity> {
  const found = new Map<string, Quantity>()
  for (const [name, text] of Object.entries(list ?? {})) {
    const quantity = typeof text === 'string' || typeof text === 'number' ? parseQuantity(text) : undefined
    if (quantity) found.set(name, quantity)
  }
  return found
}

function addAll(sums: Map<string, Quantity>, more: ReadonlyMap<string, Quantity>): void {
  for (const [name, amount] of more) {
    const before = sums.get(name)
    sums.set(name, before ? addQuantity(before, amount) : amount)
  }
}

function keepLarger(peaks: Map<string, Quantity>, name: string, amount: Quantity): void {
  const before = peaks.get(name)
  if (!before || compareQuantity(amount, before) > 0) peaks.set(name, amount)
}
