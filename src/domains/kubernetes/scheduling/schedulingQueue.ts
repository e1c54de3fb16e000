import type { Derived, Entity, World } from '../../../kernel/index.ts'
import { type ObjectEntity, timeOf } from '../object/object.ts'
import { backoffEnds, byQueueOrder, type Pod, type QueuedPod } from '../scheduler/index.ts'

/** What the scheduler remembers of a pod that it could not place; kept on the pod's record. */
export interface Attempt {
  readonly attempts: number
  /** Virtual time of the last attempt. */
  readonly at: number
  /** Plugins that refused nodes: what decides which changes are worth another try. */
  readonly rejectedBy: readonly string[]
  /** Whether something has happened since that may help: it is tried again once its back-off is over. */
  readonly moved: boolean
  /** Id of the event that put it back into the queue. */
  readonly movedBy?: number
}

/** A pod record with what the scheduler remembers of it. */
export interface WaitingPod extends ObjectEntity {
  readonly attempt?: Attempt
}

/** Pods without a node: those to be tried, those that wait for a change, and those that have been promised a node. */
export interface SchedulingQueue {
  /** Never tried, in a heap of queue order; entries of pods that are gone from here are skipped. */
  readonly fresh: FreshHeap
  readonly freshIds: Map<string, Entity>
  /** Tried in vain, and worth another try. */
  readonly moved: Map<string, WaitingPod>
  /** Tried in vain, waiting for a change. */
  readonly parked: Map<string, WaitingPod>
  /** Waiting for victims to leave a node. */
  readonly nominated: Map<string, WaitingPod>
}

/** The scheduling queue, derived from pods in state Unscheduled. */
export const schedulingQueue: Derived<SchedulingQueue> = {
  name: 'k8s.schedulingQueue',
  kinds: ['k8s.Pod'],
  create: () => ({
    fresh: new FreshHeapOf(),
    freshIds: new Map(),
    moved: new Map(),
    parked: new Map(),
    nominated: new Map(),
  }),
  add(queue, entity) {
    if (entity.state !== 'Unscheduled') return
    const pod = entity as WaitingPod
    const { attempt } = pod
    if (!attempt) {
      queue.freshIds.set(pod.id, pod)
      queue.fresh.push(pod)
    } else (attempt.moved ? queue.moved : queue.parked).set(pod.id, pod)
    if (pod.status?.nominatedNodeName) queue.nominated.set(pod.id, pod)
  },
  remove(queue, entity) {
    if (entity.state !== 'Unscheduled') return
    queue.freshIds.delete(entity.id)
    queue.moved.delete(entity.id)
    queue.parked.delete(entity.id)
    queue.nominated.delete(entity.id)
  },
  same: (before, after) => before.state !== 'Unscheduled' && after.state !== 'Unscheduled',
}

/** The pod that is to be tried now, or when the next one will be. */
export function nextInQueue(world: World): { readonly pod: WaitingPod } | { readonly in: number } | undefined {
  const queue = world.derived(schedulingQueue)
  let best = queue.fresh.top(queue.freshIds)
  let bestQueued = best && queued(best)
  let soonest = Number.POSITIVE_INFINITY
  for (const pod of queue.moved.values()) {
    const waiting = queued(pod)
    const ends = backoffEnds(waiting)
    if (ends > world.now) soonest = Math.min(soonest, ends)
    else if (!bestQueued || byQueueOrder(waiting, bestQueued) < 0) {
      best = pod
      bestQueued = waiting
    }
  }
  if (best) return { pod: best }
  return soonest === Number.POSITIVE_INFINITY ? undefined : { in: soonest - world.now }
}

function queued(entity: WaitingPod): QueuedPod {
  const { attempt } = entity
  return {
    pod: entity as unknown as Pod,
    timestamp: attempt?.at ?? timeOf(entity.metadata.creationTimestamp),
    attempts: attempt?.attempts ?? 0,
  }
}

interface FreshHeap {
  push(pod: WaitingPod): void
  /** The first of those that are still in `alive`. */
  top(alive: ReadonlyMap<string, Entity>): WaitingPod | undefined
}

interface FreshItem {
  readonly id: string
  readonly born: number
  readonly priority: number
}

/** Priority first, then the order of creation. */
class FreshHeapOf implements FreshHeap {
  private readonly heap: FreshItem[] = []

  push(pod: WaitingPod): void {
    const item = { id: pod.id, born: pod.born, priority: Number(pod.spec?.priority ?? 0) }
    const { heap } = this
    let i = heap.length
    heap.push(item)
    while (i > 0) {
      const parent = (i - 1) >> 1
      const above = heap[parent] as FreshItem
      if (!sooner(item, above)) break
      heap[i] = above
      i = parent
    }
    heap[i] = item
  }

  top(alive: ReadonlyMap<string, Entity>): WaitingPod | undefined {
    for (let first = this.heap[0]; first; first = this.heap[0]) {
      const entity = alive.get(first.id)
      if (entity && entity.born === first.born) return entity as WaitingPod
      this.drop()
    }
    return undefined
  }

  private drop(): void {
    const { heap } = this
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    const size = heap.length
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= size) break
      if (child + 1 < size && sooner(heap[child + 1] as FreshItem, heap[child] as FreshItem)) child++
      const below = heap[child] as FreshItem
      if (!sooner(below, last)) break
      heap[i] = below
      i = child
    }
    heap[i] = last
  }
}

function sooner(a: FreshItem, b: FreshItem): boolean {
  return a.priority !== b.priority ? a.priority > b.priority : a.born < b.born
}
