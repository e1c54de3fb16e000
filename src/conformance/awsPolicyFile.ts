import { malformed, sortOf } from '../domains/aws/iam/index.ts'
import type { FileCheck } from './awsFiles.ts'

/** A policy document as IAM reads it: a resource's or a role's own policy where it names principals. */
export const iamPolicyProblems: FileCheck = (_path, text) => {
  const wrong = malformed(text, sortOf(text))
  return wrong === undefined ? [] : [wrong]
}
