import type { Answer, JsonObject, World } from '../../../kernel/index.ts'
import { kubeController } from '../kubeController.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import { podsByNode } from '../kubelet/container.ts'
import { type ObjectEntity, timeOf, timestamp } from '../object/object.ts'
import { conditionsOf, type NodeSpec, type Taint, unknownConditions } from './nodeObject.ts'
import { evictionSpacing, lastGivenUp, NOT_READY, nodesByZone, UNREACHABLE, zoneOf } from './zones.ts'

/**
 * Watches over the nodes: marks those that went silent, taints them by their conditions, and tells the pods on them that they are not
 * ready. Models: pkg/controller/nodelifecycle/node_lifecycle_controller.go
 */
export const nodeLifecycleController = kubeController({
  name: 'node-lifecycle-controller',
  component: 'kube-controller-manager',
  primary: 'k8s.Node',
  watches: { 'k8s.Node': '*' },
  wakes(event, world) {
    const node = world.get(event.to) as ObjectEntity | undefined
    if (!node) return undefined
    if (event.type === 'Tainted') return undefined
    const lostOrFound = ['MarkedUnknown', 'BecameNotReady', 'KubeletHeard'].includes(event.type)
    return lostOrFound
      ? (world.lookup(nodesByZone, zoneOf(node)) as readonly ObjectEntity[]).map(({ id }) => id)
      : event.to
  },
  reconcile(id, world) {
    const node = world.get(id) as ObjectEntity | undefined
    if (!node) return undefined
    if (node.state === 'Overdue') return markUnknown(world, node)
    return [...taint(world, node), ...tellPods(world, node)]
  },
})

function markUnknown(world: World, node: ObjectEntity): readonly Answer[] {
  const conditions = unknownConditions(world, conditionsOf(node.status))
  const status = { ...node.status, conditions } as unknown as JsonObject
  const { name } = node.metadata
  const kubeEvents = [says(node.id, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`)]
  return [{ to: node.id, type: 'MarkedUnknown', data: { status, kubeEvents }, inputs: { grace: 50_000 } }]
}

/** Taints by conditions: NoSchedule at once, NoExecute one node after the other in a zone. */
function taint(world: World, node: ObjectEntity): readonly Answer[] {
  const spec = (node.spec ?? {}) as NodeSpec
  const old = spec.taints ?? []
  const now = timestamp(world.now)
  const lost = lostTaint(node)
  const wanted: Taint[] = old.filter((one) => !OWNED.has(one.key))
  const keep = (key: string, effect: Taint['effect']): Taint =>
    old.find((one) => one.key === key && one.effect === effect) ?? { key, effect, timeAdded: now }
  const answers: Answer[] = []
  if (spec.unschedulable) wanted.push(keep('node.kubernetes.io/unschedulable', 'NoSchedule'))
  for (const condition of conditionsOf(node.status))
    if (condition.status === 'True' && PRESSURE[condition.type])
      wanted.push(keep(PRESSURE[condition.type] as string, 'NoSchedule'))
  if (lost !== undefined) {
    wanted.push(keep(lost, 'NoSchedule'))
    const has = old.some((one) => OWNED.has(one.key) && one.effect === 'NoExecute')
    const left = has ? 0 : patience(world, node)
    if (left === 0) wanted.push(keep(lost, 'NoExecute'))
    else if (left !== Number.POSITIVE_INFINITY) answers.push({ again: left })
  }
  if (same(old, wanted)) return answers
  const { taints: _taints, ...rest } = spec
  const next = wanted.length > 0 ? { ...rest, taints: wanted } : rest
  return [{ to: node.id, type: 'Tainted', data: { spec: next as unknown as JsonObject } }, ...answers]
}

/** ms until a lost node may be given up: others of its zone come first, and in a bad outage none is. */
function patience(world: World, node: ObjectEntity): number {
  const zone = zoneOf(node)
  const spacing = evictionSpacing(world, zone)
  if (spacing === Number.POSITIVE_INFINITY) return spacing
  const last = lastGivenUp(world, zone, node.id)
  return last === '' ? 0 : Math.max(0, timeOf(last) + spacing - world.now)
}

/** Pods on a node that is not ready are not ready either, whatever they are. */
function tellPods(world: World, node: ObjectEntity): readonly Answer[] {
  if (node.state !== 'Unknown' && node.state !== 'NotReady') return []
  const now = timestamp(world.now)
  const answers: Answer[] = []
  for (const pod of world.lookup(podsByNode, node.metadata.name) as readonly ObjectEntity[]) {
    if (pod.state !== 'Ready') continue
    const { conditions } = (pod.status ?? {}) as { conditions?: readonly { type: string; status: string }[] }
    const changed = conditions?.map((one) =>
      one.type === 'Ready' && one.status === 'True' ? { ...one, status: 'False', lastTransitionTime: now } : one,
    )
    const kubeEvents: KubeEvent[] = [
      {
        type: 'Warning',
        reason: 'NodeNotReady',
        message: 'Node is not ready',
        source: 'node-controller',
        about: pod.id,
      },
    ]
    answers.push({
      to: pod.id,
      type: 'BecameUnready',
      data: { status: { ...pod.status, conditions: changed } as unknown as JsonObject, kubeEvents },
    })
  }
  return answers
}

function lostTaint(node: ObjectEntity): string | undefined {
  const ready = conditionsOf(node.status).find((condition) => condition.type === 'Ready')
  if (ready === undefined || ready.status === 'Unknown') return UNREACHABLE
  return ready.status === 'False' ? NOT_READY : undefined
}

function same(a: readonly Taint[], b: readonly Taint[]): boolean {
  return (
    a.length === b.length && a.every((one) => b.some((other) => other.key === one.key && other.effect === one.effect))
  )
}

function says(about: string, type: KubeEvent['type'], reason: string, message: string): KubeEvent {
  return { type, reason, message, source: 'node-controller', about }
}

const PRESSURE: { readonly [condition: string]: string } = {
  MemoryPressure: 'node.kubernetes.io/memory-pressure',
  DiskPressure: 'node.kubernetes.io/disk-pressure',
  PIDPressure: 'node.kubernetes.io/pid-pressure',
  NetworkUnavailable: 'node.kubernetes.io/network-unavailable',
}

const OWNED = new Set([NOT_READY, UNREACHABLE, 'node.kubernetes.io/unschedulable', ...Object.values(PRESSURE)])
