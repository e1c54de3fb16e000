import { addQuantity, canonical, compareQuantity, type Quantity } from '../quantity.ts'
import type { Field } from './field.ts'
import { validateResources } from './requirements.ts'
import { isHugePages, quantityIn, shown, validateResource } from './resourceNames.ts'

/** A pod's own `spec.resources` (PodLevelResources, on by default in 1.35). Models: validatePodResources. */
export function validatePodResources(spec: Field): void {
  const resources = spec.at('resources')
  if (!resources.present) return
  if (spec.at('os.name').text === 'windows') {
    resources.forbidden('may not be set for a windows pod')
    return
  }
  if (resources.at('claims').present) {
    resources.at('claims').forbidden('claims may not be set for Resources at pod-level')
  }
  validateResources(resources, [], (name, field) => {
    const before = field.errors.length
    validateResource(name, field)
    const known = name === 'cpu' || name === 'memory' || isHugePages(name)
    if (field.errors.length === before && !known) field.notSupported(['cpu', 'hugepages-', 'memory'], name)
  })
  for (const [name, request] of resources.at('requests').entries) {
    const whole = quantityIn(request)
    const total = aggregate(spec, name)
    if (whole && total && compareQuantity(total, whole) > 0) {
      request.invalid(
        `must be greater than or equal to aggregate container requests of ${canonical(total)}`,
        shown(request),
      )
    }
  }
  for (const [index, container] of spec.at('containers').items.entries()) {
    for (const [name, limit] of container.at('resources.limits').entries) {
      const most = quantityIn(resources.at('limits').key(name))
      const own = quantityIn(limit)
      if (most && own && compareQuantity(own, most) > 0) {
        const path = `${resources.path}.containers[${index}][${name}].limits`
        limit.as(path).invalid(`must be less than or equal to pod limits of ${canonical(most)}`, shown(limit))
      }
    }
  }
}

/** What the containers of a pod request together: sidecars run beside the others, other init containers one at a time before them. */
function aggregate(spec: Field, name: string): Quantity | undefined {
  const requestOf = (container: Field) => quantityIn(container.at('resources.requests').key(name))
  const add = (a: Quantity | undefined, b: Quantity | undefined) => (a && b ? addQuantity(a, b) : (a ?? b))
  const larger = (a: Quantity | undefined, b: Quantity | undefined) =>
    a && b ? (compareQuantity(a, b) < 0 ? b : a) : (a ?? b)
  let running: Quantity | undefined
  for (const container of spec.at('containers').items) running = add(running, requestOf(container))
  let sidecars: Quantity | undefined
  let starting: Quantity | undefined
  for (const container of spec.at('initContainers').items) {
    if (container.at('restartPolicy').text === 'Always') {
      sidecars = add(sidecars, requestOf(container))
      starting = larger(starting, sidecars)
    } else starting = larger(starting, add(sidecars, requestOf(container)))
  }
  return larger(add(running, sidecars), starting)
}
