import { parseTemplate, TemplateProblem } from '../domains/aws/cloudformation/index.ts'
import { parseBuildspec } from '../domains/aws/codebuild/index.ts'
import { parseAppSpec } from '../domains/aws/codedeploy/index.ts'
import { composeProblem } from '../domains/docker/index.ts'
import type { FileCheck } from './awsFiles.ts'

/** A buildspec as CodeBuild reads it. */
export const buildspecProblems: FileCheck = (_path, text) => {
  const read = parseBuildspec(text)
  return 'error' in read ? [read.error] : []
}

/** An AppSpec file as CodeDeploy reads it. */
export const appspecProblems: FileCheck = (_path, text) => {
  const read = parseAppSpec(text)
  return 'error' in read ? [read.error] : []
}

/** A template as CloudFormation reads it. */
export const templateProblems: FileCheck = (_path, text) => {
  try {
    parseTemplate(text)
    return []
  } catch (problem) {
    if (problem instanceof TemplateProblem) return [problem.message]
    throw problem
  }
}

/** A compose file as docker reads it. */
export const composeProblems: FileCheck = (_path, text) => {
  const problem = composeProblem(text)
  return problem === undefined ? [] : [problem]
}
