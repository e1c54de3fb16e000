import { parameterTier } from '../../domains/aws/ssm/parameterTier.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that Intelligent-Tiering also makes a parameter cheaper again. */
export const intelligentGoesBack = defineMisconception({
  id: 'intelligent-goes-back',
  concept: 'twelve.config',
  rule: parameterTier,
  says: 'Intelligent-Tiering turns an advanced parameter back when its value is small again.',
  instead: 'A parameter that has become advanced stays so; only deleting it leads back.',
  decide: (question, real) =>
    'changeTo' in question || question.requestedTier !== 'Intelligent-Tiering'
      ? real(question)
      : real({ ...question, current: undefined }),
})
