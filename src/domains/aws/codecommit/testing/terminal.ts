import { Simulation } from '../../../../kernel/index.ts'
import { installProgram, outputText, shellDomain, transcript } from '../../../../shell/index.ts'
import { git, gitDomain } from '../../../git/index.ts'
import { awsDomain, awsPrograms } from '../../index.ts'

const SESSION = 'shell.Session/main'

installProgram(git)
for (const program of awsPrograms) installProgram(program)

/** A terminal with `aws` and `git` in it. */
export class Terminal {
  readonly simulation = new Simulation({ domains: [shellDomain, gitDomain, awsDomain], seed: 1 })

  run(line: string): string {
    const from = this.simulation.journal.length
    this.simulation.command(line)
    for (let at = 0; at < 50 && this.simulation.world.get(SESSION)?.state === 'Busy'; at++)
      this.simulation.advanceTo(this.simulation.now + 1)
    return outputText(transcript(this.simulation.journal, SESSION, from))
  }

  json(line: string): Record<string, unknown> {
    return JSON.parse(this.run(`aws codecommit ${line}`)) as Record<string, unknown>
  }

  pass(ms: number): void {
    this.simulation.advanceTo(this.simulation.now + ms)
  }
}

/** One with an empty repository `shop` in CodeCommit. */
export function withRepository(): Terminal {
  const terminal = new Terminal()
  terminal.json('create-repository --repository-name shop')
  terminal.run('git config --global user.name Ada && git config --global user.email ada@example.com')
  return terminal
}
