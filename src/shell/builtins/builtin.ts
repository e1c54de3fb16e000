import type { Run } from '../machine/run.ts'

/** A command that is part of the shell. Answers its exit status, or undefined when it has put something on the stack that will. */
export type Builtin = (run: Run, argv: readonly string[]) => number | undefined

/** Says something in the builtin's name and fails. */
export function refuse(run: Run, argv: readonly string[], text: string, status = 1): number {
  run.complain(`${argv[0]}: ${text}`)
  return status
}
