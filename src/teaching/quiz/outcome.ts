import { fitsGlob } from '../../host/goals/glob.ts'
import { Things } from '../../host/goals/things.ts'
import type { Lab } from '../../host/lab.ts'
import type { PastEvent } from '../../kernel/index.ts'
import type { Answer, Options } from './schema.ts'
import { readLine } from './worlds.ts'

/** Where a question began in a run: the position in the journal, and the virtual time. */
export interface Began {
  readonly position: number
  readonly at: number
}

/** The outcome of a run, read as `answer` says; undefined when it is not there (the event never came, the number is none). */
export function outcomeOf(lab: Lab, answer: Answer, began: Began): string | undefined {
  const { simulation } = lab
  const { journal } = simulation
  if (answer.least) return String(extremes(lab, answer.least, began).least)
  if (answer.most) return String(extremes(lab, answer.most, began).most)
  if (answer.count) return String(eventsOf(lab, answer.count, began).length)
  if (answer.when) {
    const events = eventsOf(lab, answer.when, began)
    const event = answer.when.nth === 'last' ? events.at(-1) : events[answer.when.nth - 1]
    return event && String(Math.round((event.at - began.at) / 1000))
  }
  if (answer.order) {
    const firsts = answer.order.map((one) => ({ says: one.says, event: eventsOf(lab, one, began)[0] }))
    if (firsts.some(({ event }) => event === undefined)) return undefined
    const times = firsts.map(({ event }) => event?.at ?? 0)
    // Two things of one instant have no order that anybody could know.
    if (new Set(times).size < times.length) return undefined
    return firsts
      .sort((a, b) => (a.event?.at ?? 0) - (b.event?.at ?? 0))
      .map(({ says }) => says)
      .join('\n')
  }
  if (answer.cause) {
    const event = latest(journal.slice(began.position), answer.cause)
    const root = event && journal.why(event.id).at(-1)
    return root && (root.data as { line?: string } | undefined)?.line
  }
  return answer.read === undefined ? undefined : readLine(lab, answer.read).trim()
}

/** An outcome in words: by the first pattern that fits, or as it is. */
export function said(outcome: string, options: Options, unit?: string): string {
  for (const [pattern, words] of Object.entries(options.says))
    if (fitsGlob(pattern, outcome)) return words.replaceAll('{}', outcome)
  if (unit === undefined || !/^-?[\d.]+$/.test(outcome)) return outcome
  return `${outcome} ${Number(outcome) === 1 ? unit.replace(/s$/, '') : unit}`
}

/** Every command and fault since the question began, as lines: what may have been the cause. */
export function rootsOf(lab: Lab, { position }: Began): readonly string[] {
  const { journal } = lab.simulation
  return [
    ...new Set(
      journal
        .slice(position)
        .filter(({ causes, by }) => causes.length === 0 && by !== 'trial')
        .flatMap(({ data }) => (data as { line?: string } | undefined)?.line ?? []),
    ),
  ]
}

function eventsOf(
  lab: Lab,
  asked: { readonly type: readonly string[]; readonly about?: string | undefined; readonly by?: string | undefined },
  began: Began,
): readonly PastEvent[] {
  return lab.simulation.journal
    .slice(began.position)
    .filter(
      (event) =>
        asked.type.some((type) => fitsGlob(type, event.type)) &&
        (asked.about === undefined || fitsGlob(asked.about, event.to)) &&
        (asked.by === undefined || fitsGlob(asked.by, event.by ?? '')),
    )
}

function latest(events: readonly PastEvent[], about: string): PastEvent | undefined {
  return events.findLast((event) => fitsGlob(about, event.to) && event.from !== event.into)
}

/** The least and the most that there were at any instant. */
function extremes({ simulation }: Lab, asked: ConstructorParameters<typeof Things>[0], began: Began) {
  const { journal } = simulation
  const things = new Things(asked, simulation, began.position)
  let [least, most] = [things.count, things.count]
  let instant = began.at
  const close = () => {
    least = Math.min(least, things.count)
    most = Math.max(most, things.count)
  }
  for (let i = began.position; i < journal.length; i++) {
    const event = journal.at(i) as PastEvent
    if (event.at > instant) {
      close()
      instant = event.at
    }
    things.take(event, simulation)
  }
  close()
  return { least, most }
}
