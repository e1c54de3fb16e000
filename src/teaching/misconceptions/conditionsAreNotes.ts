import { iamEvaluate } from '../../domains/aws/iam/evaluate.rule.ts'
import { type PolicyDocument, statementsOf } from '../../domains/aws/iam/policy/document.ts'
import { defineMisconception } from './misconception.ts'

/** Does not read the condition of a statement. */
export const conditionsAreNotes = defineMisconception({
  id: 'conditions-are-notes',
  concept: 'iam.policies',
  rule: iamEvaluate,
  says: 'A statement applies whenever its action and resource fit.',
  instead: 'A statement with a condition applies only when the condition holds too.',
  decide: (input, real) => real({ ...input, identityPolicies: input.identityPolicies.map(unconditional) }),
})

/** The document without its conditions. */
function unconditional(document: PolicyDocument): PolicyDocument {
  return { ...document, Statement: statementsOf(document).map(({ Condition: _left, ...rest }) => rest) }
}
