import { type ClusterNode, noLabels, type Pod } from './objects.ts'
import { podShape } from './podShape.ts'
import { integerOf, milliOf } from './resource.ts'
import { requiredNodeTest } from './selector.ts'
import { tolerates, untoleratedTaint } from './toleration.ts'

/** What may happen in the cluster that can make an unschedulable pod schedulable. Pod events are about pods that have a node. */
export type ClusterChange =
  | 'NodeAdded'
  | 'NodeRemoved'
  | 'NodeAllocatableChanged'
  | 'NodeLabelsChanged'
  | 'NodeTaintsChanged'
  | 'PodAssigned'
  | 'PodDeleted'
  | 'PodLabelsChanged'
  | 'PodScaledDown'
  | 'OwnTolerationsChanged'
  | 'OwnGatesRemoved'
  | 'OwnScaledDown'
  | 'OwnLabelsChanged'
  | 'ClaimAdded'
  | 'ClaimChanged'
  | 'VolumeAdded'
  | 'VolumeChanged'
  | 'StorageClassAdded'
  | 'StorageClassChanged'
  | 'CsiNodeAdded'
  | 'CsiNodeChanged'
  | 'VolumeAttachmentDeleted'

/**
 * Which changes each plugin's refusal waits for; anything else cannot cure it. A cordon counts as a taint change.
 * Models: EventsToRegister of the default plugins (1.35, queueing hints on).
 */
export const queueingHints: Readonly<Record<string, readonly ClusterChange[]>> = {
  SchedulingGates: ['OwnGatesRemoved'],
  NodeUnschedulable: ['NodeAdded', 'NodeTaintsChanged', 'OwnTolerationsChanged'],
  NodeName: ['NodeAdded'],
  TaintToleration: ['NodeAdded', 'NodeTaintsChanged', 'OwnTolerationsChanged'],
  NodeAffinity: ['NodeAdded', 'NodeLabelsChanged'],
  NodePorts: ['NodeAdded', 'PodDeleted'],
  NodeResourcesFit: ['NodeAdded', 'NodeAllocatableChanged', 'PodDeleted', 'PodScaledDown', 'OwnScaledDown'],
  VolumeRestrictions: ['PodDeleted', 'ClaimAdded', 'ClaimChanged'],
  NodeVolumeLimits: ['CsiNodeAdded', 'CsiNodeChanged', 'PodDeleted', 'ClaimAdded', 'VolumeAttachmentDeleted'],
  VolumeBinding: [
    'NodeAdded',
    'NodeLabelsChanged',
    'ClaimAdded',
    'ClaimChanged',
    'VolumeAdded',
    'VolumeChanged',
    'StorageClassAdded',
    'StorageClassChanged',
    'CsiNodeAdded',
    'CsiNodeChanged',
  ],
  VolumeZone: [
    'NodeAdded',
    'NodeLabelsChanged',
    'ClaimAdded',
    'ClaimChanged',
    'VolumeAdded',
    'VolumeChanged',
    'StorageClassAdded',
  ],
  PodTopologySpread: [
    'NodeAdded',
    'NodeRemoved',
    'NodeLabelsChanged',
    'NodeTaintsChanged',
    'PodAssigned',
    'PodDeleted',
    'PodLabelsChanged',
    'OwnLabelsChanged',
    'OwnTolerationsChanged',
  ],
  InterPodAffinity: [
    'NodeAdded',
    'NodeLabelsChanged',
    'PodAssigned',
    'PodDeleted',
    'PodLabelsChanged',
    'OwnLabelsChanged',
  ],
}

/**
 * Whether a change may make a pod schedulable, given the plugins that refused it. With the changed node or pod at hand, changes that
 * cannot help are told apart as upstream's hint functions do. A pod that no plugin refused (a cluster without nodes) waits for anything.
 */
export function mayBecomeSchedulable(
  pod: Pod,
  rejectedBy: readonly string[],
  change: ClusterChange,
  about: { readonly node?: ClusterNode; readonly pod?: Pod } = {},
): boolean {
  if (rejectedBy.length === 0) return true
  return rejectedBy.some((plugin) => {
    if (!queueingHints[plugin]?.includes(change)) return false
    if (about.node && change !== 'NodeRemoved') return nodeMayHelp(plugin, pod, about.node)
    return !(about.pod && change === 'PodDeleted') || deletionMayHelp(plugin, pod, about.pod)
  })
}

const unschedulableTaint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }

function nodeMayHelp(plugin: string, pod: Pod, node: ClusterNode): boolean {
  const { tolerations, nodeName } = pod.spec
  switch (plugin) {
    case 'NodeUnschedulable':
      return !node.spec?.unschedulable || (tolerations ?? []).some((t) => tolerates(t, unschedulableTaint))
    case 'NodeName':
      return !nodeName || nodeName === node.metadata.name
    case 'TaintToleration':
      return !untoleratedTaint(node.spec?.taints, tolerations)
    case 'NodeAffinity':
      return requiredNodeTest(pod.spec)?.(node) ?? true
    case 'NodeResourcesFit':
      return fitsEmpty(pod, node)
    case 'PodTopologySpread':
      return (pod.spec.topologySpreadConstraints ?? []).every(
        ({ topologyKey, whenUnsatisfiable }) =>
          whenUnsatisfiable !== 'DoNotSchedule' || (node.metadata.labels ?? noLabels)[topologyKey] !== undefined,
      )
    default:
      return true
  }
}

/** Whether the pod would fit the node if nothing ran there. */
function fitsEmpty(pod: Pod, node: ClusterNode): boolean {
  const shape = podShape(pod.spec)
  const allocatable = node.status?.allocatable ?? {}
  return (
    integerOf(allocatable.pods) >= 1 &&
    shape.cpu <= milliOf(allocatable.cpu) &&
    shape.memory <= integerOf(allocatable.memory) &&
    shape.ephemeral <= integerOf(allocatable['ephemeral-storage']) &&
    shape.scalars.every(([name, amount]) => amount === 0 || amount <= integerOf(allocatable[name]))
  )
}

function deletionMayHelp(plugin: string, pod: Pod, deleted: Pod): boolean {
  if (plugin !== 'NodePorts') return true
  const freed = podShape(deleted.spec).ports
  return podShape(pod.spec).ports.some((want) =>
    freed.some((port) => port.port === want.port && port.protocol === want.protocol),
  )
}
