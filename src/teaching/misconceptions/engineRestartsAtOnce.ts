import { type RestartVerdict, restartRule } from '../../domains/docker/container/restart.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a restart policy starts a program again without a wait. */
export const engineRestartsAtOnce = defineMisconception({
  id: 'engine-restarts-at-once',
  concept: 'docker.health',
  rule: restartRule,
  says: 'The engine starts a failed container again at once, every time.',
  instead: 'The engine waits before each restart, twice as long each time, up to a minute.',
  decide: (input, real): RestartVerdict => {
    const verdict = real(input)
    return verdict.restart ? { restart: true, wait: 1 } : verdict
  },
})
