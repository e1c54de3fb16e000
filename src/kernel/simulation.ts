import type { Answer, Controller } from './controller.ts'
import type { Derived } from './derived.ts'
import type { Domain } from './domain.ts'
import type { Entity } from './entity.ts'
import { COMMANDED, DECLINED, type Emission, INTERRUPT, INTERRUPTED, type PastEvent, type SimEvent } from './event.ts'
import { Hearing } from './hearing.ts'
import { invariant } from './invariant.ts'
import type { Journal } from './journal.ts'
import type { Kind } from './kind.ts'
import { type Due, Queue } from './queue.ts'
import { declined, withFields } from './record.ts'
import { RuleSet } from './rule.ts'
import { type SavedTables, Tables, type World } from './world.ts'

/** An event to come, or a wake. One flat record each, since there are millions of them. */
interface Coming extends Due {
  readonly event: SimEvent | undefined
  /** For a timer: the life and the entry that it was set for, its name and when it was set. */
  readonly timer: Timer | undefined
  /** For a wake: who is to look. `to` names whom to look at. */
  readonly controller: Controller | undefined
  readonly to: string
}

interface Timer {
  readonly born: number
  readonly entry: number
  readonly delay: string
  readonly setAt: number
}

/** A wake that has not been answered yet. Replaced, not changed, when another cause joins it. */
interface Wake {
  readonly at: number
  readonly id: number
  readonly causes: readonly number[]
}

/** Everything a simulation is at one moment, sharing nothing that changes. */
export interface Checkpoint {
  readonly at: number
  readonly journalLength: number
  readonly tables: SavedTables
  readonly queue: Queue<Coming>
  /** Of controllers that are to look at something. */
  readonly wakes: readonly (readonly [Controller, ReadonlyMap<string, Wake>])[]
  readonly nextId: number
}

/** Something that is due, as a panel may show it. */
export interface DueMark {
  readonly at: number
  readonly to: string
  readonly type: string
  /** For a timer: the delay's name and when it was set. */
  readonly delay?: string
  readonly setAt?: number
}

export interface SimulationOptions {
  readonly domains: readonly Domain[]
  readonly seed: number
  readonly rules?: RuleSet
}

/** How many causes a wake keeps when several events ask for the same look. */
const CAUSES_KEPT = 4

/** A world and its clock: takes events in order, lets lifecycles decide, writes the journal and wakes controllers. */
export class Simulation {
  readonly journal: Journal
  readonly seed: number
  private readonly kinds = new Map<string, Kind>()
  private readonly controllers = new Map<string, Controller>()
  private readonly hearing: Hearing
  private readonly tables: Tables
  private queue = new Queue<Coming>()
  private readonly wakes = new Map<Controller, Map<string, Wake>>()
  private nextId = 1

  constructor({ domains, seed, rules = new RuleSet() }: SimulationOptions) {
    this.seed = seed
    for (const domain of domains) {
      for (const kind of domain.kinds) {
        invariant(!this.kinds.has(kind.kind), `kind ${kind.kind} is declared twice`)
        for (const delay of Object.keys(kind.lifecycle.definition.delays ?? {})) {
          invariant(kind.delays?.[delay], `kind ${kind.kind} does not say how long ${delay} takes`)
        }
        this.kinds.set(kind.kind, kind)
      }
      for (const controller of domain.controllers) {
        invariant(!this.controllers.has(controller.name), `controller ${controller.name} is declared twice`)
        this.controllers.set(controller.name, controller)
        this.wakes.set(controller, new Map())
      }
    }
    this.tables = new Tables(seed, rules, domains.flatMap((domain) => domain.derived) as unknown as Derived[])
    this.journal = this.tables.journal
    this.hearing = new Hearing([...this.controllers.values()])
  }

  get world(): World {
    return this.tables
  }

  get now(): number {
    return this.tables.now
  }

  /** How many entities exist. */
  get size(): number {
    return this.tables.size
  }

  /** Every kind that the domains of this simulation know. */
  allKinds(): Iterable<Kind> {
    return this.kinds.values()
  }

  kind(name: string): Kind | undefined {
    return this.kinds.get(name)
  }

  /** Gives a command line to a session, after everything due by now has happened; then takes what follows at once. */
  command(line: string, session = 'main', by?: string): void {
    this.advanceTo(this.now)
    const to = `shell.Session/${session}`
    const type = line === INTERRUPT ? INTERRUPTED : COMMANDED
    this.schedule({ to, kind: 'shell.Session', type, by, data: { line } }, [])
    this.advanceTo(this.now)
  }

