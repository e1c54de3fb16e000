import { defineRule } from '../../../kernel/index.ts'
import { findBaseAlone } from '../build/baseAlone.ts'
import { lintBuild } from '../build/planner.ts'
import { ignorePatterns } from '../dockerfile/patternMatcher.ts'
import { EVERY_CHECK } from './linter.ts'

/** A Dockerfile to check, with what is beside it. */
export interface CheckQuestion {
  readonly dockerfile: string
  /** Text of the `.dockerignore`. */
  readonly ignore?: string | undefined
  readonly target?: string | undefined
  readonly buildArgs?: { readonly [name: string]: string } | undefined
  /** Also the experimental checks. */
  readonly experimental?: boolean | undefined
}

export interface CheckVerdict {
  readonly warnings: readonly { readonly check: string; readonly line: number; readonly message: string }[]
  /** Why a build would be refused, in BuildKit's words. */
  readonly error?: string
}

/**
 * BuildKit's build checks of a Dockerfile by itself, as `docker build --check` makes them.
 * Models: buildkit frontend/dockerfile/linter
 */
export const checksRule = defineRule({
  id: 'docker.dockerfile.checks',
  says: 'A Dockerfile is checked for what works but is likely to be a mistake.',
  source: 'https://docs.docker.com/reference/build-checks/',
  decide: ({ dockerfile, ignore, target, buildArgs, experimental }: CheckQuestion): CheckVerdict => {
    const { warnings, problem } = lintBuild(dockerfile, {
      target,
      ...(buildArgs ? { buildArgs } : {}),
      ignore: ignore === undefined ? [] : ignorePatterns(ignore),
      ...(experimental ? { checks: { ...EVERY_CHECK, experimental: 'all' as const } } : {}),
      base: findBaseAlone,
    })
    return {
      warnings: [...warnings]
        .sort((a, b) => a.lines.start - b.lines.start)
        .map(({ check, lines, message }) => ({ check, line: lines.start, message })),
      ...(problem ? { error: problem.message } : {}),
    }
  },
})
