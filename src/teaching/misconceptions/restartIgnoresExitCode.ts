import { restartRule } from '../../domains/docker/container/restart.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a restart policy brings a program back whatever its exit code was. */
export const restartIgnoresExitCode = defineMisconception({
  id: 'restart-ignores-exit-code',
  concept: 'docker.health',
  rule: restartRule,
  says: 'A program that has ended is started again, whatever its exit code.',
  instead: 'The policy on-failure leaves a program alone that ended with exit code 0.',
  decide: (input, real) => real({ ...input, exitCode: input.exitCode === 0 ? 1 : input.exitCode }),
})
