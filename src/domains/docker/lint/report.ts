import { excerpt } from '../build/excerpt.ts'
import type { DockerfileProblem } from '../dockerfile/problem.ts'
import { CHECKS, pageOf } from './checks.ts'
import type { Warning } from './linter.ts'

/** What `docker build` prints of warnings at its end; nothing without any. Models: buildx build, printWarnings */
export function warningLines(warnings: readonly Warning[]): string {
  if (warnings.length === 0) return ''
  const head = `${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'} found (use docker --debug to expand):`
  return `\n ${head}\n${warnings.map(({ check, message, lines }) => ` - ${check}: ${message} (line ${lines.start})\n`).join('')}`
}

/** What `docker build --check` prints. Models: buildkit frontend/subrequests/lint */
export function checkReport(
  { warnings, problem }: { readonly warnings: readonly Warning[]; readonly problem?: DockerfileProblem },
  text: string,
  filename: string,
): string {
  if (!problem && warnings.length === 0) return 'Check complete, no warnings found.\n'
  const count = `${warnings.length} ${warnings.length === 1 ? 'warning has' : 'warnings have'} been found!`
  const head = warnings.length === 0 ? '' : `Check complete, ${count}\n`
  const parts = [...warnings]
    .sort((a, b) => a.lines.start - b.lines.start || (a.check < b.check ? -1 : 1))
    .map(({ check, message, lines }) => {
      const page = pageOf(check)
      return `\nWARNING: ${check}${page === undefined ? '' : ` - ${page}`}\n${CHECKS[check].description}\n${message === CHECKS[check].description ? '' : `${message}\n`}\n${excerpt(text, filename, lines)}`
    })
  const error = problem
    ? `\n${problem.lines ? excerpt(text, filename, problem.lines) : ''}ERROR: ${problem.message}\n`
    : ''
  return `${head}${parts.join('')}${error}`
}
