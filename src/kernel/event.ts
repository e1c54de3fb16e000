/**
 * One thing that may happen, happens or happened. In the queue it is to come, in the journal it is past.
 * `type` is exactly the event type of the target's lifecycle (a timer's is `after.<delay>`).
 */
export interface SimEvent {
  /** From a counter that is part of the state; events of one instant are taken in this order. */
  readonly id: number
  /** Virtual time, in whole ms since the world began. */
  readonly at: number
  /** Id of the entity that it happens to. */
  readonly to: string
  readonly type: string
  /** Ids of journaled events that led to it; empty only for a command. */
  readonly causes: readonly number[]
  /** The kind to bring into being when `to` does not exist yet. */
  readonly kind: string | undefined
  /** Id of the entity that did it (a scheduler, a kubelet, a session), where that is not `to` itself. */
  readonly by: string | undefined
  /** Id of the rule that it follows from, and what the rule was given or answered, in brief. */
  readonly rule: string | undefined
  readonly inputs: unknown
  /** What it carries. Plain JSON. */
  readonly data: unknown
}

/** An event as the journal keeps it: with the state that it found and the state that it left. */
export interface PastEvent extends SimEvent {
  /** State before; absent for the event that brought the entity into being. */
  readonly from: string | undefined
  readonly into: string
}

/** What a controller or a program asks to happen. The kernel numbers it, dates it and writes down its causes. */
export interface Emission {
  readonly to: string
  readonly type: string
  /** Delay in ms from now; 0 when absent. Negative throws. */
  readonly after?: number | undefined
  readonly kind?: string | undefined
  readonly by?: string | undefined
  readonly rule?: string | undefined
  readonly inputs?: unknown
  readonly data?: unknown
  /** Further causes besides those of the wake. */
  readonly causes?: readonly number[] | undefined
}

/** The type of a command line given by a learner: the root of every chain of causes. */
export const COMMANDED = 'Commanded'

/** The line that stands for Ctrl-C, and the type of the event that it becomes: a root like a command. */
export const INTERRUPT = '\u0003'
export const INTERRUPTED = 'Interrupted'

/** The type of a controller's answer "I leave it as it is, because ...": accepted in every state of every lifecycle. */
export const DECLINED = 'Declined'
