import { invariant, type Simulation } from '../kernel/index.ts'
import { outputText, transcript } from '../shell/index.ts'

/** Virtual ms after which a case that does not end has failed. */
const LIMIT = 3_600_000
const SESSION = 'shell.Session/main'

/** What a case of the lab does: a world made ready, then what is measured. */
export interface BenchStage {
  readonly simulation: Simulation
  /** Gives the command lines that start what is measured. */
  start(): void
  /** Whether everything is as it should be. */
  isDone(): boolean
  done(): number
}

/** Runs a command line to its end, and returns what it printed. */
export function line(simulation: Simulation, text: string): string {
  const at = simulation.journal.length
  simulation.command(text)
  while (simulation.world.get(SESSION)?.state === 'Busy' && simulation.step()) {}
  return outputText(transcript(simulation.journal, SESSION, at))
}

/** Runs a command line that should print what matches. */
export function wellDone(simulation: Simulation, text: string, expected: RegExp): string {
  const said = line(simulation, text)
  invariant(expected.test(said), `${text}\n${said}`)
  return said
}

/** Runs until the stage is done, or for an hour of the world. */
export function settle({ simulation, isDone }: BenchStage): void {
  const end = simulation.now + LIMIT
  while (simulation.now < end && !isDone()) simulation.advanceTo(simulation.now + 250)
}
