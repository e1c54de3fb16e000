import { restartRule } from '../../domains/docker/container/restart.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that the wait before a restart of docker's is always the same. */
export const engineWaitIsConstant = defineMisconception({
  id: 'engine-wait-is-constant',
  concept: 'docker.health',
  rule: restartRule,
  says: 'The engine waits equally long before each restart.',
  instead: 'The wait begins with a tenth of a second and doubles each time, up to a minute.',
  decide: ({ backOff: _last, ...input }, real) => real(input),
})
