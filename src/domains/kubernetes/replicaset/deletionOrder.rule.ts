import { defineRule } from '../../../kernel/rule.ts'

/**
 * Which pods go first when a ReplicaSet (or a Job) has too many.
 * Models: pkg/controller/controller_utils.go ActivePodsWithRanks, pkg/controller/replicaset/replica_set.go getPodsToDelete
 */
export const deletionOrder = defineRule({
  id: 'k8s.replicaset.deletionOrder',
  says: 'Pods go in this order: unassigned, pending, not ready, cheap to delete, crowded on a node, recently ready, often restarted, recently created.',
  source: 'pkg/controller/controller_utils.go ActivePodsWithRanks',
  decide: ({ pods, now }: { readonly pods: readonly DeletionCandidate[]; readonly now: number }) =>
    orderForDeletion(pods, now),
  vector: (input: { now: string; pods: readonly CandidateCase[]; deleteCount?: number }) => {
    const pods = input.pods.map((pod) => ({
      ...pod,
      rank: pod.colocatedReadyPods ?? 0,
      readySince: pod.readySince ? Date.parse(pod.readySince) : null,
      createdAt: pod.createdAt ? Date.parse(pod.createdAt) : null,
    }))
    const now = Date.parse(input.now)
    if (input.deleteCount === undefined) return { order: orderForDeletion(pods, now).map((pod) => pod.name) }
    const toDelete = podsToDelete(pods, input.deleteCount, now).map((pod) => pod.name)
    return { toDelete: toDelete.sort() }
  },
})

/**
 * A pod as the ranking sees it: `rank` is how many active pods of the same owner family share its node, `restarts` and
 * `sidecarRestarts` the highest count of a container of either sort; times in ms, null when unset.
 */
export interface DeletionCandidate {
  readonly name: string
  readonly uid: string
  readonly nodeName?: string | null
  readonly phase: string
  readonly ready: boolean
  readonly readySince?: number | null
  readonly restarts?: number
  readonly sidecarRestarts?: number
  readonly createdAt?: number | null
  readonly deletionCost?: number
  readonly rank?: number
}

/** A pod object of the API as a candidate; `rank` is counted by the caller. An unreadable deletion cost is 0. */
export function deletionCandidate<P extends RankedPod>(pod: P, rank = 0): DeletionCandidate & { readonly pod: P } {
  const { metadata, spec, status } = pod
  const ready = status?.conditions?.find((condition) => condition.type === 'Ready')
  const cost = metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost']
  const isReady = ready?.status === 'True'
  const sidecars = spec?.initContainers?.filter((container) => container.restartPolicy === 'Always')
  let restarts = 0
  for (const container of status?.containerStatuses ?? []) restarts = Math.max(restarts, container.restartCount ?? 0)
  let sidecarRestarts = 0
  for (const container of status?.initContainerStatuses ?? [])
    if (sidecars?.some((sidecar) => sidecar.name === container.name))
      sidecarRestarts = Math.max(sidecarRestarts, container.restartCount ?? 0)
  return {
    pod,
    name: metadata.name,
    uid: metadata.uid ?? '',
    nodeName: spec?.nodeName ?? null,
    phase: status?.phase ?? 'Pending',
    ready: isReady,
    readySince: isReady && ready?.lastTransitionTime ? Date.parse(ready.lastTransitionTime) : null,
    restarts,
    sidecarRestarts,
    createdAt: metadata.creationTimestamp ? Date.parse(metadata.creationTimestamp) : null,
    deletionCost:
      cost !== undefined && /^(0|-?[1-9][0-9]*)$/.test(cost) && Math.abs(Number(cost)) < 2 ** 31 ? Number(cost) : 0,
    rank,
  }
}

/** As much of a v1 Pod as the ranking reads. */
export interface RankedPod {
  readonly metadata: {
    readonly name: string
    readonly uid?: string | undefined
    readonly creationTimestamp?: string | null | undefined
    readonly annotations?: Readonly<Record<string, string>> | undefined
  }
  readonly spec?:
    | {
        readonly nodeName?: string | undefined
        readonly initContainers?:
          | readonly { readonly name: string; readonly restartPolicy?: string | undefined }[]
          | undefined
      }
    | undefined
  readonly status?:
    | {
        readonly phase?: string | undefined
        readonly conditions?:
          | readonly {
              readonly type: string
              readonly status: string
              readonly lastTransitionTime?: string | null | undefined
            }[]
          | undefined
        readonly containerStatuses?: readonly { readonly restartCount?: number | undefined }[] | undefined
        readonly initContainerStatuses?:
          | readonly { readonly name: string; readonly restartCount?: number | undefined }[]
          | undefined
      }
    | undefined
}

/** The first `count` pods to delete; when all must go, nothing is sorted. */
export function podsToDelete<T extends DeletionCandidate>(pods: readonly T[], count: number, now: number): T[] {
  return count < pods.length ? orderForDeletion(pods, now).slice(0, count) : [...pods]
}

/** All pods, the first to delete first. Pods that no rule tells apart keep their order. */
export function orderForDeletion<T extends DeletionCandidate>(pods: readonly T[], now: number): T[] {
  if (pods.length < 2) return [...pods]
  return pods
    .map((pod) => ({
      pod,
      assigned: pod.nodeName ? 1 : 0,
      phase: phaseOrder[pod.phase] ?? 0,
      readyAge: ageBucket(pod.readySince, now),
      createdAge: ageBucket(pod.createdAt, now),
    }))
    .sort(compare)
    .map((ranked) => ranked.pod)
}

interface Ranked {
  readonly pod: DeletionCandidate
  readonly assigned: number
  readonly phase: number
  readonly readyAge: number
  readonly createdAge: number
}

interface CandidateCase extends Omit<DeletionCandidate, 'readySince' | 'createdAt' | 'rank'> {
  readonly readySince?: string | null
  readonly createdAt?: string | null
  readonly colocatedReadyPods?: number
}

const phaseOrder: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 }

function compare(a: Ranked, b: Ranked): number {
  const p = a.pod
  const q = b.pod
  const plain =
    a.assigned - b.assigned ||
    a.phase - b.phase ||
    Number(p.ready) - Number(q.ready) ||
    (p.deletionCost ?? 0) - (q.deletionCost ?? 0) ||
    (q.rank ?? 0) - (p.rank ?? 0)
  if (plain !== 0) return plain
  if (p.ready && q.ready) {
    const younger = compareTimes(p.readySince ?? null, q.readySince ?? null, a.readyAge, b.readyAge, p.uid, q.uid)
    if (younger !== 0) return younger
  }
  const restarts = (q.restarts ?? 0) - (p.restarts ?? 0) || (q.sidecarRestarts ?? 0) - (p.sidecarRestarts ?? 0)
  if (restarts !== 0) return restarts
  return compareTimes(p.createdAt ?? null, q.createdAt ?? null, a.createdAge, b.createdAge, p.uid, q.uid)
}

/** The younger first, but ages only count by powers of two, and within one such bucket the uid decides. An unset time is youngest. */
function compareTimes(
  a: number | null,
  b: number | null,
  aAge: number,
  bAge: number,
  aUid: string,
  bUid: string,
): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  if (aAge !== bAge) return aAge - bAge
  return aUid < bUid ? -1 : aUid > bUid ? 1 : 0
}

/** floor(log2(age in nanoseconds)), and -1 for no age. */
function ageBucket(time: number | null | undefined, now: number): number {
  if (time === null || time === undefined || time >= now) return -1
  return Math.floor(Math.log2((now - time) * 1e6))
}
