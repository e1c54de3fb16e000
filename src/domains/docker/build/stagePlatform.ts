import type { Stage } from '../dockerfile/instruction.ts'
import { DockerfileProblem } from '../dockerfile/problem.ts'
import { withSuggestion } from '../dockerfile/suggestion.ts'
import type { Linter } from '../lint/linter.ts'
import type { Planner } from './planner.ts'
import { type Platform, parsePlatform } from './platform.ts'

/** The platform of `FROM --platform`, with the checks on it; throws in BuildKit's words. */
export function stagePlatform(
  planner: Planner,
  stage: Stage,
  lint: Linter,
  reportUndeclared: (unmatched: ReadonlySet<string>) => void,
): Platform {
  const { lines } = stage
  const platform = planner.within(lines, () => planner.global(stage.platform, planner.globals))
  reportUndeclared(platform.unmatched)
  if (
    platform.matched.size === 1 &&
    platform.unmatched.size === 0 &&
    platform.matched.has('TARGETPLATFORM') &&
    platform.text === planner.globals.get('TARGETPLATFORM')
  )
    lint.warn('RedundantTargetPlatform', lines, stage.platform)
  const suggested = (message: string): DockerfileProblem => {
    for (const name of platform.unmatched) {
      const more = withSuggestion(message, name, [...planner.globals.keys()], true)
      if (more !== message) return new DockerfileProblem(more, lines)
    }
    return new DockerfileProblem(message, lines)
  }
  if (platform.text === '') throw suggested(`empty platform value from expression ${stage.platform}`)
  let parsed: Platform
  try {
    parsed = parsePlatform(platform.text)
  } catch (problem) {
    if (!(problem instanceof DockerfileProblem)) throw problem
    throw suggested(`failed to parse platform ${stage.platform}: ${problem.message}`)
  }
  if (
    platform.matched.size === 0 &&
    platform.unmatched.size === 0 &&
    !stage.name.includes(parsed.os) &&
    !stage.name.includes(parsed.architecture)
  )
    lint.warn('FromPlatformFlagConstDisallowed', lines, platform.text)
  return parsed
}
