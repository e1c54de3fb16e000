import type { Controller, PastEvent, World } from '../../../kernel/index.ts'
import { componentId } from '../components/component.ts'
import { kubeController } from '../kubeController.ts'
import type { ObjectEntity } from '../object/object.ts'
import {
  type ClusterChange,
  type ClusterNode,
  mayBecomeSchedulable,
  type Pod,
  queueDelays,
} from '../scheduler/index.ts'
import { schedulingQueue, type WaitingPod } from './schedulingQueue.ts'

/**
 * The scheduler's queueing hints: when something changes that may help a pod which no node took, it is put back into the queue;
 * and after five minutes in any case. Models: pkg/scheduler/backend/queue/scheduling_queue.go
 */
export const requeue: Controller = kubeController({
  name: 'scheduling-queue',
  component: 'kube-scheduler',
  primary: 'k8s.Pod',
  watches: {
    'k8s.Pod': ['Removed', 'Scheduled', 'Updated', 'Unschedulable', 'Succeeded', 'Failed', 'Evicted'],
    'k8s.Node': '*',
    'k8s.PersistentVolumeClaim': ['Created', 'Updated', 'StatusReported'],
    'k8s.PersistentVolume': ['Created', 'Updated', 'StatusReported'],
    'k8s.StorageClass': ['Created', 'Updated'],
  },
  wakes: (event, world) => helped(event, world),
  delay: (id, world) => flushAt(world, id),
  reconcile(id, world) {
    const pod = world.get(id) as WaitingPod | undefined
    if (pod?.state !== 'Unscheduled' || !pod.attempt || pod.attempt.moved) return undefined
    const waited = world.now - pod.attempt.at
    return [
      {
        to: id,
        type: 'Requeued',
        by: componentId('kube-scheduler'),
        data: { attempt: { ...pod.attempt, moved: true }, flushed: waited >= queueDelays.unschedulableFlush },
      },
    ]
  },
})

/** A pod that has just been refused is looked at again when its five minutes are over; one that a change may help, at once. */
function flushAt(world: World, id: string): number {
  const pod = world.get(id) as WaitingPod | undefined
  return pod?.attempt?.at === world.now ? queueDelays.unschedulableFlush : 0
}

function* helped(event: PastEvent, world: World): Iterable<string> {
  if (event.kind === 'k8s.Pod' && event.type === 'Unschedulable') {
    yield event.to
    return
  }
  const { parked } = world.derived(schedulingQueue)
  if (parked.size === 0) return
  if (event.kind === 'k8s.Pod' && event.type === 'Updated' && parked.has(event.to)) {
    yield event.to
    return
  }
  const changes = changesOf(event)
  if (changes.length === 0) return
  const subject = world.get(event.to) as ObjectEntity | undefined
  const about = {
    ...(event.kind === 'k8s.Node' && subject ? { node: subject as unknown as ClusterNode } : {}),
    ...(event.kind === 'k8s.Pod' && subject ? { pod: subject as unknown as Pod } : {}),
  }
  for (const pod of parked.values()) {
    const refusedBy = pod.attempt?.rejectedBy ?? []
    if (changes.some((change) => mayBecomeSchedulable(pod as unknown as Pod, refusedBy, change, about))) yield pod.id
  }
}

function changesOf(event: PastEvent): readonly ClusterChange[] {
  switch (event.kind) {
    case 'k8s.Node':
      if (event.type === 'Created') return ['NodeAdded']
      if (event.type === 'Removed') return ['NodeRemoved']
      return ['NodeAllocatableChanged', 'NodeLabelsChanged', 'NodeTaintsChanged']
    case 'k8s.Pod':
      if (event.type === 'Scheduled') return ['PodAssigned']
      if (event.type === 'Updated') return ['PodLabelsChanged', 'PodScaledDown']
      return event.type === 'Unschedulable' ? [] : ['PodDeleted']
    case 'k8s.PersistentVolumeClaim':
      return [event.type === 'Created' ? 'ClaimAdded' : 'ClaimChanged']
    case 'k8s.PersistentVolume':
      return [event.type === 'Created' ? 'VolumeAdded' : 'VolumeChanged']
    default:
      return [event.type === 'Created' ? 'StorageClassAdded' : 'StorageClassChanged']
  }
}
