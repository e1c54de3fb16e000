import { defineRule } from '../../../kernel/rule.ts'

/**
 * How long the kubelet waits before it restarts a container, or pulls an image again.
 * Models: staging/src/k8s.io/client-go/util/flowcontrol/backoff.go; pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff;
 * pkg/kubelet/images/image_manager.go
 */
export const kubeletBackoff = defineRule({
  id: 'k8s.kubelet.backoff',
  says: 'The first restart is at once, then the wait doubles from 10 s to 300 s, counted from when the container ended; a long enough run forgets it all.',
  source: 'staging/src/k8s.io/client-go/util/flowcontrol/backoff.go',
  decide: ({ entry, finishedAt, policy }: BackoffQuestion) => restartAfterExit(entry, finishedAt, policy),
  vector: (input: BackoffCase) => {
    if (input.fn === 'crashLoop') {
      const policy = {
        initial: input.initialBackoffSeconds * 1000,
        max: input.maxBackoffSeconds * 1000,
        expiresAfter: input.resetAfterSeconds * 1000,
      }
      let entry: BackoffEntry | undefined
      let time = 0
      const events = input.runDurationsSeconds.map((seconds) => {
        const exitedAt = time + seconds * 1000
        const verdict = restartAfterExit(entry, exitedAt, policy)
        entry = verdict.entry
        time = exitedAt + verdict.wait
        return { exitedAt: exitedAt / 1000, waitSeconds: verdict.wait / 1000, restartedAt: time / 1000 }
      })
      return { events }
    }
    const policy = backoffPolicy(input.initialSeconds * 1000, input.maxSeconds * 1000)
    let entry: BackoffEntry | undefined
    if (input.fn === 'sequence') {
      const backoffBeforeEachCall = Array.from({ length: input.nextCalls }, (_, call) => {
        const before = (entry?.backoff ?? 0) / 1000
        const now = call * input.secondsBetweenCalls * 1000
        entry = nextBackoff(entry, now, now, policy)
        return before
      })
      return { backoffBeforeEachCall }
    }
    const waits = (input.checksAtSeconds ?? input.syncAtSeconds ?? []).map((seconds) => {
      const now = seconds * 1000
      if (isInBackoffSinceUpdate(entry, now, policy)) return true
      entry = nextBackoff(entry, now, now, policy)
      return false
    })
    return { inBackOff: waits, waitingReasons: waits.map((wait) => (wait ? 'ImagePullBackOff' : 'ErrImagePull')) }
  },
})

/** What is remembered per container (or per image of a pod): the wait in force and when it was set, in ms. Absent before the first. */
export interface BackoffEntry {
  readonly backoff: number
  readonly lastUpdate: number
}

/** All in ms. An entry counts as forgotten when the event in question lies more than `expiresAfter` after its last update. */
export interface BackoffPolicy {
  readonly initial: number
  readonly max: number
  readonly expiresAfter: number
}

/** The kubelet's restart policy of 1.35: 10 s, at most 300 s, forgotten after a run of more than 600 s. */
export const crashLoopPolicy: BackoffPolicy = { initial: 10_000, max: 300_000, expiresAfter: 600_000 }

/** The kubelet's image pull policy: 10 s, at most 300 s, forgotten after 600 s without an attempt. */
export const imagePullPolicy: BackoffPolicy = { initial: 10_000, max: 300_000, expiresAfter: 600_000 }

/** A policy with client-go's usual expiry of twice the maximum. */
export function backoffPolicy(initial: number, max: number): BackoffPolicy {
  return { initial, max, expiresAfter: 2 * max }
}

/** How long after `finishedAt` the container may start again, and the entry once it has started exactly then. */
export function restartAfterExit(
  entry: BackoffEntry | undefined,
  finishedAt: number,
  policy: BackoffPolicy = crashLoopPolicy,
): { wait: number; entry: BackoffEntry } {
  const wait = waitAfterExit(entry, finishedAt, policy)
  return { wait, entry: nextBackoff(entry, finishedAt, finishedAt + wait, policy) }
}

/** The wait in force for a container that ended at `finishedAt`; 0 for a first or long-forgotten end. */
export function waitAfterExit(
  entry: BackoffEntry | undefined,
  finishedAt: number,
  policy: BackoffPolicy = crashLoopPolicy,
): number {
  return entry === undefined || hasExpired(entry, finishedAt, policy) ? 0 : entry.backoff
}

/** The entry after an attempt made at `now` because of something that happened at `eventTime`. */
export function nextBackoff(
  entry: BackoffEntry | undefined,
  eventTime: number,
  now: number,
  policy: BackoffPolicy,
): BackoffEntry {
  const fresh = entry === undefined || hasExpired(entry, eventTime, policy)
  return { backoff: fresh ? policy.initial : Math.min(entry.backoff * 2, policy.max), lastUpdate: now }
}

/** Whether an attempt at `now` is too early; when not, the image manager pulls and, on failure, takes `nextBackoff`. */
export function isInBackoffSinceUpdate(entry: BackoffEntry | undefined, now: number, policy: BackoffPolicy): boolean {
  return entry !== undefined && !hasExpired(entry, now, policy) && now - entry.lastUpdate < entry.backoff
}

interface BackoffQuestion {
  readonly entry: BackoffEntry | undefined
  readonly finishedAt: number
  readonly policy?: BackoffPolicy
}

type BackoffCase =
  | {
      fn: 'crashLoop'
      initialBackoffSeconds: number
      maxBackoffSeconds: number
      resetAfterSeconds: number
      runDurationsSeconds: readonly number[]
    }
  | { fn: 'sequence'; initialSeconds: number; maxSeconds: number; nextCalls: number; secondsBetweenCalls: number }
  | {
      fn: 'imagePull' | 'imagePullReasons'
      initialSeconds: number
      maxSeconds: number
      checksAtSeconds?: readonly number[]
      syncAtSeconds?: readonly number[]
    }

function hasExpired(entry: BackoffEntry, eventTime: number, policy: BackoffPolicy): boolean {
  return eventTime - entry.lastUpdate > policy.expiresAfter
}
