import { readFileSync } from 'node:fs'
import { definitionFileProblems } from '../domains/aws/ecs/index.ts'
import { appspecProblems, buildspecProblems, composeProblems, templateProblems } from './awsDocuments.ts'
import { iamPolicyProblems } from './awsPolicyFile.ts'
import { expectedRefusal } from './awsRefusal.ts'
import { pipelineProblems, projectProblems, snippetProblems } from './awsStructures.ts'
import { cliInputProblems } from './cliInputFile.ts'
import { corpusFiles } from './corpus.ts'
import { type Report, tally } from './report.ts'

/** What is wrong with a file of a category, in the words of the tool that would refuse it; empty when it is accepted, undefined when the lab has no service that could say. */
export type FileCheck = (path: string, text: string) => readonly string[] | undefined

/** The check of each category of real AWS files: its service's own parser. A category without one is left out and said so. */
export const CHECKS: { readonly [category: string]: FileCheck } = {
  'iam-policy': iamPolicyProblems,
  'cli-input-json': cliInputProblems,
  'ecs-taskdef': (_path, text) => definitionFileProblems(text),
  buildspec: buildspecProblems,
  appspec: appspecProblems,
  cfn: templateProblems,
  sam: templateProblems,
  'codepipeline-json': pipelineProblems,
  'codepipeline-snippet': snippetProblems,
  'codebuild-project-json': projectProblems,
  compose: composeProblems,
}

/** Compose files are known by their names. */
const COMPOSE = /(^|\/)(docker-)?compose(\.[\w-]+)*\.ya?ml$/

/** Categories of services that the lab does not have. */
const LACKING: { readonly [category: string]: string } = Object.fromEntries(
  ['dockerrun', 'ebextensions', 'eb-options-json'].map((category) => [category, 'no Elastic Beanstalk yet']),
)

/** Whether a file is meant to be refused: fixtures that are bad on purpose. */
function bad(path: string): boolean {
  return /\/(bad|invalid|negative)\//i.test(path) || /(^|[/_-])(bad|invalid|broken)[\w.-]*$/i.test(path)
}

/** Checks every file of the given folders by its category; a bad one passes when it is refused, others also when the file gives cause for it. */
export function runAws(paths: readonly string[]): Report {
  const report = tally('aws')
  const sorts = new Map<string, number>()
  for (const file of corpusFiles(paths)) {
    const { path } = file
    const category = COMPOSE.test(path) ? 'compose' : file.category
    const check = CHECKS[category]
    if (!check) {
      report.skip(path, LACKING[category] ?? `no check for ${category}`)
      continue
    }
    try {
      const text = readFileSync(path, 'utf8')
      const problems = check(path, text)
      const [problem] = problems ?? []
      const sort = problem === undefined || bad(path) ? undefined : expectedRefusal(category, problem, text, file.note)
      if (!problems) report.skip(path, `a service that the lab does not have: ${category}`)
      else if (sort !== undefined) {
        sorts.set(sort, (sorts.get(sort) ?? 0) + 1)
        report.pass(category)
      } else if (bad(path) === problems.length > 0) report.pass(category)
      else report.fail(path, problems[0] ?? 'accepted although it is bad on purpose', category)
    } catch (error) {
      report.fail(path, `threw ${error instanceof Error ? error.message : String(error)}`, category)
    }
  }
  for (const [sort, count] of [...sorts].sort((a, b) => b[1] - a[1]))
    report.remarks.push(`${count} files refused as the real service does: ${sort}`)
  return report
}
