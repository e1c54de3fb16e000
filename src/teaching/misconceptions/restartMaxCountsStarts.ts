import { restartRule } from '../../domains/docker/container/restart.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that the number behind `on-failure` counts all starts, the first one too. */
export const restartMaxCountsStarts = defineMisconception({
  id: 'restart-max-counts-starts',
  concept: 'docker.health',
  rule: restartRule,
  says: 'on-failure:3 means that the program is started three times in all.',
  instead: 'The number counts restarts: the first start comes on top.',
  decide: (input, real) => real({ ...input, restarts: input.restarts + 1 }),
})
