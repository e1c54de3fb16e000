import type { Script } from '../parse/ast.ts'

/** An expansion that cannot be made: the message is what the shell says. `fatal` ends a shell that is not interactive. */
export class ExpansionProblem extends Error {
  readonly fatal: boolean

  constructor(message: string, fatal = false) {
    super(message)
    this.fatal = fatal
  }
}

/** Thrown where an expansion needs the output of commands that have not run yet. */
export class Needed extends Error {
  readonly script: Script

  constructor(script: Script) {
    super('a command substitution has to run first')
    this.script = script
  }
}
