import type { Json } from './json.ts'

/**
 * One thing that exists: a plain JSON record, replaced as a whole at every change and never mutated.
 * Beyond these fields it has its own (a Kubernetes object keeps its real `metadata`, `spec` and `status`).
 */
export interface Entity {
  /** Unique while it exists; readable: `k8s.Pod/default/web-1`. */
  readonly id: string
  /** Names its lifecycle and its face: `k8s.Pod`. */
  readonly kind: string
  /** Id of the entity that it goes with, if any. */
  readonly owner?: string | undefined
  /** A state of its lifecycle. */
  readonly state: string
  /** How many states it has entered; a timer set for another entry is void. */
  readonly entry: number
  /** Virtual time at which it entered `state`, in ms. */
  readonly since: number
  /** Id of the event that brought it into being: tells two lives under one id apart. */
  readonly born: number
  /** Reasons that controllers gave for leaving it as it is, by controller, each with the entry it was given in. */
  readonly declined?: { readonly [controller: string]: { readonly reason: string; readonly entry: number } } | undefined
}

/** The fields that an entity brings along beyond those that the kernel keeps. */
export type Fields = { readonly [field: string]: Json | undefined | object }
