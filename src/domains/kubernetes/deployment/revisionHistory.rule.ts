import { defineRule } from '../../../kernel/rule.ts'

/**
 * Which old ReplicaSets the history limit lets go.
 * Models: pkg/controller/deployment/sync.go cleanupDeployment
 */
export const revisionHistory = defineRule({
  id: 'k8s.deployment.revisionHistory',
  says: 'Beyond the history limit the oldest revisions are deleted, but only those that have and want no pods.',
  source: 'pkg/controller/deployment/sync.go cleanupDeployment',
  decide: (input: { readonly limit: number | null | undefined; readonly oldSets: readonly HistoryReplicaSet[] }) =>
    revisionsToDelete(input),
  vector: (input: { revisionHistoryLimit: number | null; oldRSs: readonly HistoryCaseSet[] }) => {
    const deleted = revisionsToDelete({
      limit: input.revisionHistoryLimit,
      oldSets: input.oldRSs.map((set) => ({
        ...set,
        createdAt: Date.parse(set.createdAt),
        revision: Number(set.revision ?? 0),
      })),
    })
    return { deletedCount: deleted.length, deleted: deleted.map((set) => set.name).sort() }
  },
})

/** An old ReplicaSet: wanted and actual replicas, revision (0 when not annotated), creation in ms; `observed` false while its controller lags. */
export interface HistoryReplicaSet {
  readonly name: string
  readonly replicas: number
  readonly statusReplicas: number
  readonly createdAt: number
  readonly revision?: number
  readonly deleting?: boolean
  readonly observed?: boolean
}

/** The ReplicaSets to delete, lowest revision first. A null limit, or 2147483647, keeps all. */
export function revisionsToDelete<T extends HistoryReplicaSet>(input: {
  readonly limit: number | null | undefined
  readonly oldSets: readonly T[]
}): T[] {
  const { limit } = input
  if (limit === null || limit === undefined || limit === 2147483647) return []
  const alive = input.oldSets.filter((set) => !set.deleting)
  const excess = alive.length - limit
  if (excess <= 0) return []
  return alive
    .sort((a, b) => (a.revision ?? 0) - (b.revision ?? 0) || a.createdAt - b.createdAt || (a.name < b.name ? -1 : 1))
    .slice(0, excess)
    .filter((set) => set.replicas === 0 && set.statusReplicas === 0 && set.observed !== false)
}

interface HistoryCaseSet extends Omit<HistoryReplicaSet, 'createdAt' | 'revision'> {
  readonly createdAt: string
  readonly revision?: string
}
