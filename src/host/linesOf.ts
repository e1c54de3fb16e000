import { parse, SyntaxProblem } from '../shell/index.ts'

/** Splits a script into the lines that a terminal would be given: here-documents, loops and continued lines stay whole. */
export function linesOf(script: string): readonly string[] {
  const lines: string[] = []
  let open: string | undefined
  for (const line of script.replace(/\n$/, '').split('\n')) {
    const text: string = open === undefined ? line : `${open}\n${line}`
    open = isIncomplete(text) ? text : undefined
    if (open === undefined && text.trim() !== '' && !/^\s*#[^\n]*$/.test(text)) lines.push(text)
  }
  if (open !== undefined) lines.push(open)
  return lines
}

function isIncomplete(text: string): boolean {
  try {
    parse(text)
    return false
  } catch (problem) {
    return problem instanceof SyntaxProblem && problem.incomplete
  }
}
