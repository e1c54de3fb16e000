import { dirname } from 'node:path'
import { Headless, type LineResult } from '../host/headless.ts'
import { INTERRUPT, type World } from '../kernel/index.ts'
import { outputText, transcript } from '../shell/index.ts'

/** How a stage is set up: the scene's lines, and the most virtual ms that one line may run. */
export interface StageOptions {
  readonly scene: readonly string[]
  readonly longest?: number
}

/** A fresh world with a terminal, and files put into it the way a person would: by lines. */
export class Stage {
  readonly headless: Headless
  private windows = 0
  private readonly put = new Map<string, string>()

  constructor({ scene, longest = 90_000 }: StageOptions) {
    this.headless = new Headless({ scene, pace: 0, longest })
  }

  /** Writes a file, with the folders above it, by a here-document; nothing when it is there already with this text. */
  place(path: string, text: string): void {
    if (this.put.get(path) === text) return
    this.put.set(path, text)
    const folder = dirname(path)
    if (folder !== '.' && folder !== '/') this.headless.run(`mkdir -p '${folder}'`)
    let end = 'END_OF_FILE'
    while (text.includes(end)) end += '_'
    this.headless.run(`cat > '${path}' <<'${end}'\n${text.endsWith('\n') ? text : `${text}\n`}${end}`)
  }

  /** Takes a file as not there any more. */
  forget(path: string): void {
    this.put.delete(path)
  }

  /** Gives a line; a shell that it opened, or whatever still runs after the longest time, is left. */
  run(line: string): LineResult {
    const result = this.headless.run(line)
    for (const way of ['exit', INTERRUPT]) {
      if (!this.busy()) break
      this.headless.lab.command(way)
      this.pass(2000)
    }
    const session = this.world.get('shell.Session/main') as { readonly partial?: string } | undefined
    if (session?.partial !== undefined) this.headless.lab.command(INTERRUPT)
    return result
  }

  /** Gives a line and answers what it asks; says all that was shown. */
  answer(line: string, answer: string): string {
    const { lab } = this.headless
    const from = lab.simulation.journal.length
    lab.command(line)
    this.pass(1000)
    if (this.busy()) lab.command(answer)
    this.pass(2000)
    return outputText(transcript(lab.simulation.journal, 'shell.Session/main', from))
  }

  /** Gives a line in a window of its own, which goes on until it is closed; closing says what it has shown. */
  open(line: string): { close(): string } {
    const { lab } = this.headless
    const session = `window-${++this.windows}`
    const from = lab.simulation.journal.length
    lab.command(line, session)
    this.pass(2000)
    return {
      close() {
        lab.command(INTERRUPT, session)
        return outputText(transcript(lab.simulation.journal, `shell.Session/${session}`, from))
      },
    }
  }

  get world(): World {
    return this.headless.lab.simulation.world
  }

  /** Lets virtual time pass. */
  pass(ms: number): void {
    const { lab } = this.headless
    lab.seek(lab.timeline.now + ms)
  }

  private busy(): boolean {
    return this.headless.lab.simulation.world.get('shell.Session/main')?.state === 'Busy'
  }
}
