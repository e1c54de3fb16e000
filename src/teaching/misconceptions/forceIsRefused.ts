import { pushRule } from '../../domains/git/command/push.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a server guards its history even from force. */
export const forceIsRefused = defineMisconception({
  id: 'force-is-refused',
  concept: 'git.commits',
  rule: pushRule,
  says: 'A server never lets go of commits that it has, not even by force.',
  instead: 'A forced push moves the branch wherever it is told, and what only that branch held is left behind.',
  decide: (input, real) => real({ ...input, force: false }),
})
