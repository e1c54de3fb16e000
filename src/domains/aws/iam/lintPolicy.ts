import type { FileProblem } from '../../../kernel/index.ts'
import { malformed, sortOf } from './policy/malformed.ts'

/** What IAM would say of a file that is a policy document: JSON with statements that have effects. */
export function lintPolicy(path: string, text: string): readonly FileProblem[] {
  if (!/\.json$/i.test(path) || !/"Statement"\s*:/.test(text) || !/"Effect"\s*:/.test(text)) return []
  if (/"(AWSTemplateFormatVersion|Resources|Transform)"\s*:/.test(text)) return []
  const wrong = malformed(text, sortOf(text))
  return wrong === undefined ? [] : [{ line: 1, column: 1, message: `MalformedPolicyDocument: ${wrong}` }]
}
