import { type EvaluateInput, type Evaluation, iamEvaluate } from '../../domains/aws/iam/evaluate.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a policy which allows wins over one that denies. */
export const denyOutvoted = defineMisconception<EvaluateInput, Evaluation>({
  id: 'deny-outvoted',
  concept: 'iam.policies',
  rule: iamEvaluate,
  says: 'An Allow somewhere beats a Deny.',
  instead: 'One explicit Deny ends it, however many policies allow.',
  decide: (input, real) => {
    const verdict = real(input)
    const allowed = verdict.rows.some(({ effect, misses }) => effect === 'Allow' && misses === undefined)
    return verdict.decision === 'explicitDeny' && allowed ? { decision: 'allow', rows: verdict.rows } : verdict
  },
})
