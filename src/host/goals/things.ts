import type { Entity, Json, PastEvent, Simulation } from '../../kernel/index.ts'
import type { ThingsAsked } from './condition.ts'
import { fitsGlob } from './glob.ts'

/** The things that fit a question, followed through the journal: how many of them count at each moment. */
export class Things {
  count = 0
  private readonly asked: ThingsAsked
  private readonly states = new Map<string, string>()
  private readonly fits = new Map<string, boolean>()

  /** Begins with what there was when the journal was `from` events long: what is now, with everything since undone. */
  constructor(asked: ThingsAsked, simulation: Simulation, from: number) {
    this.asked = asked
    const { world, journal } = simulation
    for (const { id, state } of world.all(asked.kind)) if (this.isMeant(id)) this.states.set(id, state)
    for (let i = journal.length - 1; i >= from; i--) {
      const event = journal.at(i)
      if (event?.kind !== asked.kind || !this.isMeant(event.to)) continue
      if (event.from === undefined) this.states.delete(event.to)
      else this.states.set(event.to, event.from)
    }
    for (const state of this.states.values()) if (counts(asked, state)) this.count++
  }

  take(event: PastEvent, simulation: Simulation): void {
    const { asked, states } = this
    if (event.kind !== asked.kind || !this.isMeant(event.to)) return
    const before = states.get(event.to)
    if (before !== undefined && counts(asked, before)) this.count--
    if (simulation.kind(asked.kind)?.lifecycle.isFinal(event.into)) {
      states.delete(event.to)
      return
    }
    states.set(event.to, event.into)
    if (counts(asked, event.into)) this.count++
  }

  private isMeant(id: string): boolean {
    let fits = this.fits.get(id)
    if (fits === undefined) {
      fits = isNamed(this.asked, id)
      this.fits.set(id, fits)
    }
    return fits
  }
}

/** How many things fit a question as the world is now, with their owners and fields. */
export function countNow(asked: ThingsAsked, simulation: Simulation): number {
  let count = 0
  for (const entity of simulation.world.all(asked.kind)) {
    if (!isNamed(asked, entity.id) || !counts(asked, entity.state)) continue
    if (asked.owner !== undefined && !fitsGlob(asked.owner, entity.owner ?? '')) continue
    if (Object.entries(asked.where ?? {}).every(([path, value]) => equal(fieldOf(entity, path), value))) count++
  }
  return count
}

function isNamed({ name, namespace, id: whole }: ThingsAsked, id: string): boolean {
  if (whole !== undefined && !fitsGlob(whole, id)) return false
  if (name !== undefined && !fitsGlob(name, id.slice(id.lastIndexOf('/') + 1))) return false
  return namespace === undefined || fitsGlob(namespace, id.split('/').slice(1, -1).join('/'))
}

function counts({ state, not }: ThingsAsked, is: string): boolean {
  return (state === undefined || state.includes(is)) && !not?.includes(is)
}

/** A field by its path: `spec.template.spec.containers.0.image`. A name with dots in it stands in brackets: `metadata.labels[app.io/x]`. */
function fieldOf(entity: Entity, path: string): unknown {
  let value: unknown = entity
  for (const [, plain, bracketed] of path.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
    if (typeof value !== 'object' || value === null) return undefined
    const name = plain ?? bracketed ?? ''
    value = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
  }
  return value
}

function equal(value: unknown, wanted: Json): boolean {
  if (typeof wanted === 'string' && typeof value === 'string') return fitsGlob(wanted, value)
  return value === wanted || JSON.stringify(value) === JSON.stringify(wanted)
}
