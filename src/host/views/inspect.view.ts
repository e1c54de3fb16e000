import type { FaceAction, Lifecycle, LifecycleDefinition, Look, PastEvent } from '../../kernel/index.ts'
import { eventTypes } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { nameOf, type Told, tellEvent } from './telling.ts'

/** Everything that the inspector shows of one entity, except *why*. */
export interface Inspection {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly label: string
  readonly pictogram: string
  readonly look?: Look | undefined
  readonly state: string
  readonly since: number
  readonly entry: number
  readonly owner?: string | undefined
  readonly owned: readonly { readonly id: string; readonly kind: string; readonly state: string }[]
  readonly within: readonly string[]
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
    const about = [...simulation.journal].filter((event) => event.to === id && event.id >= entity.born)
    const entered = about.filter((event, i) => i === 0 || event.from !== event.into || reenters(kind.lifecycle, event))
    return {
      id,
      kind: entity.kind,
      name: nameOf(id),
      label: kind.face?.label ?? entity.kind,
      pictogram: kind.face?.pictogram ?? 'object',
      look: kind.face?.look(entity, world),
      state: entity.state,
      since: entity.since,
      entry: entity.entry,
      owner: entity.owner,
      owned: world.ownedBy(id).map((other) => ({ id: other.id, kind: other.kind, state: other.state })),
      within: places(lab, id),
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
      events: about.slice(-MOST_EVENTS).map((event) => tellEvent(simulation, event)),
    }
  },
})

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
function places(
  lab: { readonly simulation: import('../../kernel/index.ts').Simulation },
  id: string,
): readonly string[] {
  const { simulation } = lab
  const path: string[] = []
  for (let at: string | undefined | null = id; at && !path.includes(at); ) {
    path.unshift(at)
    const entity = simulation.world.get(at)
    const face = entity && simulation.kind(entity.kind)?.face
    at = entity && face?.within ? face.within(entity, simulation.world) : undefined
  }
  return path
}
