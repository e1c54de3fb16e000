import type { Derived } from '../../../kernel/index.ts'
import { clusterSnapshot, type Snapshot } from '../scheduler/index.ts'

/** The scheduler's view of nodes and of the pods on them, kept up to date with the world. */
export const schedulerSnapshot: Derived<Snapshot> = {
  name: 'k8s.schedulerSnapshot',
  kinds: ['k8s.Node', 'k8s.Pod'],
  ...clusterSnapshot,
}
