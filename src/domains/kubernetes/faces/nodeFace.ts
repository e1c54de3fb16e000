import type { Face, Look, Meter, Tone, World } from '../../../kernel/index.ts'
import { zoneId } from '../../places/index.ts'
import { nodeUsage } from '../metrics/usage.ts'
import { type ObjectEntity, objectId } from '../object/object.ts'
import { schedulerSnapshot } from '../scheduling/schedulerSnapshot.ts'
import { sourceOf } from './source.ts'

interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
}

const SYSTEM = 'kube-system'

const TONES: Readonly<Record<string, Tone>> = { Ready: 'ok', Silent: 'warn', Terminating: 'pend' }

/** A cluster node: a box with two meters and the pods that run on it. */
export const nodeFace: Face<ObjectEntity> = {
  label: 'Node',
  plural: 'Nodes',
  pictogram: 'node',
  shape: 'host',
  within(node, world) {
    const zone = node.metadata.labels?.['topology.kubernetes.io/zone']
    return zone !== undefined && world.get(zoneId(zone)) ? zoneId(zone) : undefined
  },
  look(node, world) {
    const taints = ((node.spec?.taints ?? []) as unknown as readonly Taint[]).filter(
      (taint) => !taint.key.startsWith('node.kubernetes.io/'),
    )
    const cordoned = node.spec?.unschedulable === true
    const tone = TONES[node.state] ?? 'err'
    const ready = tone === 'ok'
    return {
      title: node.metadata.name,
      note: node.metadata.labels?.['node.kubernetes.io/instance-type'],
      tone: ready && cordoned ? 'warn' : tone,
      word: ready ? (cordoned ? 'Cordoned' : 'Ready') : node.state,
      detail: taints.map(taintText).join(', ') || undefined,
      notes: taints.length > 0 ? taints.map((taint) => ({ text: taintText(taint), tone: 'warn' as const })) : undefined,
      meters: meters(node, world),
      folded: folded(node, world),
      free: ready ? free(node, world) : undefined,
      facts: [
        ['address', addressOf(node)],
        [
          'pods',
          `${podCount(node, world)} of ${String((node.status?.allocatable as { pods?: string } | undefined)?.pods ?? '?')}`,
        ],
        ['kubelet', String((node.status?.nodeInfo as { kubeletVersion?: string } | undefined)?.kubeletVersion ?? '')],
      ],
    }
  },
  actions(node) {
    const { name } = node.metadata
    const cordoned = node.spec?.unschedulable === true
    return [
      cordoned
        ? { id: 'uncordon', label: 'Uncordon', line: `kubectl uncordon ${name}` }
        : { id: 'cordon', label: 'Cordon', line: `kubectl cordon ${name}` },
      { id: 'drain', label: 'Drain', line: `kubectl drain ${name} --ignore-daemonsets --delete-emptydir-data` },
      node.state === 'Ready'
        ? { id: 'crash', label: 'Crash the machine', line: `lab fault node ${name}`, sort: 'fault' as const }
        : { id: 'heal', label: 'Bring it back', line: `lab heal node ${name}` },
      { id: 'cut', label: 'Cut its network', line: `lab fault partition ${name} --for 2m`, sort: 'fault' as const },
      {
        id: 'kubelet',
        label: 'Stop its kubelet',
        line: `lab fault component kubelet --node ${name}`,
        sort: 'fault' as const,
      },
      {
        id: 'proxy',
        label: 'Stop its kube-proxy',
        line: `lab fault component kube-proxy --node ${name}`,
        sort: 'fault' as const,
      },
      { id: 'remove', label: 'Take the node away', line: `lab node remove ${name}`, sort: 'danger' as const },
    ]
  },
  source: sourceOf,
  marks: { NotReady: 'alert', BecameReady: 'state' },
  palette: [
    {
      id: 'node',
      label: 'Node',
      pictogram: 'node',
      group: 'Cluster',
      into: ['place.Zone'],
      line: (into) => ({
        line: into ? `lab node add --zone ${into.id.slice(into.id.indexOf('/') + 1)}` : 'lab node add',
      }),
    },
  ],
}

function meters(node: ObjectEntity, world: World): readonly Meter[] {
  const snapshot = world.derived(schedulerSnapshot)
  const info = snapshot.node(node.metadata.name)
  if (!info) return []
  const usage = nodeUsage(world, node.metadata.name)
  const cpu = { requested: snapshot.requestedCpu[info.slot] ?? 0, of: snapshot.allocatableCpu[info.slot] ?? 0 }
  const memory = { requested: snapshot.requestedMemory[info.slot] ?? 0, of: snapshot.allocatableMemory[info.slot] ?? 0 }
  const gi = 1024 ** 3
  return [
    {
      label: 'CPU',
      ...cpu,
      used: usage.milli,
      text: `${(cpu.requested / 1000).toFixed(2)} of ${trimmed(cpu.of / 1000)}`,
    },
    {
      label: 'Mem',
      ...memory,
      used: usage.bytes,
      text: `${(memory.requested / gi).toFixed(1)} of ${trimmed(memory.of / gi)} Gi`,
    },
  ]
}

function taintText({ key, value, effect }: Taint): string {
  return `${key}${value ? `=${value}` : ''}:${effect}`
}

function free(node: ObjectEntity, world: World): string | undefined {
  const snapshot = world.derived(schedulerSnapshot)
  const info = snapshot.node(node.metadata.name)
  if (!info) return undefined
  const milli = (snapshot.allocatableCpu[info.slot] ?? 0) - (snapshot.requestedCpu[info.slot] ?? 0)
  return `${(Math.max(0, milli) / 1000).toFixed(2)} CPU free`
}

/** What the system itself runs there: one line, ill when one of its pods is. */
function folded(node: ObjectEntity, world: World): Look['folded'] {
  let count = 0
  let milli = 0
  let well = true
  for (const { pod, namespace, shape } of world.derived(schedulerSnapshot).node(node.metadata.name)?.pods ?? []) {
    if (namespace !== SYSTEM) continue
    count++
    milli += shape.cpu
    const { state } = world.get(objectId('Pod', SYSTEM, pod.metadata.name)) ?? {}
    if (state !== 'Ready' && state !== 'Succeeded') well = false
  }
  if (count === 0) return undefined
  const figure = `${count} ${count === 1 ? 'pod' : 'pods'} · ${milli}m`
  return [{ title: SYSTEM, figure, tone: well ? 'ok' : 'warn' }]
}

function podCount(node: ObjectEntity, world: World): number {
  return world.derived(schedulerSnapshot).node(node.metadata.name)?.pods.size ?? 0
}

function addressOf(node: ObjectEntity): string {
  const addresses = (node.status?.addresses ?? []) as readonly { readonly type: string; readonly address: string }[]
  return addresses.find((one) => one.type === 'InternalIP')?.address ?? ''
}

function trimmed(value: number): string {
  return String(Math.round(value * 10) / 10)
}
