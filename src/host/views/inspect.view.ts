import type {
  Face,
  FaceAction,
  Json,
  Lifecycle,
  LifecycleDefinition,
  Look,
  PastEvent,
  Simulation,
  Tone,
} from '../../kernel/index.ts'
import { eventTypes } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { calledOf, type Told, tellEvent, toneOf } from './telling.ts'

/** Everything that the inspector shows of one entity, except *why*. */
export interface Inspection {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly label: string
  readonly pictogram: string
  readonly look?: Look | undefined
  readonly state: string
  /** By state: the tone that its tags give it. */
  readonly tones: { readonly [state: string]: Tone | undefined }
  readonly since: number
  /** When it came into being. */
  readonly bornAt: number
  readonly now: number
  readonly entry: number
  readonly owner?: string | undefined
  /** What stands between kind and name in its id: the namespace, where there is one. */
  readonly scope?: string | undefined
  readonly owned: readonly { readonly id: string; readonly kind: string; readonly state: string }[]
  readonly within: readonly string[]
  /** What the things in `within` and the owner are called, by id. */
  readonly called: { readonly [id: string]: string }
  /** The shape of what it is drawn inside of. */
  readonly place?: Face['shape'] | undefined
  readonly lifecycle: LifecycleDefinition
  /** Running timers. */
  readonly timers: readonly { readonly delay: string; readonly setAt: number; readonly at: number }[]
  /** States that it was in, oldest first. */
  readonly history: readonly {
    readonly at: number
    readonly type: string
    readonly from?: string | undefined
    readonly into: string
    readonly event: number
  }[]
  /** How often each transition was taken: `from type into`. */
  readonly taken: { readonly [transition: string]: number }
  /** Event types that its state accepts now. */
  readonly accepts: readonly string[]
  readonly actions: readonly FaceAction[]
  readonly source?: { readonly language: 'yaml' | 'json'; readonly text: string; readonly apply: string } | undefined
  /** Whether it writes a log. */
  readonly logs: boolean
  /** The view that draws its history of commits, where it has one. */
  readonly graph?: { readonly view: string; readonly params: Json } | undefined
  readonly events: readonly Told[]
}

/** Most journal events that are told of one entity; the newest. */
const MOST_EVENTS = 60

/** One entity in full; `null` when it no longer exists. */
export const inspectView = defineLabView<{ id: string }, Inspection | null>({
  name: 'inspect',
  reads: ['journal'],
  selectLab(lab, { id }) {
    const { simulation } = lab
    const { world } = simulation
    const entity = world.get(id)
    const kind = entity && simulation.kind(entity.kind)
    if (!entity || !kind) return null
    const about = eventsAbout(simulation, id, entity.born)
    const entered = about.filter((event, i) => i === 0 || event.from !== event.into || reenters(kind.lifecycle, event))
    const within = places(simulation, id)
    const place = world.get(within.at(-2) ?? '')
    return {
      id,
      kind: entity.kind,
      name: calledOf(simulation, id),
      called: Object.fromEntries(
        [...within, ...(entity.owner === undefined ? [] : [entity.owner])].map((one) => [
          one,
          calledOf(simulation, one),
        ]),
      ),
      label: kind.face?.label ?? entity.kind,
      pictogram: kind.face?.pictogram ?? 'object',
      look: kind.face?.look(entity, world),
      state: entity.state,
      tones: Object.fromEntries(
        Object.keys(kind.lifecycle.definition.states).map((state) => [state, toneOf(kind, state)]),
      ),
      since: entity.since,
      bornAt: about[0]?.at ?? entity.since,
      now: world.now,
      entry: entity.entry,
      owner: entity.owner,
      scope: scopeOf(id),
      owned: world.ownedBy(id).map((other) => ({ id: other.id, kind: other.kind, state: other.state })),
      within,
      place: place && simulation.kind(place.kind)?.face?.shape,
      lifecycle: kind.lifecycle.definition,
      timers: simulation.timersOf(id).map(({ delay = '', setAt = 0, at }) => ({ delay, setAt, at })),
      history: entered.map((event) => ({
        at: event.at,
        type: event.type,
        from: event.from,
        into: event.into,
        event: event.id,
      })),
      taken: count(about),
      accepts: eventTypes(kind.lifecycle.definition).filter((type) => kind.lifecycle.step(entity.state, type)),
      actions: kind.face?.actions?.(entity, world) ?? [],
      source: kind.face?.source && {
        language: kind.face.source.language,
        text: kind.face.source.text(entity, world),
        apply: kind.face.source.apply(entity, 'FILE'),
      },
      logs: kind.face?.logs !== undefined,
      graph: kind.face?.graph && { view: kind.face.graph.view, params: kind.face.graph.params(entity) },
      events: about.slice(-MOST_EVENTS).map((event) => tellEvent(simulation, event)),
    }
  },
})

/** What stands between kind and name in an id; nothing where that is digits that nobody calls it by. */
function scopeOf(id: string): string | undefined {
  const scope = id.split('/').slice(1, -1)
  return scope.length === 0 || scope.some((part) => /^[0-9a-f-]{12,}$/.test(part)) ? undefined : scope.join('/')
}

/** What happened to an entity in this life, oldest first. */
function eventsAbout(simulation: Simulation, id: string, born: number): readonly PastEvent[] {
  const { journal } = simulation
  const about: PastEvent[] = []
  for (let i = Math.max(0, journal.position(born)); i < journal.length; i++) {
    const event = journal.at(i)
    if (event?.to === id) about.push(event)
  }
  return about
}

function reenters(lifecycle: Lifecycle, event: PastEvent): boolean {
  return event.from !== undefined && lifecycle.step(event.from, event.type)?.enters === true
}

function count(events: readonly PastEvent[]): Record<string, number> {
  const taken: Record<string, number> = {}
  for (const event of events) {
    const key = `${event.from ?? ''} ${event.type} ${event.into}`
    taken[key] = (taken[key] ?? 0) + 1
  }
  return taken
}

/** Ids from the outermost frame to the entity: the breadcrumb. */
function places(simulation: Simulation, id: string): readonly string[] {
  const path: string[] = []
  for (let at: string | undefined | null = id; at && !path.includes(at); ) {
    path.unshift(at)
    const entity = simulation.world.get(at)
    const face = entity && simulation.kind(entity.kind)?.face
    at = entity && face?.within ? face.within(entity, simulation.world) : undefined
  }
  return path
}