  /** Schedules an event that nothing in the world caused. T2: the past throws. */
  schedule(emission: Emission, causes: readonly number[]): number {
    const after = emission.after ?? 0
    invariant(
      after >= 0 && Number.isInteger(after),
      `${emission.type} to ${emission.to} is scheduled ${after} ms from now`,
    )
    const id = this.nextId++
    const at = this.now + after
    const extra = emission.causes
    const event: SimEvent = {
      id,
      at,
      to: emission.to,
      type: emission.type,
      causes: extra && extra.length > 0 ? [...extra, ...causes] : causes,
      kind: emission.kind,
      by: emission.by,
      rule: emission.rule,
      inputs: emission.inputs,
      data: emission.data,
    }
    this.queue.push({ at, id, wake: false, to: emission.to, event, timer: undefined, controller: undefined })
    return id
  }

  /** Takes everything due by `at`, then stands there. */
  advanceTo(at: number): void {
    invariant(at >= this.now, `cannot go back from ${this.now} to ${at}: seek does`)
    for (let next = this.queue.peek(); next && next.at <= at; next = this.queue.peek()) this.takeNext()
    this.tables.now = at
  }

  /** Takes events until one was written down, and returns it; undefined when nothing is due by `limit`. */
  step(limit = Number.POSITIVE_INFINITY): PastEvent | undefined {
    const length = this.journal.length
    for (let next = this.queue.peek(); next && next.at <= limit; next = this.queue.peek()) {
      this.takeNext()
      if (this.journal.length > length) return this.journal.at(this.journal.length - 1)
    }
    return undefined
  }

  /** When something is due next, if ever. */
  nextAt(): number | undefined {
    return this.queue.peek()?.at
  }

  /** What is due, soonest first: timers that still hold and events under way, without wakes. */
  due(limit = 200): readonly DueMark[] {
    const marks: DueMark[] = []
    for (const { at, event, timer } of this.queue.items()) {
      if (!event || (timer && !this.holds(event.to, timer))) continue
      marks.push(
        timer
          ? { at, to: event.to, type: event.type, delay: timer.delay, setAt: timer.setAt }
          : { at, to: event.to, type: event.type },
      )
    }
    return marks.sort((a, b) => a.at - b.at).slice(0, limit)
  }

  /** Timers that run for one entity. */
  timersOf(id: string): readonly DueMark[] {
    return this.due(Number.POSITIVE_INFINITY).filter((mark) => mark.to === id && mark.delay !== undefined)
  }

  checkpoint(): Checkpoint {
    return {
      at: this.now,
      journalLength: this.journal.length,
      tables: this.tables.save(),
      queue: this.queue.copy(),
      wakes: [...this.wakes].flatMap(([controller, waiting]) =>
        waiting.size === 0 ? [] : [[controller, new Map(waiting)] as const],
      ),
      nextId: this.nextId,
    }
  }

  /** Becomes what it was at a checkpoint; the journal loses what came after. To one that lies ahead, `known` has what happens until then. */
  restore(checkpoint: Checkpoint, known: readonly PastEvent[] = []): void {
    const { journal } = this
    for (let i = journal.length; i < checkpoint.journalLength; i++) {
      const event = known[i]
      invariant(event, 'what happens until a checkpoint is known')
      journal.append(event)
    }
    journal.truncate(checkpoint.journalLength)
    this.tables.load(checkpoint.tables)
    this.queue = checkpoint.queue.copy()
    for (const waiting of this.wakes.values()) if (waiting.size > 0) waiting.clear()
    for (const [controller, waiting] of checkpoint.wakes) this.wakes.set(controller, new Map(waiting))
    this.nextId = checkpoint.nextId
  }

  /**
   * Becomes what another simulation of the same domains and seed was at a checkpoint, `past` being its journal until then, and goes on by
   * its own rules.
   */
  adopt(checkpoint: Checkpoint, past: readonly PastEvent[]): void {
    this.journal.truncate(0)
    this.restore(checkpoint, past)
  }

  /** Decides by other rules from now on, also after a `restore`: runs that part at one moment then need no simulation each. */
  decideBy(rules: RuleSet): void {
    this.tables.rules = rules
  }

  private takeNext(): void {
    const coming = this.queue.pop()
    if (!coming) return
    this.tables.now = coming.at
    if (coming.controller) this.look(coming.controller, coming.to, coming.id)
    else if (coming.event && (!coming.timer || this.holds(coming.event.to, coming.timer))) this.take(coming.event)
  }

  private holds(id: string, timer: { readonly born: number; readonly entry: number }): boolean {
    const entity = this.tables.get(id)
    return entity !== undefined && entity.born === timer.born && entity.entry === timer.entry
  }

