import { defineRule } from '../../../kernel/index.ts'
import type { RestartPolicy } from './containerSpec.ts'

/** What a restart policy is asked with when a container's process has ended. */
export interface RestartQuestion {
  readonly policy: RestartPolicy
  readonly exitCode: number
  /** Somebody stopped or killed it. */
  readonly manual: boolean
  /** How many times in a row the policy has started it. */
  readonly restarts: number
  /** ms that the process ran. */
  readonly ran: number
  /** ms that the policy waited last; absent the first time. */
  readonly backOff?: number | undefined
}

export type RestartVerdict =
  | { readonly restart: true; readonly wait: number }
  | { readonly restart: false; readonly why: string }

/** Models: moby daemon/internal/restartmanager/restartmanager.go ShouldRestart */
export const restartRule = defineRule<RestartQuestion, RestartVerdict>({
  id: 'docker.restart',
  says: 'A restart policy starts an ended container again after 100 ms, doubled each time up to a minute, unless it was stopped by hand.',
  source: 'moby daemon/internal/restartmanager/restartmanager.go',
  decide({ policy, exitCode, manual, restarts, ran, backOff }) {
    if (manual) return { restart: false, why: 'it was stopped by hand' }
    if (policy.name === 'no') return { restart: false, why: 'its restart policy is no' }
    if (policy.name === 'on-failure') {
      if (exitCode === 0)
        return { restart: false, why: 'it ended with exit code 0, and its restart policy is on-failure' }
      if (policy.max > 0 && restarts >= policy.max)
        return { restart: false, why: `its restart policy allows ${policy.max} restarts` }
    }
    const last = ran >= LONG_ENOUGH ? 0 : (backOff ?? 0)
    return { restart: true, wait: last === 0 ? FIRST : Math.min(LONGEST, last * 2) }
  },
})

/** A process that ran so long starts the series of waits anew, in ms. */
export const LONG_ENOUGH = 10_000
/** The first wait before a restart, in ms. */
export const FIRST = 100
/** The longest wait before a restart, in ms. */
export const LONGEST = 60_000
