import { defineRule } from '../../../kernel/index.ts'
import type { RestartCondition } from './serviceSpec.ts'

/** What a restart condition is asked with when a task of a slot has ended. */
export interface RestartTaskQuestion {
  readonly policy: RestartCondition
  /** How it ended: `complete`, `failed`, `rejected`, `shutdown`, `orphaned`, or the state it is in on a node that is lost. */
  readonly state: string
  /** Virtual times at which earlier tasks of the slot were restarted. */
  readonly restarts: readonly number[]
  readonly now: number
  /** A job whose task is complete is done. */
  readonly job: boolean
}

/** Models: swarmkit manager/orchestrator/restart/restart.go shouldRestart */
export const restartTaskRule = defineRule<RestartTaskQuestion, { readonly restart: boolean; readonly why: string }>({
  id: 'docker.swarm.restart',
  says: 'A task that ended is followed by another one unless its condition, its most attempts or the end of its job says no.',
  source: 'swarmkit manager/orchestrator/restart/restart.go',
  decide({ policy, state, restarts, now, job }) {
    const { condition, maxAttempts, window } = policy
    if (job && state === 'complete') return { restart: false, why: 'it is a job, and this part of it is done' }
    if (condition === 'none') return { restart: false, why: 'its restart condition is none' }
    if (condition === 'on-failure' && state === 'complete')
      return { restart: false, why: 'it is complete, and its restart condition is on-failure' }
    if (maxAttempts === 0) return { restart: true, why: 'attempts are not limited' }
    const counted = window === 0 ? restarts.length : restarts.filter((at) => now - at <= window).length
    return counted < maxAttempts
      ? { restart: true, why: `${counted} of ${maxAttempts} attempts are used` }
      : { restart: false, why: `all ${maxAttempts} attempts are used` }
  },
})
