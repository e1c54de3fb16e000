import { objectsAt, textAt } from '../api/loose.ts'
import { type ObjectEntity, timeOf } from '../object/object.ts'
import type { DeletionCandidate } from './deletionOrder.rule.ts'

/** A pod as the deletion order looks at it; `pod` leads back to the entity. */
export interface Candidate extends DeletionCandidate {
  readonly pod: ObjectEntity
}

/** Describes a pod for the deletion order. `rank` says how many active pods of its family share its node. */
export function candidateOf(pod: ObjectEntity, rank: number): Candidate {
  const ready = pod.state === 'Ready'
  const restarts = objectsAt(pod.status, 'containerStatuses').map((status) => Number(status.restartCount ?? 0))
  const sidecars = objectsAt(pod.status, 'initContainerStatuses').map((status) => Number(status.restartCount ?? 0))
  return {
    pod,
    name: pod.metadata.name,
    uid: pod.metadata.uid,
    nodeName: textAt(pod.spec, 'nodeName'),
    phase: textAt(pod.status, 'phase') || 'Pending',
    ready,
    readySince: ready ? readySince(pod) : null,
    restarts: Math.max(0, ...restarts),
    sidecarRestarts: Math.max(0, ...sidecars),
    createdAt: timeOf(pod.metadata.creationTimestamp),
    deletionCost: deletionCost(pod),
    rank,
  }
}

/** Virtual time since which a ready pod is ready, in ms. */
export function readySince(pod: ObjectEntity): number {
  const condition = objectsAt(pod.status, 'conditions').find((one) => one.type === 'Ready')
  const text = textAt(condition, 'lastTransitionTime')
  return text === '' ? pod.since : timeOf(text)
}

/** The annotation that makes a pod cheaper or dearer to delete; an unreadable one counts as 0. */
function deletionCost(pod: ObjectEntity): number {
  const text = pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? ''
  return /^(0|-?[1-9][0-9]*)$/.test(text) ? Number(text) : 0
}
