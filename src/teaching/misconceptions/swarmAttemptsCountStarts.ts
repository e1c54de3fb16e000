import { restartTaskRule } from '../../domains/docker/swarm/restartTask.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that the first start of a task uses up one of its attempts. */
export const swarmAttemptsCountStarts = defineMisconception({
  id: 'swarm-attempts-count-starts',
  concept: 'docker.swarm',
  rule: restartTaskRule,
  says: 'The first start of a task is one of its attempts.',
  instead: 'Attempts are restarts: the first start comes on top.',
  decide: (input, real) => real({ ...input, restarts: [...input.restarts, input.now] }),
})
