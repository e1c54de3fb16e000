import { type Pod, podKey, priorityOf } from './objects.ts'

/** A pod waiting to be scheduled. Times are virtual milliseconds. */
export interface QueuedPod {
  readonly pod: Pod
  /** When it entered the queue, or last left a scheduling attempt. */
  readonly timestamp: number
  /** Failed attempts so far. */
  readonly attempts: number
}

/** Initial and largest backoff, and how long a pod may stay unschedulable before it is tried again anyway; milliseconds. */
export const queueDelays = { initialBackoff: 1_000, maxBackoff: 10_000, unschedulableFlush: 300_000 } as const

/** Order of the active queue: higher priority, then earlier timestamp, then by name. Models: plugins/queuesort/priority_sort.go. */
export function byQueueOrder(a: QueuedPod, b: QueuedPod): number {
  const urgency = priorityOf(b.pod) - priorityOf(a.pod) || a.timestamp - b.timestamp
  if (urgency !== 0) return urgency
  const [left, right] = [podKey(a.pod), podKey(b.pod)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** How long a pod backs off after its n-th failed attempt: 1, 2, 4, 8, 10, 10... seconds, none before the first. */
export function backoffDuration(attempts: number): number {
  if (attempts === 0) return 0
  return Math.min(queueDelays.initialBackoff * 2 ** Math.min(attempts - 1, 30), queueDelays.maxBackoff)
}

/** When a pod's backoff ends. Models: pkg/scheduler/backend/queue/backoff_queue.go. */
export function backoffEnds({ timestamp, attempts }: QueuedPod): number {
  return timestamp + backoffDuration(attempts)
}

/** Where a pod goes when something happened that may help it: straight to the active queue once its backoff is over. */
export function queueAfterEvent(queued: QueuedPod, now: number): 'active' | 'backoff' {
  return backoffEnds(queued) <= now ? 'active' : 'backoff'
}

/** Whether the periodic flush moves an unschedulable pod out: it has waited longer than five minutes. */
export function isFlushDue({ timestamp }: QueuedPod, now: number): boolean {
  return now - timestamp > queueDelays.unschedulableFlush
}
