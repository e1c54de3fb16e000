import type { Entity, Fields } from './entity.ts'
import type { SimEvent } from './event.ts'
import type { Face } from './face.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { World } from './world.ts'

/**
 * A kind of thing: its lifecycle, what events do to its own fields, how long its timers run, how it looks and how it is told.
 * XState decides which state follows; `apply` only records.
 */
export interface Kind<E extends Entity = Entity> {
  /** `k8s.Pod`, `containerd.Container`. */
  readonly kind: string
  readonly lifecycle: Lifecycle
  /** How long each delay of the lifecycle takes for this entity, in ms; whole and not negative. */
  readonly delays?: { readonly [delay: string]: (entity: E, world: World) => number }
  /**
   * Fields of a new entity, from the event that brings it into being. Without it they are the event's `data`.
   * `owner` among them becomes the owner.
   */
  readonly birth?: (event: SimEvent, world: World) => Fields
  /** By event type: the fields that change. Must not mutate the entity; what is not named stays. */
  readonly apply?: { readonly [type: string]: (entity: E, event: SimEvent, world: World) => Fields }
  /** How it looks on the canvas. A kind without a face is not drawn. */
  readonly face?: Face<E>
  /**
   * By event type: what happened, in one sentence of at most 20 words, for *why* chains. Nouns of the world are written as
   * `[label](entity id)`, verbatim words of a tool in backticks. Without it the lifecycle's own description is told.
   */
  readonly tell?: { readonly [type: string]: (event: SimEvent, entity: E | undefined) => string }
}

/** Declares a kind. */
export function defineKind<E extends Entity>(kind: Kind<E>): Kind {
  return kind as unknown as Kind
}
