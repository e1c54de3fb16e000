import type { Emission, PastEvent } from './event.ts'
import type { World } from './world.ts'

/**
 * Something that reacts: it is woken for entities that events concern, looks at the world, and answers with events only.
 * Level-triggered: wakes for one entity that has not been looked at yet are one wake, and a later wake gives way to an earlier one,
 * so `reconcile` must always ask anew for whatever it still waits for.
 */
export interface Controller {
  readonly name: string
  /** By kind: the event types that it hears of, or `*` for all. Declined is heard only when named. */
  readonly watches: { readonly [kind: string]: readonly string[] | '*' }
  /** Ids of those that should be looked at after `event` (they need not exist). Runs at every heard event: keep it cheap. */
  wakes(event: PastEvent, world: World): string | Iterable<string> | undefined
  /** Time between a wake and the look, in ms: what stands for watch, queue and work of the real thing. 0 when absent. */
  readonly delay?: (id: string, world: World) => number
  /** What should happen now. Must not change anything itself. */
  reconcile(id: string, world: World): readonly Answer[] | undefined
}

/** One answer of a controller: an event, a reason for doing nothing, or a wish to look again later. */
export type Answer = Emission | Decline | Again

/** Says why `to` is left as it is. Told once for each reason and entry, however often it is said. */
export interface Decline {
  readonly decline: string
  readonly to: string
  readonly by?: string | undefined
  readonly rule?: string | undefined
  readonly inputs?: unknown
}

/** Look at the same entity again after so many ms, unless something wakes it before. */
export interface Again {
  readonly again: number
}
