import { resolvePath } from '../files.ts'
import type { Call } from '../program.ts'

/** The texts that a filter reads: its operands, `-` and none meaning standard input. */
export interface Inputs {
  readonly inputs: readonly { readonly name: string; readonly text: string }[]
  /** Complaints in GNU words, with newlines. */
  readonly errors: string
}

/** Reads what a filter's operands name. */
export function readInputs(call: Call, program: string, operands: readonly string[]): Inputs {
  const inputs: { name: string; text: string }[] = []
  let errors = ''
  for (const name of operands.length > 0 ? operands : ['-']) {
    if (name === '-' || name === '/dev/stdin') {
      inputs.push({ name: '-', text: call.stdin ?? '' })
      continue
    }
    const read = call.files.read(resolvePath(call.cwd, name))
    if ('error' in read) errors += `${program}: ${name}: ${read.error}\n`
    else inputs.push({ name, text: read.text })
  }
  return { inputs, errors }
}

/** Lines without their newlines; a last line without one counts. */
export function linesOf(text: string): string[] {
  if (text === '') return []
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}

/** Lines with newlines again. */
export function unlines(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}
