import { parameterTier } from '../../domains/aws/ssm/parameterTier.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Takes Intelligent-Tiering for another name of the advanced tier. */
export const intelligentIsAdvanced = defineMisconception({
  id: 'intelligent-is-advanced',
  concept: 'twelve.config',
  rule: parameterTier,
  says: 'Intelligent-Tiering makes every parameter advanced.',
  instead:
    'It makes a parameter advanced only when it needs to be: for its size, its policies or the number of others.',
  decide: (question, real) =>
    'changeTo' in question || question.requestedTier !== 'Intelligent-Tiering'
      ? real(question)
      : real({ ...question, requestedTier: 'Advanced' }),
})
