import { restartTaskRule } from '../../domains/docker/swarm/restartTask.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a swarm follows every ended task with another one, whatever its condition. */
export const swarmRestartsFinished = defineMisconception({
  id: 'swarm-restarts-finished',
  concept: 'docker.swarm',
  rule: restartTaskRule,
  says: 'A task that ended well is replaced like one that failed.',
  instead: 'With the condition on-failure a task that is complete is not replaced.',
  decide: (input, real) => real({ ...input, state: input.state === 'complete' ? 'failed' : input.state }),
})
