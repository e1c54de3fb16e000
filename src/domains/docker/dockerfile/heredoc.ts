import { expand, NO_VARIABLES } from './lexer.ts'
import type { Heredoc } from './node.ts'
import { DockerfileProblem } from './problem.ts'

const FORM = /^(\d*)<<(-?)[\t\n\f\r ]*([^<]*)$/

/** The document that a word announces (`<<EOF`, `3<<-"EOF"`), still without its content. Models: buildkit parser.ParseHeredoc. */
export function heredocOf(word: string): Omit<Heredoc, 'content'> | undefined {
  const match = FORM.exec(word)
  if (!match || match[3] === '') return undefined
  const rest = match[3] as string
  const plain = expand(rest, NO_VARIABLES, { escape: '\\', skipUnset: true }).words
  const [name] = plain
  if (plain.length !== 1 || name === undefined) return undefined
  const raw = expand(rest, NO_VARIABLES, { escape: '\\', skipUnset: true, rawQuotes: true }).words
  if (raw.length !== plain.length)
    throw new DockerfileProblem(`internal lexing of heredoc produced inconsistent results: ${rest}`)
  return {
    name,
    fd: Number(match[1] || 0),
    chomp: match[2] === '-',
    expand: quotes(name) === quotes(raw[0] as string),
  }
}

/** As `heredocOf`, for a word that may be nonsense. */
export function heredocIn(word: string): Omit<Heredoc, 'content'> | undefined {
  try {
    return heredocOf(word)
  } catch (problem) {
    if (problem instanceof DockerfileProblem) return undefined
    throw problem
  }
}

/** Every document that a line announces. */
export function heredocsOf(line: string): readonly Omit<Heredoc, 'content'>[] {
  let words: readonly string[]
  try {
    words = expand(line, NO_VARIABLES, { escape: '\\', skipUnset: true, rawQuotes: true, rawEscapes: true }).words
  } catch (problem) {
    if (problem instanceof DockerfileProblem) return []
    throw problem
  }
  return words.flatMap((word) => heredocOf(word) ?? [])
}

/** A document without its leading tabs. */
export function chomped(content: string): string {
  return content.replace(/^\t+/gm, '')
}

function quotes(text: string): number {
  return [...text].filter((letter) => letter === "'" || letter === '"').length
}
