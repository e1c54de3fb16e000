import type { Ask } from '../../cli/ask.ts'
import type { Reply } from '../../cli/command.ts'
import { jsonText, render, unescaped } from '../../cli/format.ts'
import { Problem } from '../../cli/problem.ts'

/** Prints what arguments mean as JSON or through `--format`; what is not there is told at the end. Models: docker/cli cli/command/inspect */
export function printInspected(ask: Ask, find: (text: string) => Readonly<Record<string, unknown>>): Reply {
  const found: Readonly<Record<string, unknown>>[] = []
  const problems: string[] = []
  for (const text of ask.args)
    try {
      found.push(find(text))
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      problems.push(problem.message)
    }
  const format = ask.text('format')
  if (format === undefined) ask.out(`${found.length === 0 ? '[]' : JSON.stringify(found, undefined, 4)}\n`)
  else if (format === 'json') ask.out(`${jsonText(found)}\n`)
  else for (const object of found) ask.out(`${render(unescaped(format), object)}\n`)
  for (const problem of problems) ask.err(`${problem}\n`)
  return { exit: problems.length > 0 ? 1 : 0 }
}

/** Prints what arguments mean in words, a blank line between two. */
export function printPretty(ask: Ask, text: (argument: string) => string): Reply {
  for (const [i, argument] of ask.args.entries()) ask.out(`${i > 0 ? '\n' : ''}${text(argument)}\n`)
  return { exit: 0 }
}
