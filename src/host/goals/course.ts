import type { PastEvent, Simulation } from '../../kernel/index.ts'
import type { Lab } from '../lab.ts'
import { type Condition, type EventsCondition, fitsAmount, isSampled, parts, type RunCondition } from './condition.ts'
import { fitsGlob } from './glob.ts'
import { lineOutput } from './lineOutput.ts'
import { Lines } from './lines.ts'
import type { Began, Goal, GoalPicture, TaskAsked, TaskPicture } from './task.ts'
import { countNow, Things } from './things.ts'

/** What is remembered of a goal: since when it counts, since when its condition holds, when it was met or broken. */
interface Judged {
  begun?: number
  since?: number
  met?: number
  broken?: number
}

/** How often a line is run to see what it prints, in virtual ms, at most. */
const GLANCE = 1000
/** The same while nothing happens: what a line prints may change with time alone, such as how requests fare when a server is up. */
const QUIET_GLANCE = 5000

/**
 * How a task has gone since it began, read from the journal event by event, so that nothing is missed however rarely one looks. A moment
 * counts when everything of its instant has happened; the present one is judged anew at every look.
 */
export class Course {
  private readonly asked: TaskAsked
  private readonly things = new Map<Condition, Things>()
  private readonly tallies = new Map<Condition, number>()
  private readonly outputs = new Map<string, string | undefined>()
  private readonly lines = new Lines()
  private judged: Judged[]
  private hints: (number | null)[]
  private downtime: number[]
  private down: (number | undefined)[]
  private end:
    | { readonly state: 'won' | 'lost'; readonly at: number; readonly because?: TaskPicture['because'] }
    | undefined
  /** The goals as they stood when it ended. */
  private last: readonly GoalPicture[] | undefined
  private position: number
  private instant: number
  private lastId: number | undefined
  private looked: number
  private sampledAt = Number.NEGATIVE_INFINITY
  private sampledLength = -1

  constructor(asked: TaskAsked, began: Began, { simulation }: Lab) {
    this.asked = asked
    this.position = startOf(began, simulation)
    this.instant = began.at
    this.looked = began.at
    this.lastId = simulation.journal.at(this.position - 1)?.id
    this.judged = asked.goals.map(() => ({}))
    this.hints = asked.hints.map(() => null)
    this.downtime = asked.stars.map(() => 0)
    this.down = asked.stars.map(() => undefined)
    for (const condition of allParts(asked)) {
      if ('things' in condition && !isSampled(condition))
        this.things.set(condition, new Things(condition.things, simulation, this.position))
      if ('events' in condition) this.tallies.set(condition, 0)
    }
  }

  /** Whether what was read is still what happened: after a seek it may not be. */
  follows({ simulation }: Lab): boolean {
    const { journal, now } = simulation
    return now >= this.looked && journal.length >= this.position && journal.at(this.position - 1)?.id === this.lastId
  }

  /** Reads on to the present, and says how the task stands. */
  look(lab: Lab): TaskPicture {
    const { simulation } = lab
    const { journal, now } = simulation
    while (this.position < journal.length && !this.end) {
      const event = journal.at(this.position) as PastEvent
      if (event.at > this.instant) {
        this.close(this.instant, undefined)
        this.instant = event.at
        if (this.end) break
      }
      this.take(event, simulation)
    }
    this.looked = now
    if (now > this.instant && !this.end) {
      this.close(this.instant, undefined)
      this.instant = now
    }
    if (this.end) return this.picture(this.end.at, lab)
    return this.present(lab)
  }

  /** Judges the present moment. It stays open: more may happen in it. What was won or lost then stays so until the past is changed. */
  private present(lab: Lab): TaskPicture {
    const kept = [this.judged, this.hints, this.downtime, this.down] as const
    this.judged = this.judged.map((one) => ({ ...one }))
    this.downtime = [...this.downtime]
    this.down = [...this.down]
    this.hints = [...this.hints]
    this.sample(lab)
    this.close(lab.simulation.now, lab)
    const picture = this.picture(lab.simulation.now, lab)
    if (!this.end) {
      // What only the present can tell is kept: the past will not say it again.
      const { hints, judged } = this
      ;[this.judged, this.hints, this.downtime, this.down] = kept
      this.asked.hints.forEach((hint, i) => {
        if (hint && isSampled(hint)) this.hints[i] ??= hints[i] ?? null
      })
      this.asked.goals.forEach((goal, i) => {
        const met = judged[i]?.met
        if (isSampled(goal.condition) && met !== undefined) (this.judged[i] as Judged).met ??= met
      })
    }
    return picture
  }

  private take(event: PastEvent, simulation: Simulation): void {
    this.position++
    this.lastId = event.id
    for (const things of this.things.values()) things.take(event, simulation)
    for (const [condition, count] of this.tallies)
      if (isMeant(condition as EventsCondition, event)) this.tallies.set(condition, count + 1)
    this.lines.take(event, simulation)
  }

  /** Judges a moment. `lab` only for the present one, of which more can be told. */
  private close(at: number, lab: Lab | undefined): void {
    const { goals, hints, stars, lost } = this.asked
    const holds = (condition: Condition) => this.holds(condition, lab)
    goals.forEach((goal, i) => {
      judge(goal, this.judged[i] as Judged, at, holds)
    })
    hints.forEach((hint, i) => {
      if (hint && this.hints[i] === null && holds(hint)) this.hints[i] = at
    })
    stars.forEach((star, i) => {
      if (!('downtime' in star)) return
      const since = this.down[i]
      if (since !== undefined) this.downtime[i] = (this.downtime[i] ?? 0) + at - since
      this.down[i] = holds(star.downtime.of) ? undefined : at
    })
    const states = goals.map((goal, i) => stateOf(goal, this.judged[i] as Judged, at, holds))
    const broken = states.findIndex(({ state }) => state === 'broken')
    const failed = lost.findIndex(holds)
    if (broken >= 0) this.end = { state: 'lost', at: states[broken]?.at ?? at, because: { goal: broken } }
    else if (failed >= 0) this.end = { state: 'lost', at, because: { lost: failed } }
    else if (states.every(({ state }) => state === 'met' || state === 'kept')) this.end = { state: 'won', at }
    if (this.end) this.last = states
  }

