import { Lab } from '../../host/lab.ts'
import { readScene } from '../../host/scene.ts'
import { labViews } from '../../host/views/index.ts'
import { type Checkpoint, type Domain, type PastEvent, RuleSet } from '../../kernel/index.ts'
import { outputText, transcript } from '../../shell/index.ts'
import type { Misconception } from '../misconceptions/misconception.ts'

/** A world at the moment at which a question begins: what any run of it starts from. */
export interface Base {
  readonly seed: number
  readonly checkpoint: Checkpoint
  readonly past: readonly PastEvent[]
}

/** A shell line and its time: since the world began in a world's text, since the question began in what happens. */
export interface Given {
  readonly at: number
  readonly line: string
}

/** How many moments of worlds are kept to begin from. */
const MOST_KEPT = 160
const SESSION = 'shell.Session/main'
/** Longest that one line may take, in virtual ms, and in steps. */
const PATIENCE = 300_000
const MOST_STEPS = 60_000
const WAIT = 1000

/** A lab of one seed: runs take turns in it. */
interface Kept {
  readonly lab: Lab
  readonly birth: Base
  /** The base whose past its journal begins with. */
  base: Base
}

const REAL = new RuleSet()

/**
 * Worlds for questions: a world's text is run once for each of its beginnings, by the true rules; from there it goes on as often as one
 * likes, by the true rules or by a mistaken one. A lab that it gives is good until the next call with the same seed.
 */
export class Worlds {
  private readonly labs = new Map<number, Kept>()
  /** Moments of each beginning, in order of time. */
  private readonly bases = new Map<string, readonly Base[]>()
  private readonly rules = new Map<Misconception, RuleSet>()
  private readonly domains: readonly Domain[]

  constructor(domains: readonly Domain[]) {
    this.domains = domains
  }

  /** The world of a text (in the form of a scene), settled. */
  base(text: string, seed: number): Base {
    const { lines, settle } = readScene('', text)
    const times = [...lines.slice(1).map(({ at }) => at), Math.max(settle, lines.at(-1)?.at ?? 0)]
    const keys = lines.map((_, i) => `${seed} ${JSON.stringify(lines.slice(0, i + 1))}`)
    const kept = this.lab(seed)
    const { simulation } = kept.lab
    let [base, done] = [kept.birth, -1]
    for (let i = lines.length - 1; i >= 0 && done < 0; i--) {
      const known = this.known(keys[i] ?? '', times[i] ?? 0)
      if (known) [base, done] = [known, i]
    }
    if (base.checkpoint.at === times.at(-1) && done === lines.length - 1) return base
    this.go(kept, base, REAL)
    for (let i = Math.max(done, 0); i < lines.length; i++) {
      const given = lines[i] as Given
      if (i > done) {
        simulation.advanceTo(Math.max(simulation.now, given.at))
        simulation.command(given.line, 'main', 'scene')
      }
      const until = times[i] ?? 0
      if (until <= simulation.now && i < lines.length - 1) continue
      simulation.advanceTo(Math.max(simulation.now, until))
      base = this.keep(keys[i] ?? '', {
        seed,
        checkpoint: simulation.checkpoint(),
        past: simulation.journal.slice(0),
      })
    }
    kept.base = base
    return base
  }

  /** A lab that stands at a base, with one rule replaced or none. */
  at(base: Base, mistaken?: Misconception): Lab {
    const kept = this.lab(base.seed)
    this.go(kept, base, mistaken ? this.rulesOf(mistaken) : REAL)
    return kept.lab
  }

  /** What comes of lines given after a base, when it has run on for `ms` after the last of them. */
  run(base: Base, lines: readonly Given[], ms: number, mistaken?: Misconception): Lab {
    const lab = this.at(base, mistaken)
    const { simulation } = lab
    const began = simulation.now
    for (const { at, line } of lines) {
      simulation.advanceTo(Math.max(simulation.now, began + at))
      simulation.command(line)
    }
    simulation.advanceTo(simulation.now + ms)
    return lab
  }

  private go(kept: Kept, base: Base, rules: RuleSet): void {
    const { simulation } = kept.lab
    simulation.decideBy(rules)
    if (kept.base === base) simulation.restore(base.checkpoint)
    else simulation.adopt(base.checkpoint, base.past)
    kept.base = base
  }

  private rulesOf(mistaken: Misconception): RuleSet {
    const known = this.rules.get(mistaken)
    if (known) return known
    const rules = new RuleSet({ [mistaken.rule]: mistaken.decide })
    this.rules.set(mistaken, rules)
    return rules
  }

  private lab(seed: number): Kept {
    const known = this.labs.get(seed)
    if (known) return known
    const lab = new Lab({ domains: this.domains, views: labViews, seed })
    const birth = { seed, checkpoint: lab.simulation.checkpoint(), past: [] }
    const fresh = { lab, birth, base: birth }
    this.labs.set(seed, fresh)
    return fresh
  }

  /** The latest moment of a beginning that is not later than `at`. */
  private known(key: string, at: number): Base | undefined {
    return this.bases.get(key)?.findLast(({ checkpoint }) => checkpoint.at <= at)
  }

  private keep(key: string, base: Base): Base {
    const others = this.bases.get(key) ?? []
    this.bases.delete(key)
    this.bases.set(
      key,
      [...others, base].sort((a, b) => a.checkpoint.at - b.checkpoint.at),
    )
    const [oldest] = this.bases.keys()
    if (this.bases.size > MOST_KEPT && oldest !== undefined) this.bases.delete(oldest)
    return base
  }
}

/** Gives a line to a lab and waits until it has ended; what it printed. The lab is the world's no longer: it may have changed. */
export function readLine(lab: Lab, line: string, by = 'trial'): string {
  const { simulation } = lab
  const { journal, world } = simulation
  const before = journal.length
  const end = simulation.now + PATIENCE
  simulation.command(line, 'main', by)
  for (let steps = 0; world.get(SESSION)?.state === 'Busy' && steps < MOST_STEPS; steps++)
    if (!simulation.step(end)) break
  simulation.advanceTo(simulation.now)
  return outputText(transcript(journal, SESSION, before)).trimEnd()
}

/** Gives lines as a person does, each a second after the one before has ended; what each printed. */
export function giveLines(lab: Lab, lines: readonly string[], by?: string): readonly string[] {
  return lines.map((line) => {
    const output = readLine(lab, line, by)
    lab.simulation.advanceTo(lab.simulation.now + WAIT)
    return output
  })
}

/** Lines with the time since the question began, from a text in the form of a scene. */
export function givenOf(text: string): readonly Given[] {
  return readScene('', text).lines.map(({ at, line }) => ({ at, line }))
}
