import { copyJson, isObject, type Loose, objectAt, objectsAt, textAt } from './loose.ts'

/**
 * Converts a built-in object between the versions that serve its kind. Only HorizontalPodAutoscaler has two here: in v1 the CPU
 * utilization target has a field of its own and the other metrics, behavior and conditions live in annotations.
 * Models: pkg/apis/autoscaling/v1/conversion.go.
 */
export function convertObject(object: Loose, apiVersion: string): Loose {
  const from = textAt(object, 'apiVersion')
  if (from === apiVersion || textAt(object, 'kind') !== 'HorizontalPodAutoscaler') return object
  if (from === 'autoscaling/v1' && apiVersion === 'autoscaling/v2') return hpaToV2(object)
  if (from === 'autoscaling/v2' && apiVersion === 'autoscaling/v1') return hpaToV1(object)
  return object
}

const metricsKey = 'autoscaling.alpha.kubernetes.io/metrics'
const behaviorKey = 'autoscaling.alpha.kubernetes.io/behavior'
const conditionsKey = 'autoscaling.alpha.kubernetes.io/conditions'
const currentKey = 'autoscaling.alpha.kubernetes.io/current-metrics'

function hpaToV2(object: Loose): Loose {
  const copy = copyJson(object)
  copy.apiVersion = 'autoscaling/v2'
  const spec = objectAt(copy, 'spec')
  const notes = objectAt(copy, 'metadata', 'annotations') ?? {}
  if (spec) {
    const metrics: unknown[] = []
    const target = spec.targetCPUUtilizationPercentage
    delete spec.targetCPUUtilizationPercentage
    const others = parseList(notes[metricsKey])
    if (typeof target === 'number') metrics.push(cpuMetric(target))
    metrics.push(...others)
    if (metrics.length > 0) spec.metrics = metrics
    const behavior = parseNote(notes[behaviorKey])
    if (isObject(behavior)) spec.behavior = behavior
  }
  const status = objectAt(copy, 'status')
  if (status) {
    const percent = status.currentCPUUtilizationPercentage
    delete status.currentCPUUtilizationPercentage
    const current = parseList(notes[currentKey])
    if (typeof percent === 'number') {
      current.unshift({ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: percent } } })
    }
    if (current.length > 0) status.currentMetrics = current
    const conditions = parseList(notes[conditionsKey])
    if (conditions.length > 0) status.conditions = conditions
  }
  for (const key of [metricsKey, behaviorKey, conditionsKey, currentKey]) delete notes[key]
  if (isObject(copy.metadata) && Object.keys(notes).length === 0) delete copy.metadata.annotations
  return copy
}

function hpaToV1(object: Loose): Loose {
  const copy = copyJson(object)
  copy.apiVersion = 'autoscaling/v1'
  const spec = objectAt(copy, 'spec')
  const status = objectAt(copy, 'status')
  const notes: Loose = { ...(objectAt(copy, 'metadata', 'annotations') ?? {}) }
  if (spec) {
    const metrics = objectsAt(spec, 'metrics')
    const cpu = metrics.find(isCpuUtilization)
    const others = metrics.filter((metric) => metric !== cpu)
    delete spec.metrics
    if (cpu) spec.targetCPUUtilizationPercentage = objectAt(cpu, 'resource', 'target')?.averageUtilization
    if (others.length > 0) notes[metricsKey] = JSON.stringify(others)
    if (isObject(spec.behavior)) notes[behaviorKey] = JSON.stringify(spec.behavior)
    delete spec.behavior
  }
  if (status) {
    const current = objectsAt(status, 'currentMetrics')
    const cpu = current.find((metric) => textAt(metric, 'resource', 'name') === 'cpu')
    const percent = objectAt(cpu, 'resource', 'current')?.averageUtilization
    delete status.currentMetrics
    if (typeof percent === 'number') status.currentCPUUtilizationPercentage = percent
    if (current.length > 0) notes[currentKey] = JSON.stringify(current)
    if (Array.isArray(status.conditions) && status.conditions.length > 0)
      notes[conditionsKey] = JSON.stringify(status.conditions)
    delete status.conditions
  }
  if (Object.keys(notes).length > 0)
    copy.metadata = { ...(isObject(copy.metadata) ? copy.metadata : {}), annotations: notes }
  return copy
}

function cpuMetric(averageUtilization: number): Loose {
  return { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } }
}

function isCpuUtilization(metric: Loose): boolean {
  return (
    textAt(metric, 'resource', 'name') === 'cpu' &&
    objectAt(metric, 'resource', 'target')?.averageUtilization !== undefined
  )
}

function parseNote(note: unknown): unknown {
  if (typeof note !== 'string') return undefined
  try {
    return JSON.parse(note)
  } catch {
    return undefined
  }
}

function parseList(note: unknown): unknown[] {
  const value = parseNote(note)
  return Array.isArray(value) ? value : []
}
