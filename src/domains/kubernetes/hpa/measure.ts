import type { JsonObject, World } from '../../../kernel/index.ts'
import { matches } from '../api/labels.ts'
import { type Loose, objectAt, objectsAt, textAt } from '../api/loose.ts'
import { formatQuantity, parseQuantity } from '../api/quantity.ts'
import type { ReadPodMetrics } from '../metrics/podMetrics.ts'
import { every, type ObjectEntity, timeOf } from '../object/object.ts'
import { readySince } from '../replicaset/deletionCandidate.ts'
import { selectorOf } from '../replicaset/replicaSet.ts'
import { desiredReplicas } from './desired.rule.ts'
import type { Autoscaler, Behavior } from './hpa.ts'
import type { DesiredInput, MetricPod, PodSample, Proposal } from './podUsage.rule.ts'

/** What one metric of an HPA proposes, with its words; `status` goes into `currentMetrics`. */
export type Measured =
  | { readonly replicas: number; readonly name: string; readonly status: JsonObject; readonly input: object }
  | { readonly error: string; readonly reason: string; readonly source: string }

/** Asks every metric of an HPA for the size that it would give the target. Models: podautoscaler/horizontal.go computeReplicasForMetric */
export function measure(
  world: World,
  hpa: Autoscaler,
  target: ObjectEntity,
  current: number,
  read: ReadPodMetrics,
): readonly Measured[] {
  const pods = podsOf(world, target)
  const common = {
    currentReplicas: current,
    tolerance: { up: tolerance(hpa.spec.behavior?.scaleUp), down: tolerance(hpa.spec.behavior?.scaleDown) },
    now: world.now,
    cpuInitializationPeriod: 300_000,
    initialReadinessDelay: 30_000,
  }
  return (hpa.spec.metrics ?? []).map((metric) => ofMetric(world, metric as Loose, pods, common, read))
}

type Common = Omit<DesiredInput, 'pods' | 'metric'>

function ofMetric(
  world: World,
  metric: Loose,
  pods: readonly ObjectEntity[],
  common: Common,
  read: ReadPodMetrics,
): Measured {
  const type = textAt(metric, 'type')
  if (type !== 'Resource' && type !== 'ContainerResource') return withoutAdapter(metric, type)
  const source = objectAt(metric, type === 'Resource' ? 'resource' : 'containerResource') ?? {}
  const resource = textAt(source, 'name')
  const container = textAt(source, 'container')
  const target = objectAt(source, 'target') ?? {}
  const utilization = typeof target.averageUtilization === 'number' ? target.averageUtilization : undefined
  const value = quantityMilli(target.averageValue)
  const proposal: Proposal = world.decide(desiredReplicas, {
    ...common,
    pods: pods.map((pod) => metricPod(pod, resource)),
    metric: {
      type,
      resource,
      ...(container === '' ? {} : { container }),
      target: {
        ...(utilization === undefined ? {} : { averageUtilization: utilization }),
        ...(value === undefined ? {} : { averageValueMilli: value }),
      },
      podMetrics: pods.flatMap((pod) => sample(world, pod, resource, read)),
    },
  })
  const word = utilization === undefined ? 'usage' : 'utilization'
  if ('error' in proposal)
    return {
      error: `failed to get ${resource} ${word}: ${proposal.error}`,
      reason: type === 'Resource' ? 'FailedGetResourceMetric' : 'FailedGetContainerResourceMetric',
      source: `${resource} ${type === 'Resource' ? 'resource' : 'container'} metric value`,
    }
  const average = averageText(resource, proposal.currentAverageMilli ?? 0)
  const current = {
    ...(proposal.currentUtilization === undefined ? {} : { averageUtilization: proposal.currentUtilization }),
    averageValue: average,
  }
  const what = `${resource} ${type === 'Resource' ? 'resource' : 'container resource'}`
  return {
    replicas: proposal.desiredReplicas,
    name: utilization === undefined ? what : `${what} utilization (percentage of request)`,
    status:
      type === 'Resource'
        ? { type, resource: { name: resource, current } }
        : { type, containerResource: { name: resource, container, current } },
    input: {
      resource,
      target: utilization ?? value,
      current: proposal.currentUtilization ?? average,
      pods: pods.length,
    },
  }
}

/** There is no adapter for metrics of other sorts in the cluster. */
function withoutAdapter(metric: Loose, type: string): Measured {
  const from = type === 'External' ? 'external' : 'custom'
  const name = textAt(metric, type.toLowerCase(), 'metric', 'name')
  const reason = `FailedGet${type}Metric`
  const what = type === 'Pods' ? 'pods' : type.toLowerCase()
  const api = `unable to get ${from === 'external' ? 'external metric' : 'metric'} ${name}: unable to fetch metrics from ${from} metrics API: no known available metric versions found`
  return { error: api, reason, source: `${what} metric value` }
}

/** Pods that the target's selector matches. */
function podsOf(world: World, target: ObjectEntity): readonly ObjectEntity[] {
  const selector = selectorOf(target)
  const found: ObjectEntity[] = []
  for (const pod of every(world, 'Pod'))
    if (pod.metadata.namespace === target.metadata.namespace && matches(selector, pod.metadata.labels)) found.push(pod)
  return found
}

function metricPod(pod: ObjectEntity, resource: string): MetricPod {
  const start = textAt(pod.status, 'startTime')
  const condition = objectsAt(pod.status, 'conditions').find((one) => one.type === 'Ready')
  const turned = textAt(condition, 'lastTransitionTime')
  const ready = pod.state === 'Ready'
  return {
    name: pod.metadata.name,
    phase: textAt(pod.status, 'phase') || 'Pending',
    ready: condition || ready ? ready : null,
    deleting: pod.metadata.deletionTimestamp !== undefined,
    startTime: start === '' ? null : timeOf(start),
    readyTransitionTime: turned !== '' ? timeOf(turned) : ready ? readySince(pod) : null,
    containers: Object.fromEntries(
      objectsAt(pod.spec, 'containers').map((container) => [
        textAt(container, 'name'),
        quantityMilli(objectAt(container, 'resources', 'requests')?.[resource]) ?? null,
      ]),
    ),
  }
}

function sample(world: World, pod: ObjectEntity, resource: string, read: ReadPodMetrics): readonly PodSample[] {
  const metrics = read(world, pod.id)
  if (!metrics) return []
  const milli = (of: { readonly cpuMilli: number; readonly memoryBytes: number }) =>
    resource === 'cpu' ? of.cpuMilli : of.memoryBytes * 1000
  const first = textAt(objectsAt(pod.spec, 'containers')[0], 'name')
  const containersMilli = metrics.containers
    ? Object.fromEntries(Object.entries(metrics.containers).map(([name, own]) => [name, milli(own)]))
    : { [first]: milli(metrics) }
  return [{ pod: pod.metadata.name, timestamp: metrics.at, window: metrics.windowMs, containersMilli }]
}

function averageText(resource: string, milli: number): string {
  return resource === 'cpu'
    ? formatQuantity(milli, 'DecimalSI', -3)
    : formatQuantity(Math.ceil(milli / 1000), 'BinarySI')
}

function tolerance(behavior: Behavior | undefined): number {
  const given = behavior?.tolerance
  const milli = given === undefined ? undefined : quantityMilli(given)
  return milli === undefined ? 0.1 : milli / 1000
}

function quantityMilli(text: unknown): number | undefined {
  return typeof text === 'string' || typeof text === 'number' ? parseQuantity(text)?.milli : undefined
}
