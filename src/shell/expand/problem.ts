import type { Script } from '../parse/ast.ts'

/** An expansion that cannot be made: the message is what the shell says. `fatal` ends a shell that is not interactive. */
export class ExpansionProblem extends Error {
  readonly fatal: boolean

  constructor(message: string, fatal = false) {
    super(message)
    this.fatal = fatal
  }
}

/**
 * Thrown where an expansion needs the output of commands that have not run yet. No Error: it happens at every substitution, and nobody
 * reads the stack that an Error would take down.
 */
export class Needed {
  readonly script: Script

  constructor(script: Script) {
    this.script = script
  }
}