  private take(event: SimEvent): void {
    const before = this.tables.get(event.to)
    const after = before ? this.changed(before, event) : this.born(event)
    if (!after) return
    this.tables.revision = this.journal.length + 1
    const kind = this.kinds.get(after.kind) as Kind
    const gone = kind.lifecycle.isFinal(after.state)
    this.tables.replace(before, gone ? undefined : after)
    const past: PastEvent = {
      id: event.id,
      at: event.at,
      to: event.to,
      type: event.type,
      causes: event.causes,
      kind: after.kind,
      by: event.by,
      rule: event.rule,
      inputs: event.inputs,
      data: event.data,
      from: before?.state,
      into: after.state,
    }
    this.journal.append(past)
    if (event.by !== undefined) this.tables.credit(event.by)
    if (!gone && after.entry !== before?.entry) this.startTimers(kind, after, past)
    this.wake(past)
  }

  private born(event: SimEvent): Entity | undefined {
    const kind = event.kind === undefined ? undefined : this.kinds.get(event.kind)
    if (!kind) return undefined
    const fields = kind.birth ? kind.birth(event, this.tables) : ((event.data ?? {}) as object)
    return {
      ...(fields as object),
      id: event.to,
      kind: kind.kind,
      state: kind.lifecycle.initial,
      entry: 1,
      since: event.at,
      born: event.id,
    }
  }

  private changed(before: Entity, event: SimEvent): Entity | undefined {
    const kind = this.kinds.get(before.kind) as Kind
    const step = kind.lifecycle.step(before.state, event.type)
    if (!step) return undefined
    const apply = kind.apply?.[event.type]
    const fields = event.type === DECLINED ? declined(before, event) : apply?.(before, event, this.tables)
    const after = withFields(before, fields)
    if (step.enters) {
      after.state = step.into
      after.entry = before.entry + 1
      after.since = event.at
    }
    return after
  }

  private startTimers(kind: Kind, entity: Entity, cause: PastEvent): void {
    const timers = kind.lifecycle.timers(entity.state)
    if (timers.length === 0) return
    const causes = [cause.id]
    for (const { delay, type } of timers) {
      const ms = kind.delays?.[delay]?.(entity, this.tables) ?? 0
      if (ms === Number.POSITIVE_INFINITY) continue
      invariant(ms >= 0 && Number.isInteger(ms), `delay ${delay} of ${entity.id} takes ${ms} ms`)
      const id = this.nextId++
      const at = this.now + ms
      const event: SimEvent = {
        id,
        at,
        to: entity.id,
        type,
        causes,
        kind: undefined,
        by: undefined,
        rule: undefined,
        inputs: undefined,
        data: undefined,
      }
      const timer = { born: entity.born, entry: entity.entry, delay, setAt: this.now }
      this.queue.push({ at, id, wake: false, to: entity.id, event, timer, controller: undefined })
    }
  }

  private wake(event: PastEvent): void {
    const hearers = this.hearing.of(event)
    if (hearers.length === 0) return
    const causes = [event.id]
    for (const controller of hearers) {
      const ids = controller.wakes(event, this.tables)
      if (ids === undefined) continue
      if (typeof ids === 'string') this.lookAt(controller, ids, controller.delay?.(ids, this.tables) ?? 0, causes)
      else for (const id of ids) this.lookAt(controller, id, controller.delay?.(id, this.tables) ?? 0, causes)
    }
  }

  private lookAt(controller: Controller, to: string, after: number, causes: readonly number[]): void {
    const wakes = this.wakes.get(controller) as Map<string, Wake>
    const at = this.now + after
    const standing = wakes.get(to)
    if (standing && standing.at <= at) {
      if (standing.causes.length < CAUSES_KEPT) wakes.set(to, { ...standing, causes: [...standing.causes, ...causes] })
      return
    }
    const id = this.nextId++
    wakes.set(to, { at, id, causes })
    this.queue.push({ at, id, wake: true, to, event: undefined, timer: undefined, controller })
  }

  private look(controller: Controller, to: string, id: number): void {
    const wakes = this.wakes.get(controller) as Map<string, Wake>
    const wake = wakes.get(to)
    if (wake?.id !== id) return
    wakes.delete(to)
    const answers = controller.reconcile(to, this.tables)
    if (answers) for (const answer of answers) this.answer(controller, to, answer, wake.causes)
  }

  private answer(controller: Controller, entity: string, answer: Answer, causes: readonly number[]): void {
    if ('again' in answer) {
      invariant(answer.again > 0, `${controller.name} would look at ${entity} again at once, for ever`)
      this.lookAt(controller, entity, answer.again, causes)
      return
    }
    if ('decline' in answer) {
      const about = this.tables.get(answer.to)
      const told = about?.declined?.[controller.name]
      if (!about || (told?.reason === answer.decline && told.entry === about.entry)) return
      const { to, by, rule, inputs } = answer
      this.schedule(
        { to, by, rule, inputs, type: DECLINED, data: { controller: controller.name, reason: answer.decline } },
        causes,
      )
      return
    }
    this.schedule(answer, causes)
  }
}
