import { Simulation } from '../../../kernel/index.ts'
import { installProgram, labProgram, outputText, shellDomain, transcript } from '../../../shell/index.ts'
import { git, gitDomain, gitVerb } from '../index.ts'

const SESSION = 'shell.Session/main'

installProgram(git)
installProgram(labProgram([gitVerb]))

/** A terminal with git in it, for tests. */
export class GitSession {
  readonly simulation = new Simulation({ domains: [shellDomain, gitDomain], seed: 1 })

  /** Gives a line and answers what it printed, both streams. */
  run(line: string): string {
    const from = this.simulation.journal.length
    for (const part of line.split('\n')) this.simulation.command(part)
    for (let at = 0; at < 50 && this.busy(); at++) this.simulation.advanceTo(this.simulation.now + 1)
    return outputText(transcript(this.simulation.journal, SESSION, from))
  }

  pass(ms: number): void {
    this.simulation.advanceTo(this.simulation.now + ms)
  }

  /** The exit code of the last line. */
  get exit(): number {
    return (
      (this.simulation.world.get(SESSION) as { readonly shell?: { readonly last?: number } } | undefined)?.shell
        ?.last ?? 0
    )
  }

  private busy(): boolean {
    return this.simulation.world.get(SESSION)?.state === 'Busy'
  }
}
