import { defineRule } from '../../../kernel/rule.ts'
import { parseQuantity } from '../api/quantity.ts'
import {
  type DesiredInput,
  type Metric,
  type MetricPod,
  type PodSample,
  type Proposal,
  proposeFromPods,
  type Tolerance,
  withinTolerance,
} from './podUsage.rule.ts'

/**
 * The replica count that one metric proposes.
 * Models: pkg/controller/podautoscaler/replica_calculator.go, metrics/utilization.go
 */
export const desiredReplicas = defineRule({
  id: 'k8s.hpa.desired',
  says: 'The wanted count is the number of ready pods times how far the metric is from its target, rounded up, unless that is within tolerance.',
  source: 'pkg/controller/podautoscaler/replica_calculator.go',
  decide: proposeReplicas,
  vector: (input: DesiredCase) => {
    const { now, cpuInitializationPeriodSeconds, initialReadinessDelaySeconds, pods, metric, ...rest } = input
    return proposeReplicas({
      ...rest,
      now: Date.parse(now),
      cpuInitializationPeriod: cpuInitializationPeriodSeconds * 1000,
      initialReadinessDelay: initialReadinessDelaySeconds * 1000,
      pods: pods.map(fromCase),
      metric: {
        ...metric,
        podMetrics: metric.podMetrics?.map(({ timestamp, windowSeconds, ...sample }) => ({
          ...sample,
          timestamp: timestamp ? Date.parse(timestamp) : 0,
          window: (windowSeconds ?? 60) * 1000,
        })),
      },
    })
  },
})

/** Dispatches by the kind of metric; the error texts are those of the HPA's conditions and events. */
export function proposeReplicas(input: DesiredInput): Proposal {
  const { type } = input.metric
  if (type === 'Object' || type === 'External') return proposeFromValue(input)
  return proposeFromPods(input)
}

function proposeFromValue({ metric, currentReplicas, tolerance, pods }: DesiredInput): Proposal {
  const values = metric.valuesMilli ?? []
  if (values.length === 0) {
    const from = metric.type === 'External' ? 'external' : 'custom'
    return {
      error: `unable to get ${from === 'external' ? 'external ' : ''}metric ${metric.name}: no metrics returned from ${from} metrics API`,
    }
  }
  const usage = values.reduce((sum, value) => sum + value, 0)
  const { valueMilli, averageValueMilli } = metric.target
  if (averageValueMilli !== undefined) {
    const ratio = usage / (averageValueMilli * currentReplicas)
    return {
      desiredReplicas: withinTolerance(tolerance, ratio) ? currentReplicas : Math.ceil(usage / averageValueMilli),
      currentAverageMilli: currentReplicas === 0 ? 0 : Math.ceil(usage / currentReplicas),
    }
  }
  const ratio = usage / (valueMilli ?? 0)
  // From zero there are no pods to multiply with: the ratio itself is the count.
  if (currentReplicas === 0) return { desiredReplicas: Math.ceil(ratio), currentValueMilli: usage }
  if (withinTolerance(tolerance, ratio)) return { desiredReplicas: currentReplicas, currentValueMilli: usage }
  if (pods.length === 0)
    return { error: 'unable to calculate ready pods: no pods returned by selector while calculating replica count' }
  const ready = pods.filter((pod) => pod.phase === 'Running' && pod.ready === true).length
  return { desiredReplicas: Math.ceil(ratio * ready), currentValueMilli: usage }
}

interface DesiredCase {
  readonly currentReplicas: number
  readonly tolerance: Tolerance
  readonly now: string
  readonly cpuInitializationPeriodSeconds: number
  readonly initialReadinessDelaySeconds: number
  readonly pods: readonly CasePod[]
  readonly metric: Omit<Metric, 'podMetrics'> & {
    readonly podMetrics?: readonly (Omit<PodSample, 'timestamp' | 'window'> & {
      timestamp?: string
      windowSeconds?: number
    })[]
  }
}

interface CasePod extends Omit<MetricPod, 'startTime' | 'readyTransitionTime' | 'containers'> {
  readonly startTime?: string | null
  readonly readyTransitionTime?: string | null
  readonly containers: Readonly<Record<string, string | null>>
}

function fromCase(pod: CasePod): MetricPod {
  return {
    ...pod,
    startTime: pod.startTime ? Date.parse(pod.startTime) : null,
    readyTransitionTime: pod.readyTransitionTime ? Date.parse(pod.readyTransitionTime) : null,
    containers: Object.fromEntries(
      Object.entries(pod.containers).map(([name, request]) => [
        name,
        request === null ? null : (parseQuantity(request)?.milli ?? null),
      ]),
    ),
  }
}
