import { pushRule } from '../../domains/git/command/push.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a push replaces what the server has. */
export const pushOverwrites = defineMisconception({
  id: 'push-overwrites',
  concept: 'git.commits',
  rule: pushRule,
  says: 'A push replaces what the server has with what is here.',
  instead: 'Without force a push only moves a branch forward, to a commit that contains what the server has.',
  decide: (input, real) => real({ ...input, force: true }),
})
