import { expand } from '../dockerfile/lexer.ts'
import { DockerfileProblem } from '../dockerfile/problem.ts'
import type { Planner } from './planner.ts'
import type { StageState } from './stageState.ts'

/** An instruction as progress shows it: variables replaced, its name in capitals. */
export function shown(
  planner: Planner,
  state: StageState,
  code: string,
  options: { readonly rawQuotes?: boolean; readonly skipUnset?: boolean } = {},
): string {
  let text = code
  try {
    text = expand(code, state.env, { escape: planner.token, ...options }).text
  } catch (problem) {
    if (!(problem instanceof DockerfileProblem)) throw problem
  }
  const cut = text.indexOf(' ')
  return cut < 0 ? text.toUpperCase() : text.slice(0, cut).toUpperCase() + text.slice(cut)
}
