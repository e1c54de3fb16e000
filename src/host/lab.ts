import { type Domain, type Json, RuleSet, Simulation, Timeline, type View } from '../kernel/index.ts'
import type { LabView } from './labView.ts'
import { same } from './same.ts'

export interface LabOptions {
  readonly domains: readonly Domain[]
  readonly views?: readonly LabView[]
  readonly seed: number
  /** Rules replaced for the whole run, by id. */
  readonly rules?: Readonly<Record<string, (input: never) => unknown>>
}

/** One view that a page looks at. */
interface Subscription {
  readonly view: View | LabView
  readonly params: Json
  stamp: string
  value?: unknown
  /** What the page has of an earlier world: not told again when it is the same in this one. */
  known: unknown
}

/** What one frame brings: the views whose values differ from those of the last one, by subscription. */
export interface Frame {
  readonly values: readonly (readonly [subscription: number, value: unknown])[]
}

/** Slowest and fastest pace, in virtual ms for one real ms. */
export const PACE = { least: 0.1, most: 60 } as const

/** A world with its past, its pace and those who look at it. Synchronous: a host calls `tick` and `frame`, and carries the answers. */
export class Lab {
  readonly timeline: Timeline
  readonly domains: readonly Domain[]
  /** How many virtual ms pass in a real ms while it plays. */
  speed = 1
  playing = false
  private readonly views = new Map<string, View | LabView>()
  private readonly subscriptions = new Map<number, Subscription>()
  private nextSubscription = 1
  private remainder = 0
  /** Grows with everything that a view might see other than by the version of a kind: seek, fork, pace. */
  private turns = 0

  constructor({ domains, views = [], seed, rules }: LabOptions) {
    this.domains = domains
    this.timeline = new Timeline(new Simulation({ domains, seed, rules: new RuleSet(rules) }))
    for (const view of [...domains.flatMap((domain) => domain.views), ...views]) this.views.set(view.name, view)
  }

  get simulation(): Simulation {
    return this.timeline.simulation
  }

  /** Lets real time pass: runs the world so far as its pace says. Whole virtual ms; what is left is kept. */
  tick(realMs: number): void {
    if (!this.playing) return
    const virtual = realMs * this.speed + this.remainder
    const whole = Math.floor(virtual)
    this.remainder = virtual - whole
    if (whole > 0) this.timeline.seek(this.timeline.now + whole)
  }

  play(speed = this.speed): void {
    this.speed = Math.min(PACE.most, Math.max(PACE.least, speed))
    this.playing = true
    this.turns++
  }

  pause(): void {
    this.playing = false
    this.remainder = 0
    this.turns++
  }

  command(line: string, session?: string, by?: string): void {
    this.timeline.command(line, session, by)
    this.turns++
  }

  /** Goes to a virtual time, back or ahead. */
  seek(at: number): void {
    this.timeline.seek(Math.max(0, Math.round(at)))
    this.remainder = 0
    this.turns++
  }

  /** Goes to the next (1) or the previous (-1) event of the journal. */
  step(direction: 1 | -1): void {
    this.playing = false
    this.turns++
    if (direction === 1) {
      this.timeline.step()
      return
    }
    const { journal } = this.simulation
    let last = journal.after(this.timeline.now) - 1
    const at = journal.at(last)?.at
    while (last >= 0 && journal.at(last)?.at === at) last--
    this.timeline.seek(journal.at(last)?.at ?? 0)
  }

  switchTo(branch: number, at?: number): void {
    this.timeline.switchTo(branch, at)
    this.turns++
  }

  /** Runs lines for `ms` on a world that is thrown away afterwards, and says what `read` finds there. */
  trial<T>(lines: readonly string[], ms: number, read: (lab: Lab) => T): T {
    const { simulation } = this
    const saved = simulation.checkpoint()
    try {
      for (const line of lines) simulation.command(line, 'trial', 'trial')
      simulation.advanceTo(simulation.now + ms)
      return read(this)
    } finally {
      simulation.restore(saved)
    }
  }

  /** Looks at a view once. Unknown names throw. */
  ask(name: string, params: Json = null): unknown {
    const view = this.views.get(name)
    if (!view) throw new Error(`there is no view ${name}`)
    return this.select(view, params)
  }

  /** The view of a name, if one of the domains or of the host has it. */
  view(name: string): View | LabView | undefined {
    return this.views.get(name)
  }

  /**
   * Begins to look at a view: its value comes with the next frame and whenever what it reads has changed. `known` is what was seen of it
   * in a world that was the same: the first value comes only when it is another one.
   */
  subscribe(name: string, params: Json = null, known?: unknown): number {
    const view = this.views.get(name)
    if (!view) throw new Error(`there is no view ${name}`)
    const id = this.nextSubscription++
    this.subscriptions.set(id, { view, params, stamp: '', known })
    return id
  }

  /** What was last told of a subscription. */
  told(id: number): unknown {
    return this.subscriptions.get(id)?.value
  }

  unsubscribe(id: number): void {
    this.subscriptions.delete(id)
  }

  /** Values of all views that may have changed since the last frame; undefined when there are none. */
  frame(): Frame | undefined {
    const values: [number, unknown][] = []
    for (const [id, subscription] of this.subscriptions) {
      const stamp = this.stamp(subscription.view.reads)
      if (stamp === subscription.stamp) continue
      const first = subscription.stamp === ''
      subscription.stamp = stamp
      const value = this.select(subscription.view, subscription.params)
      // To compare is cheaper than to send and to draw: after a seek most of what is looked at is as it was.
      if (!first && same(value, subscription.value)) continue
      subscription.value = value
      const { known } = subscription
      subscription.known = undefined
      if (known !== undefined && JSON.stringify(known) === JSON.stringify(value)) continue
      values.push([id, value])
    }
    return values.length > 0 ? { values } : undefined
  }

  private select(view: View | LabView, params: Json): unknown {
    return 'selectLab' in view ? view.selectLab(this, params) : view.select(this.simulation.world, params as never)
  }

  private stamp(reads: readonly string[]): string {
    const { world, journal, now } = this.simulation
    let stamp = String(this.turns)
    for (const what of reads) {
      if (what === 'time') stamp += ` ${now}`
      else if (what === 'journal' || what === '*') stamp += ` ${journal.length}:${world.revision}`
      else stamp += ` ${world.version(what)}`
    }
    return stamp
  }
}
