import { refused } from './answer.ts'
import { malformed, type PolicySort } from './policy/malformed.ts'

/** A policy document's text, or `MalformedPolicyDocument`. */
export function checked(text: string, sort: PolicySort): string {
  const wrong = malformed(text, sort)
  if (wrong !== undefined) refused('MalformedPolicyDocument', wrong)
  return text
}
