import { readFileSync } from 'node:fs'
import { iamPolicyProblems } from './awsPolicyFile.ts'
import { cliInputProblems } from './cliInputFile.ts'
import { corpusFiles } from './corpus.ts'
import { type Report, tally } from './report.ts'

/** What is wrong with a file of a category, in the words of the tool that would refuse it; empty when it is accepted, undefined when the lab has no service that could say. */
export type FileCheck = (path: string, text: string) => readonly string[] | undefined

/** The check of each category of real AWS files: its service's own parser. A category without one is left out and said so. */
export const CHECKS: { readonly [category: string]: FileCheck } = {
  'iam-policy': iamPolicyProblems,
  'cli-input-json': cliInputProblems,
}

/** Whether a file is meant to be refused: fixtures that are bad on purpose. */
function bad(path: string): boolean {
  return /\/(bad|invalid|negative)\//i.test(path) || /(^|[/_-])(bad|invalid|broken)[\w.-]*$/i.test(path)
}

/** Checks every file of the given folders by its category; a bad one passes when it is refused. */
export function runAws(paths: readonly string[]): Report {
  const report = tally('aws')
  for (const { path, category } of corpusFiles(paths)) {
    const check = CHECKS[category]
    if (!check) {
      report.skip(path, `no check for ${category}`)
      continue
    }
    try {
      const problems = check(path, readFileSync(path, 'utf8'))
      if (!problems) report.skip(path, `a service that the lab does not have: ${category}`)
      else if (bad(path) === problems.length > 0) report.pass(category)
      else report.fail(path, problems[0] ?? 'accepted although it is bad on purpose', category)
    } catch (error) {
      report.fail(path, `threw ${error instanceof Error ? error.message : String(error)}`, category)
    }
  }
  return report
}
