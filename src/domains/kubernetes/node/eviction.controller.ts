import type { Answer, Controller, JsonObject, World } from '../../../kernel/index.ts'
import { parseQuantity } from '../api/quantity.ts'
import { componentId, kubeletReaches } from '../components/component.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import { podsByNode } from '../kubelet/container.ts'
import { specOf } from '../kubelet/podPlan.ts'
import type { Machine } from '../machine/machine.ts'
import { nodeUsage, podUsage } from '../metrics/usage.ts'
import { type ObjectEntity, timeOf, timestamp } from '../object/object.ts'
import { evictionOrder } from './evictionOrder.rule.ts'
import { memoryDemand } from './memoryDemand.ts'
import { conditionsOf } from './nodeObject.ts'

/**
 * The part of every kubelet that keeps memory free: below 100 Mi it gives up one pod after the other, those above their requests first.
 * Models: pkg/kubelet/eviction/eviction_manager.go with the default hard threshold memory.available<100Mi. Unlike Kubernetes, only memory
 * runs short here, not disk or process ids.
 */
export const evictionController: Controller = {
  name: 'kubelet-eviction',
  watches: { 'k8s.Container': ['after.create', 'after.terminationGrace', 'Exited', 'Killed'] },
  wakes(event, world) {
    const node = (world.get(event.to) as { readonly node?: string } | undefined)?.node
    if (node === undefined) return undefined
    const machine = world.get(`k8s.Machine/${node}`) as Machine | undefined
    const demand = (world.derived(memoryDemand).get(node) ?? 0) + SYSTEM
    return machine && demand > machine.memoryBytes - THRESHOLD ? machine.id : undefined
  },
  delay: () => HOUSEKEEPING,
  reconcile(id, world) {
    const machine = world.get(id) as Machine | undefined
    if (!machine || !kubeletReaches(world, machine.name)) return undefined
    const node = world.get(`k8s.Node/${machine.name}`) as ObjectEntity | undefined
    if (!node) return undefined
    const available = machine.memoryBytes - nodeUsage(world, machine.name).bytes
    const condition = conditionsOf(node.status).find((one) => one.type === 'MemoryPressure')
    if (available >= THRESHOLD) {
      if (condition?.status !== 'True') return undefined
      const left = HELD - (world.now - timeOf(condition.lastTransitionTime))
      if (left > 0) return [{ again: left }]
      return [pressure(world, node, machine.name, false)]
    }
    const answers: Answer[] = condition?.status === 'True' ? [] : [pressure(world, node, machine.name, true)]
    const victim = rank(world, machine.name)[0]
    if (victim) answers.push(evict(world, victim, machine.name, available))
    return [...answers, { again: HOUSEKEEPING }]
  },
}

/** Less free memory than this is too little; how often the kubelet looks, and how long a pressure is told after it is over. */
const THRESHOLD = 100 * 1024 ** 2
const HOUSEKEEPING = 10_000
const HELD = 300_000

/** Memory of the system and the kubelet themselves. */
const SYSTEM = 450 * 1024 ** 2

/** Pods of system priority are never given up. */
const CRITICAL = 2_000_000_000

/** Pods in the order in which they are given up. */
function rank(world: World, node: string): readonly ObjectEntity[] {
  const pods = (world.lookup(podsByNode, node) as readonly ObjectEntity[]).filter(
    (pod) => (pod.state === 'Ready' || pod.state === 'Running') && (specOf(pod).priority ?? 0) < CRITICAL,
  )
  const facts = pods.map((pod) => ({
    id: pod.id,
    bytes: podUsage(world, pod).bytes,
    requested: requested(pod),
    priority: specOf(pod).priority ?? 0,
  }))
  const byId = new Map(pods.map((pod) => [pod.id, pod]))
  return world.decide(evictionOrder, { pods: facts }).flatMap((id) => byId.get(id) ?? [])
}

function requested(pod: ObjectEntity): number {
  return specOf(pod).containers.reduce(
    (sum, { resources }) => sum + (parseQuantity(resources?.requests?.memory ?? '0')?.integer ?? 0),
    0,
  )
}

function evict(world: World, pod: ObjectEntity, node: string, available: number): Answer {
  const usage = podUsage(world, pod).bytes
  const { containers } = specOf(pod)
  const [first] = containers
  const message =
    `The node was low on resource: memory. Threshold quantity: 100Mi, available: ${Math.max(0, Math.floor(available / 1024))}Ki. ` +
    `Container ${first?.name} was using ${Math.floor(usage / 1024)}Ki, request is ${first?.resources?.requests?.memory ?? '0'}, has larger consumption of memory. `
  const kubeEvents: KubeEvent[] = [
    { type: 'Warning', reason: 'Evicted', message, source: 'kubelet', host: node, about: pod.id },
  ]
  const now = timestamp(world.now)
  const disrupted = {
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: now,
    reason: 'TerminationByKubelet',
    message,
  }
  const old = pod.status as { readonly conditions?: readonly { readonly type: string }[] } | undefined
  const conditions = (old?.conditions ?? []).map((one) =>
    one.type === 'Ready' || one.type === 'ContainersReady'
      ? { ...one, status: 'False', reason: 'PodFailed', lastTransitionTime: now }
      : one,
  )
  const status = { ...pod.status, phase: 'Failed', reason: 'Evicted', message, conditions: [...conditions, disrupted] }
  return {
    to: pod.id,
    type: 'Evicted',
    by: componentId('kubelet', node),
    rule: evictionOrder.id,
    inputs: { available, usage },
    data: { status: status as unknown as JsonObject, kubeEvents },
  }
}

/** The node tells that its memory runs short, or no longer does. */
function pressure(world: World, node: ObjectEntity, name: string, on: boolean): Answer {
  const now = timestamp(world.now)
  const conditions = conditionsOf(node.status).map((one) =>
    one.type === 'MemoryPressure'
      ? {
          ...one,
          status: on ? 'True' : 'False',
          lastTransitionTime: now,
          reason: on ? 'KubeletHasInsufficientMemory' : 'KubeletHasSufficientMemory',
          message: on ? 'kubelet has insufficient memory available' : 'kubelet has sufficient memory available',
        }
      : one,
  )
  const says = (type: KubeEvent['type'], reason: string, message: string): KubeEvent => ({
    type,
    reason,
    message,
    source: 'kubelet',
    host: name,
    about: node.id,
  })
  const kubeEvents = on
    ? [
        says('Warning', 'EvictionThresholdMet', 'Attempting to reclaim memory'),
        says('Normal', 'NodeHasInsufficientMemory', `Node ${name} status is now: NodeHasInsufficientMemory`),
      ]
    : [says('Normal', 'NodeHasSufficientMemory', `Node ${name} status is now: NodeHasSufficientMemory`)]
  return {
    to: node.id,
    type: 'StatusReported',
    by: componentId('kubelet', name),
    data: { status: { ...node.status, conditions } as unknown as JsonObject, kubeEvents },
  }
}
