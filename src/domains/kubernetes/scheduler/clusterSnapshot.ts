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
  remove(snapshot: Snapshot, entity: SnapshotEntity): void {
    if (entity.kind === 'k8s.Pod') snapshot.removePod(entity as SnapshotEntity & Pod)
    else if (entity.kind === 'k8s.Node') snapshot.removeNode(entity as SnapshotEntity & ClusterNode)
  },
}
