import { iamEvaluate } from '../../domains/aws/iam/evaluate.rule.ts'
import { type PolicyDocument, type Statement, statementsOf } from '../../domains/aws/iam/policy/document.ts'
import { defineMisconception } from './misconception.ts'

/** Reads the star of a policy as that of a shell. */
export const starStopsAtSlash = defineMisconception({
  id: 'star-stops-at-slash',
  concept: 'iam.policies',
  rule: iamEvaluate,
  says: 'A star in a resource stands for one part of a path, up to the next slash.',
  instead: 'In a policy a star stands for any characters, slashes too.',
  decide: (input, real) =>
    real({
      ...input,
      identityPolicies: input.identityPolicies.map((document) => narrowed(document, input.request.resource)),
    }),
})

/** The document without the patterns that would have to reach over a slash to fit. */
function narrowed(document: PolicyDocument, resource: string): PolicyDocument {
  const fits = (word: string) =>
    word === '*' ||
    new RegExp(`^${word.replace(/[\\^$.|?+()[\]{}]/g, '\\$&').replaceAll('*', '[^/]*')}$`).test(resource)
  const narrow = (statement: Statement): Statement => {
    const { Resource } = statement
    if (Resource === undefined) return statement
    const words: readonly string[] = typeof Resource === 'string' ? [Resource] : Resource
    const kept = words.filter(fits)
    return { ...statement, Resource: kept.length > 0 ? kept : ['none'] }
  }
  return { ...document, Statement: statementsOf(document).map(narrow) }
}
