import { dump } from '../dockerfile/node.ts'
import { parseDockerfile } from '../dockerfile/parser.ts'
import { ignorePatterns } from '../dockerfile/patternMatcher.ts'
import { DockerfileProblem } from '../dockerfile/problem.ts'
import { checksRule } from '../lint/checks.rule.ts'
import { findBaseAlone } from './baseAlone.ts'
import { planBuild } from './planner.ts'

/** What a Dockerfile by itself comes to. */
export interface DockerfileCase {
  /** Its syntax tree as BuildKit's dumper prints it; absent when it cannot be read. */
  readonly tree?: string
  readonly syntaxError?: string
  /** How many steps its last stage needs; absent when a build would be refused. */
  readonly vertices?: number
  /** Why a build would be refused, in BuildKit's words. */
  readonly error?: string
  readonly warnings: readonly { readonly check: string; readonly line: number; readonly message: string }[]
}

/** Looks at a Dockerfile without a world: its tree, its graph, and what the build checks find. */
export function readDockerfileCase(
  text: string,
  {
    ignore = '',
    experimental = false,
    buildArgs = {},
  }: {
    readonly ignore?: string
    readonly experimental?: boolean
    readonly buildArgs?: { readonly [name: string]: string }
  } = {},
): DockerfileCase {
  const { warnings } = checksRule.decide({ dockerfile: text, ignore, experimental })
  const read = attempt(() => dump(parseDockerfile(text).root))
  const plan = attempt(
    () => planBuild(text, { base: findBaseAlone, buildArgs, ignore: ignorePatterns(ignore) }).vertices.length,
  )
  return {
    warnings,
    ...('value' in read ? { tree: read.value } : { syntaxError: read.error }),
    ...('value' in plan ? { vertices: plan.value } : { error: plan.error }),
  }
}

function attempt<T>(act: () => T): { readonly value: T } | { readonly error: string } {
  try {
    return { value: act() }
  } catch (problem) {
    if (problem instanceof DockerfileProblem) return { error: problem.message }
    throw problem
  }
}
