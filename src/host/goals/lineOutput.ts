import { outputText, transcript } from '../../shell/index.ts'
import type { Lab } from '../lab.ts'

/** Longest virtual time that a line may take, in ms. */
const PATIENCE = 60_000
const MOST_STEPS = 20_000

/** What a shell line prints, run on a copy of the world that is thrown away; `undefined` when it does not end. */
export function lineOutput(lab: Lab, line: string): string | undefined {
  const { simulation } = lab
  const { journal, world } = simulation
  const session = world.get('shell.Session/main')?.state === 'Busy' ? 'trial' : 'main'
  const id = `shell.Session/${session}`
  const saved = simulation.checkpoint()
  try {
    const before = journal.length
    const end = simulation.now + PATIENCE
    simulation.command(line, session, 'trial')
    for (let steps = 0; world.get(id)?.state === 'Busy'; steps++) {
      if (steps > MOST_STEPS || !simulation.step(end)) return undefined
    }
    simulation.advanceTo(simulation.now)
    return outputText(transcript(journal, id, before))
  } finally {
    simulation.restore(saved)
  }
}
