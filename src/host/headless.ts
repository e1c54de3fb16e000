import { INTERRUPT } from '../kernel/index.ts'
import { outputText, type TranscriptEntry, transcript } from '../shell/index.ts'
import { labDomains } from './composition.ts'
import { Lab } from './lab.ts'
import { labViews } from './views/index.ts'

/** How a headless run is set up. Times in virtual ms. */
export interface HeadlessOptions {
  readonly seed?: number
  /** Time that a person takes between two lines. */
  readonly pace?: number
  /** Lines of the scene that it starts from, given before and let settle for half a minute. */
  readonly scene?: readonly string[]
  /** Longest time that one line may run before it is interrupted; an hour when absent. */
  readonly longest?: number
}

/** One line, and what it printed. */
export interface LineResult {
  readonly line: string
  readonly output: string
  readonly exitCode: number
  /** Virtual time at which it had ended. */
  readonly at: number
}

const SESSION = 'shell.Session/main'
const SETTLE = 30_000
const HOUR = 3_600_000

/** A lab without a screen: lines are given one after another, each when the one before has ended. */
export class Headless {
  readonly lab: Lab
  private readonly pace: number
  private readonly longest: number
  private readonly from: number

  constructor({ seed = 1, pace = 1000, scene = [], longest = HOUR }: HeadlessOptions = {}) {
    this.lab = new Lab({ domains: labDomains, views: labViews, seed })
    this.pace = pace
    this.longest = longest
    for (const line of scene) this.lab.command(line, 'main', 'scene')
    if (scene.length > 0) this.lab.seek(SETTLE)
    this.from = this.lab.simulation.journal.length
  }

  /** Gives a line and lets time pass until it has ended, then as long as a person takes for the next one. */
  run(line: string): LineResult {
    const { lab } = this
    const before = lab.simulation.journal.length
    lab.command(line)
    this.finish()
    const output = outputText(transcript(lab.simulation.journal, SESSION, before))
    const result = { line, output, exitCode: this.exitCode(), at: lab.timeline.now }
    lab.seek(lab.timeline.now + this.pace)
    return result
  }

  /** Everything since the scene, as the terminal shows it. */
  transcript(): readonly TranscriptEntry[] {
    return transcript(this.lab.simulation.journal, SESSION, this.from)
  }

  private finish(): void {
    const { lab } = this
    const end = lab.timeline.now + this.longest
    while (this.busy() && lab.timeline.now < end) {
      if (!lab.timeline.step(end)) lab.seek(end)
    }
    lab.seek(lab.timeline.now)
    if (this.busy()) lab.command(INTERRUPT)
  }

  private busy(): boolean {
    return this.lab.simulation.world.get(SESSION)?.state === 'Busy'
  }

  private exitCode(): number {
    const session = this.lab.simulation.world.get(SESSION) as
      | { readonly shell?: { readonly last?: number } }
      | undefined
    return session?.shell?.last ?? 0
  }
}
