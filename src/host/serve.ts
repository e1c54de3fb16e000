import type { Domain, Json } from '../kernel/index.ts'
import type { Completion } from '../shell/index.ts'
import type { Candidates } from './client.ts'
import { type Frame, Lab, type LabOptions } from './lab.ts'
import { type Beginning, load, type Save, saveOf } from './save.ts'

/** What a host must bring: domains and views, and how completion is asked. */
export interface ServeOptions extends Omit<LabOptions, 'seed' | 'rules'> {
  readonly complete: (
    lab: Lab,
    line: string,
    cursor: number,
    session: string,
  ) => { readonly from: number; readonly candidates: readonly Completion[] }
}

/**
 * One lab being served: the same for a page in this thread and for a Web Worker. It never throws out of `tick`: a failure of ours
 * stops the world and is kept in `crashed`.
 */
export class Service {
  crashed: string | undefined
  private lab: Lab
  private options: ServeOptions
  private readonly looking = new Map<number, { readonly view: string; readonly params: Json; inLab: number }>()
  private nextLook = 1

  constructor(options: ServeOptions) {
    this.options = options
    this.lab = new Lab({ ...options, seed: 1 })
  }

  subscribe(view: string, params: Json): number {
    const id = this.nextLook++
    this.looking.set(id, { view, params, inLab: this.lab.subscribe(view, params) })
    return id
  }

  /** Whether there is a view of this name. */
  knows(view: string): boolean {
    return this.lab.view(view) !== undefined
  }

  /** Whether what a view says grows with the domains. */
  tellsOfDomains(view: string): boolean {
    const known = this.lab.view(view)
    return known !== undefined && 'ofDomains' in known && known.ofDomains === true
  }

  unsubscribe(id: number): void {
    const look = this.looking.get(id)
    if (look) this.lab.unsubscribe(look.inLab)
    this.looking.delete(id)
  }

  ask(view: string, params: Json): unknown {
    return this.guard(() => this.lab.ask(view, params))
  }

  command(line: string, session = 'main', by?: string): void {
    this.guard(() => this.lab.command(line, session, by))
  }

  complete(line: string, cursor: number, session = 'main'): Candidates {
    return this.options.complete(this.lab, line, cursor, session)
  }

  play(speed?: number): void {
    if (this.crashed === undefined) this.lab.play(speed)
  }

  pause(): void {
    this.lab.pause()
  }

  seek(at: number): void {
    this.guard(() => this.lab.seek(at))
  }

  step(direction: 1 | -1): void {
    this.guard(() => this.lab.step(direction))
  }

  switchTo(branch: number, at?: number): void {
    this.guard(() => this.lab.switchTo(branch, at))
  }

  save(): Save {
    return saveOf(this.lab)
  }

  /** A save that does not run to its end leaves the present world as it is, and throws. */
  open(from: Save | Beginning): void {
    const lab = new Lab({ ...this.options, seed: from.seed })
    load(lab, from)
    this.lab = lab
    this.crashed = undefined
    for (const look of this.looking.values()) look.inLab = lab.subscribe(look.view, look.params)
  }

  /**
   * Goes on with more domains: the same history is run again with them, at the same pace, and those who look are told only what is another now.
   * After a crash the broken world stays to be saved; the next one has them.
   */
  extend(domains: readonly Domain[]): void {
    this.options = { ...this.options, domains }
    if (this.crashed !== undefined) return
    this.guard(() => {
      const { lab: before } = this
      const lab = new Lab({ ...this.options, seed: before.simulation.seed })
      load(lab, saveOf(before))
      lab.speed = before.speed
      if (before.playing) lab.play()
      this.lab = lab
      for (const look of this.looking.values())
        look.inLab = lab.subscribe(look.view, look.params, before.told(look.inLab))
    })
  }

  /** Lets real time pass and says what has changed for those who look; `told` is false while they cannot be told, and then it is kept for later. */
  tick(realMs: number, told = true): Frame | undefined {
    if (this.crashed !== undefined) return undefined
    try {
      this.lab.tick(realMs)
      if (!told) return undefined
      const frame = this.lab.frame()
      if (!frame) return undefined
      const outer = new Map([...this.looking].map(([id, look]) => [look.inLab, id]))
      return { values: frame.values.map(([id, value]) => [outer.get(id) ?? id, value] as const) }
    } catch (error) {
      this.fail(error)
      return undefined
    }
  }

  private guard<T>(work: () => T): T {
    if (this.crashed !== undefined) throw new Error(this.crashed)
    try {
      return work()
    } catch (error) {
      this.fail(error)
      throw error
    }
  }

  private fail(error: unknown): void {
    this.lab.pause()
    this.crashed = error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}
