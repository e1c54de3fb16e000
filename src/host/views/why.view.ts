import { DECLINED, type PastEvent, type Simulation } from '../../kernel/index.ts'
import type { Lab } from '../lab.ts'
import { defineLabView } from '../labView.ts'
import { isDecision } from './decision.ts'
import { type Told, tellEvent, type Words, wordsOf } from './telling.ts'

/** The chain from what is asked about back to the command that started it. */
export interface Why {
  /** The question: why it is in the state that it is in. */
  readonly state?: string | undefined
  readonly chain: readonly Told[]
  /** Reasons that controllers gave for leaving it as it is, still standing. */
  readonly declined: readonly { readonly controller: string; readonly reason: string }[]
  /** The latest words of a tool about it, since it entered its state. */
  readonly words: readonly Words[]
  /** Id of the latest event about it that carries a decision table. */
  readonly decision?: number | undefined
}

/** Why an entity is as it is (`entity`), or why an event happened (`event`). */
export const whyView = defineLabView<{ entity?: string; event?: number }, Why>({
  name: 'why',
  reads: ['journal'],
  selectLab(lab, { entity, event }) {
    const { simulation } = lab
    const { journal } = simulation
    const subject = entity === undefined ? undefined : simulation.world.get(entity)
    const about = entity === undefined ? { words: [] } : latest(lab, entity)
    const start = event ?? about.start
    const chain = start === undefined ? [] : worthTelling(simulation, withoutRounds(journal.why(start)))
    const declined = Object.entries(subject?.declined ?? {})
      .filter(([, given]) => given.entry === subject?.entry)
      .map(([controller, { reason }]) => ({ controller, reason }))
    return { state: subject?.state, chain, declined, words: about.words, decision: about.decision }
  },
})

/** A chain without the links that happen to what has no face (a process that was started), but with both of its ends. */
function worthTelling(simulation: Simulation, chain: readonly PastEvent[]): readonly Told[] {
  return chain
    .filter(
      ({ kind }, i) =>
        i === 0 || i === chain.length - 1 || (kind !== undefined && simulation.kind(kind)?.face !== undefined),
    )
    .map((past) => tellEvent(simulation, past))
}

/** A chain in which a timer that went round and round (an autoscaler's look at its metrics) is told once: its first round. */
function withoutRounds(chain: readonly PastEvent[]): readonly PastEvent[] {
  return chain.filter((event, i) => {
    const next = chain[i + 1]
    return !(event.type.startsWith('after.') && next?.type === event.type && next.to === event.to)
  })
}

interface Latest {
  start?: number | undefined
  decision?: number | undefined
  words: readonly Words[]
}

/**
 * What explains an entity best: the latest event since it entered its state that says why (a decision, a refusal, a tool's words),
 * else the one that brought it there, else the last about it at all.
 */
function latest({ simulation }: Lab, entity: string): Latest {
  const { journal, world } = simulation
  const found: Latest = { words: [] }
  let any: number | undefined
  let entered = false
  const born = world.get(entity)?.born
  const first = born === undefined ? 0 : Math.max(0, journal.position(born))
  for (let i = journal.length - 1; i >= first && !(entered && found.decision !== undefined); i--) {
    const event = journal.at(i)
    if (event?.to !== entity) continue
    any ??= event.id
    if (found.decision === undefined && isDecision(event.inputs)) found.decision = event.id
    if (entered) continue
    if (found.words.length === 0) found.words = wordsOf(event)
    if (found.start === undefined && explains(event)) found.start = event.id
    entered = event.from !== event.into
  }
  found.start ??= any
  return found
}

function explains(event: PastEvent): boolean {
  return event.from !== event.into || event.type === DECLINED || isDecision(event.inputs) || wordsOf(event).length > 0
}
