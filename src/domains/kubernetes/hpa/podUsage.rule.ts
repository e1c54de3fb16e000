import { defineRule } from '../../../kernel/rule.ts'

/**
 * The proposal from samples of the pods themselves: a resource, one container's resource, or a custom per-pod metric.
 * Models: pkg/controller/podautoscaler/replica_calculator.go GetResourceReplicas, calcPlainMetricReplicas, groupPods
 */
export const podUsage = defineRule({
  id: 'k8s.hpa.desired/podUsage',
  says: 'Pods that have no sample, or whose cpu sample is from their start, count against a change: as fully used when shrinking, as idle when growing.',
  source: 'pkg/controller/podautoscaler/replica_calculator.go GetResourceReplicas',
  decide: proposeFromPods,
})

/** What the autoscaler looks at for one metric. Times and periods in ms; the real defaults are 300000, 30000 and 0.1. */
export interface DesiredInput {
  readonly currentReplicas: number
  readonly tolerance: Tolerance
  readonly now: number
  readonly cpuInitializationPeriod: number
  readonly initialReadinessDelay: number
  readonly pods: readonly MetricPod[]
  readonly metric: Metric
}

/** How far the ratio may be from 1 in either direction without a change. */
export interface Tolerance {
  readonly up: number
  readonly down: number
}

/** A pod that the target's selector matches; `ready` null when it has no Ready condition yet; requests in thousandths, null when absent. */
export interface MetricPod {
  readonly name: string
  readonly phase: string
  readonly ready: boolean | null
  readonly deleting: boolean
  readonly startTime: number | null
  readonly readyTransitionTime: number | null
  readonly containers: Readonly<Record<string, number | null>>
}

/** A metric of an HPA with its samples. `*Milli` are thousandths; exactly one target is set. */
export interface Metric {
  readonly type: 'Resource' | 'ContainerResource' | 'Pods' | 'Object' | 'External' | (string & {})
  readonly name?: string
  readonly resource?: string
  readonly container?: string
  readonly target: {
    readonly averageUtilization?: number
    readonly averageValueMilli?: number
    readonly valueMilli?: number
  }
  readonly podMetrics?: readonly PodSample[] | undefined
  readonly valuesMilli?: readonly number[]
}

/** One pod's sample: per container for resources, one value for custom metrics. */
export interface PodSample {
  readonly pod: string
  readonly timestamp: number
  readonly window: number
  readonly containersMilli?: Readonly<Record<string, number>>
  readonly valueMilli?: number
}

/** The proposal with what was measured, before missing and unready pods are corrected for; or why there is none. */
export type Proposal =
  | {
      readonly desiredReplicas: number
      readonly currentUtilization?: number
      readonly currentAverageMilli?: number
      readonly currentValueMilli?: number
    }
  | { readonly error: string }

/** The proposal for a metric of type Resource, ContainerResource or Pods. */
export function proposeFromPods(input: DesiredInput): Proposal {
  const { metric, pods, currentReplicas } = input
  const resource = metric.type === 'Pods' ? '' : (metric.resource ?? '')
  const read = readSamples(input, resource)
  if ('error' in read) return read
  const samples = read.samples
  if (pods.length === 0) return { error: 'no pods returned by selector while calculating replica count' }
  const groups = groupPods(input, samples, resource)
  for (const name of [...groups.ignored, ...groups.unready]) samples.delete(name)
  if (samples.size === 0) return { error: 'did not receive metrics for targeted pods (pods might be unready)' }

  const utilization = metric.target.averageUtilization
  let requests: ReadonlyMap<string, number> | undefined
  if (utilization !== undefined) {
    const summed = podRequests(pods, metric.container ?? '', resource)
    if (typeof summed === 'string') return { error: summed }
    requests = summed
  }
  const target = utilization ?? metric.target.averageValueMilli ?? metric.target.valueMilli ?? 0
  const usage = measure(samples, requests, target)
  if (!usage) return { error: 'no metrics returned matched known pods' }
  const measured = {
    ...(utilization === undefined ? {} : { currentUtilization: usage.utilization }),
    currentAverageMilli: usage.average,
  }
  const keep = { desiredReplicas: currentReplicas, ...measured }

  const scaleUpWithUnready = groups.unready.size > 0 && usage.ratio > 1
  if (!scaleUpWithUnready && groups.missing.size === 0) {
    if (withinTolerance(input.tolerance, usage.ratio)) return keep
    return { desiredReplicas: Math.ceil(usage.ratio * groups.ready), ...measured }
  }
  // Pods without a sample count against the direction: full use when shrinking, no use when growing.
  for (const name of groups.missing) {
    if (usage.ratio < 1) {
      const full = requests ? Math.trunc(((requests.get(name) ?? 0) * Math.max(100, target)) / 100) : target
      samples.set(name, { value: full, timestamp: 0, window: 0 })
    } else if (usage.ratio > 1 || !requests) samples.set(name, { value: 0, timestamp: 0, window: 0 })
  }
  if (scaleUpWithUnready) for (const name of groups.unready) samples.set(name, { value: 0, timestamp: 0, window: 0 })

  const again = measure(samples, requests, target)
  if (!again) return { error: 'no metrics returned matched known pods' }
  const turned = (usage.ratio < 1 && again.ratio > 1) || (usage.ratio > 1 && again.ratio < 1)
  if (turned || withinTolerance(input.tolerance, again.ratio)) return keep
  const desired = Math.ceil(again.ratio * samples.size)
  if ((again.ratio < 1 && desired > currentReplicas) || (again.ratio > 1 && desired < currentReplicas)) return keep
  return { desiredReplicas: desired, ...measured }
}