  private picture(at: number, lab: Lab): TaskPicture {
    const { goals, stars } = this.asked
    const { end } = this
    return {
      state: end?.state ?? 'open',
      at: end?.at,
      because: end?.because,
      goals:
        this.last ??
        goals.map((goal, i) => stateOf(goal, this.judged[i] as Judged, at, (condition) => this.holds(condition, lab))),
      hints: [...this.hints],
      stars: stars.map((star, i) => {
        if ('commands' in star) return { open: this.lines.counted <= star.commands, value: this.lines.counted }
        const value = this.downtime[i] ?? 0
        return { open: value <= star.downtime.atMost, value }
      }),
    }
  }

  private sample(lab: Lab): void {
    const { now, journal } = lab.simulation
    const pause = journal.length === this.sampledLength ? QUIET_GLANCE : GLANCE
    if (this.sampledLength >= 0 && now < this.sampledAt + pause) return
    const runs = allParts(this.asked).filter((part): part is RunCondition => 'run' in part)
    if (runs.length === 0) return
    this.sampledAt = now
    this.sampledLength = journal.length
    for (const { run } of runs) this.outputs.set(run, lineOutput(lab, run))
  }

  private holds(condition: Condition, lab: Lab | undefined): boolean {
    if ('all' in condition) return condition.all.every((one) => this.holds(one, lab))
    if ('any' in condition) return condition.any.some((one) => this.holds(one, lab))
    if ('not' in condition) return (lab !== undefined || !isSampled(condition.not)) && !this.holds(condition.not, lab)
    if ('commands' in condition)
      return fitsAmount(condition, this.lines.given.filter((line) => fitsGlob(condition.commands, line.trim())).length)
    if ('events' in condition) return fitsAmount(condition, this.tallies.get(condition) ?? 0)
    if ('things' in condition) {
      const followed = this.things.get(condition)
      if (followed) return fitsAmount(condition, followed.count)
      return lab !== undefined && fitsAmount(condition, countNow(condition.things, lab.simulation))
    }
    return lab !== undefined && printsIt(condition, this.outputs.get(condition.run))
  }
}

function judge(goal: Goal, judged: Judged, at: number, holds: (condition: Condition) => boolean): void {
  if (judged.begun === undefined) {
    if (goal.after && !holds(goal.after)) return
    judged.begun = at
  }
  const is = holds(goal.condition)
  if (goal.how === 'always' || goal.how === 'never') {
    if (is !== (goal.how === 'always')) judged.broken ??= at
    return
  }
  if (goal.how === 'now' || judged.met !== undefined) return
  const lasting = goal.lasting ?? 0
  if (judged.since !== undefined && at - judged.since >= lasting) judged.met = judged.since + lasting
  if (!is) delete judged.since
  else {
    judged.since ??= at
    if (lasting === 0) judged.met ??= at
  }
  if (goal.within !== undefined && (judged.met ?? at) > judged.begun + goal.within) {
    judged.broken ??= judged.begun + goal.within
    delete judged.met
  }
}

function stateOf(goal: Goal, judged: Judged, at: number, holds: (condition: Condition) => boolean): GoalPicture {
  if (judged.broken !== undefined) return { state: 'broken', at: judged.broken }
  if (judged.begun === undefined) return { state: 'waiting' }
  if (goal.how === 'always' || goal.how === 'never') return { state: 'kept' }
  if (goal.how === 'now') return holds(goal.condition) ? { state: 'met', at } : { state: 'open' }
  return judged.met === undefined ? { state: 'open' } : { state: 'met', at: judged.met }
}

function isMeant({ events: { type, about, by } }: EventsCondition, event: PastEvent): boolean {
  return (
    type.some((one) => fitsGlob(one, event.type)) &&
    (about === undefined || fitsGlob(about, event.to)) &&
    (by === undefined || fitsGlob(by, event.by ?? ''))
  )
}

function printsIt({ is, matches, atLeast, atMost }: RunCondition, output: string | undefined): boolean {
  if (output === undefined) return false
  const text = output.trim()
  if (is !== undefined && text !== is.trim()) return false
  if (matches !== undefined && !fitsGlob(matches, text)) return false
  if (atLeast === undefined && atMost === undefined) return true
  const number = text === '' ? Number.NaN : Number(text)
  return number >= (atLeast ?? Number.NEGATIVE_INFINITY) && number <= (atMost ?? Number.POSITIVE_INFINITY)
}

function allParts({ goals, hints, lost, stars }: TaskAsked): readonly Condition[] {
  return [
    ...goals.flatMap(({ condition, after }) => (after ? [condition, after] : [condition])),
    ...hints.filter((hint) => hint !== null),
    ...lost,
    ...stars.flatMap((star) => ('downtime' in star ? [star.downtime.of] : [])),
  ].flatMap(parts)
}

/** Where in the journal a task began. When the past before it was changed, the first event after the time at which it began. */
function startOf({ position, at }: Began, { journal }: Simulation): number {
  const before = journal.at(position - 1)
  const fits = position <= journal.length && (before?.at ?? 0) <= at && (journal.at(position)?.at ?? at) >= at
  return fits ? position : journal.after(at)
}
