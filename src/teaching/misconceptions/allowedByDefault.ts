import { type EvaluateInput, type Evaluation, iamEvaluate } from '../../domains/aws/iam/evaluate.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that whatever no policy speaks of may be done. */
export const allowedByDefault = defineMisconception<EvaluateInput, Evaluation>({
  id: 'allowed-by-default',
  concept: 'iam.policies',
  rule: iamEvaluate,
  says: 'What no policy forbids is allowed.',
  instead: 'Nothing is allowed unless a policy allows it.',
  decide: (input, real) => {
    const verdict = real(input)
    return verdict.decision === 'implicitDeny' ? { decision: 'allow', rows: verdict.rows } : verdict
  },
})