/** Whether a ratio is close enough to 1 to leave things as they are. */
export function withinTolerance(tolerance: Tolerance, ratio: number): boolean {
  return 1 - tolerance.down <= ratio && ratio <= 1 + tolerance.up
}

interface Sample {
  readonly value: number
  readonly timestamp: number
  readonly window: number
}

function readSamples({ metric }: DesiredInput, resource: string): { samples: Map<string, Sample> } | { error: string } {
  const found = metric.podMetrics ?? []
  if (metric.type === 'Pods') {
    if (found.length === 0)
      return { error: `unable to get metric ${metric.name}: no metrics returned from custom metrics API` }
    return { samples: new Map(found.map((sample) => [sample.pod, sampleOf(sample, sample.valueMilli ?? 0)])) }
  }
  if (found.length === 0)
    return { error: `unable to get metrics for resource ${resource}: no metrics returned from resource metrics API` }
  const samples = new Map<string, Sample>()
  for (const sample of found) {
    const containers = sample.containersMilli ?? {}
    if (metric.container) {
      // A pod whose sample lacks the container counts as having no sample.
      const value = containers[metric.container]
      if (value !== undefined) samples.set(sample.pod, sampleOf(sample, value))
    } else
      samples.set(
        sample.pod,
        sampleOf(
          sample,
          Object.values(containers).reduce((sum, value) => sum + value, 0),
        ),
      )
  }
  return { samples }
}

function sampleOf(sample: PodSample, value: number): Sample {
  return { value, timestamp: sample.timestamp, window: sample.window }
}

interface Groups {
  ready: number
  readonly unready: Set<string>
  readonly missing: Set<string>
  readonly ignored: Set<string>
}

function groupPods(input: DesiredInput, samples: ReadonlyMap<string, Sample>, resource: string): Groups {
  const groups: Groups = { ready: 0, unready: new Set(), missing: new Set(), ignored: new Set() }
  for (const pod of input.pods) {
    const sample = samples.get(pod.name)
    if (pod.deleting || pod.phase === 'Failed') groups.ignored.add(pod.name)
    else if (pod.phase === 'Pending') groups.unready.add(pod.name)
    else if (!sample) groups.missing.add(pod.name)
    else if (resource === 'cpu' && isCpuUnready(input, pod, sample)) groups.unready.add(pod.name)
    else groups.ready++
  }
  return groups
}

/** CPU use while starting says little: such samples are left out until a full window after the pod became ready. */
function isCpuUnready(input: DesiredInput, pod: MetricPod, sample: Sample): boolean {
  if (pod.ready === null || pod.startTime === null) return true
  const turned = pod.readyTransitionTime ?? 0
  if (pod.startTime + input.cpuInitializationPeriod > input.now)
    return !pod.ready || sample.timestamp < turned + sample.window
  return !pod.ready && pod.startTime + input.initialReadinessDelay > turned
}

function podRequests(pods: readonly MetricPod[], container: string, resource: string): Map<string, number> | string {
  const requests = new Map<string, number>()
  for (const pod of pods) {
    let sum = 0
    for (const [name, request] of Object.entries(pod.containers)) {
      if (container !== '' && container !== name) continue
      if (request === null) return `missing request for ${resource} in container ${name} of Pod ${pod.name}`
      sum += request
    }
    requests.set(pod.name, sum)
  }
  return requests
}

/** Utilization is cut to a whole percent before it is compared with the target, and averages to a whole thousandth. */
function measure(
  samples: ReadonlyMap<string, Sample>,
  requests: ReadonlyMap<string, number> | undefined,
  target: number,
): { ratio: number; utilization: number; average: number } | undefined {
  let used = 0
  let requested = 0
  let count = 0
  for (const [name, sample] of samples) {
    const request = requests?.get(name)
    if (requests && request === undefined) continue
    used += sample.value
    requested += request ?? 0
    count++
  }
  if (!requests) {
    const average = Math.trunc(used / count)
    return { ratio: average / target, utilization: 0, average }
  }
  if (requested === 0) return undefined
  const utilization = Math.trunc((used * 100) / requested)
  return { ratio: utilization / target, utilization, average: Math.trunc(used / count) }
}
