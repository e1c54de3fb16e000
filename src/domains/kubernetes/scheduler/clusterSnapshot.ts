import type { ClusterNode, Pod } from './objects.ts'
import { Snapshot } from './snapshot.ts'

/** A record of the world, as far as the snapshot cares. */
export interface SnapshotEntity {
  readonly kind: string
  readonly id: string
}

/** The scheduler's snapshot as a structure derived from the world's records of kinds `k8s.Node` and `k8s.Pod`; others are ignored. */
export const clusterSnapshot = {
  create(): Snapshot {
    return new Snapshot()
  },
  add(snapshot: Snapshot, entity: SnapshotEntity): void {
    if (entity.kind === 'k8s.Pod') snapshot.addPod(entity as SnapshotEntity & Pod)
    else if (entity.kind === 'k8s.Node') snapshot.addNode(entity as SnapshotEntity & ClusterNode)
  },
  /** Most updates of a pod change its status alone, of which only the end matters to the snapshot's sums. */
  replace(snapshot: Snapshot, before: SnapshotEntity, after: SnapshotEntity): void {
    if (after.kind === 'k8s.Pod' && snapshot.updatePod(before as SnapshotEntity & Pod, after as SnapshotEntity & Pod))
      return
    clusterSnapshot.remove(snapshot, before)
    clusterSnapshot.add(snapshot, after)
  },
  remove(snapshot: Snapshot, entity: SnapshotEntity): void {
    if (entity.kind === 'k8s.Pod') snapshot.removePod(entity as SnapshotEntity & Pod)
    else if (entity.kind === 'k8s.Node') snapshot.removeNode(entity as SnapshotEntity & ClusterNode)
  },
}
