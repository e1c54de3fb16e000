import type { Json } from '../../kernel/index.ts'

/** Which things are meant. `name`, `namespace`, `id` and `owner` may hold `*`. */
export interface ThingsAsked {
  readonly kind: string
  readonly name?: string | undefined
  readonly namespace?: string | undefined
  readonly id?: string | undefined
  readonly state?: readonly string[] | undefined
  readonly not?: readonly string[] | undefined
  /** Only as it is now: the past keeps states, and not owners and fields. */
  readonly owner?: string | undefined
  readonly where?: { readonly [path: string]: Json } | undefined
}

/** Which events are meant. All may hold `*`. */
export interface EventsAsked {
  readonly type: readonly string[]
  readonly about?: string | undefined
  readonly by?: string | undefined
}

/** How many there must be; at least one when nothing is said. */
export interface Amount {
  readonly atLeast?: number | undefined
  readonly atMost?: number | undefined
  readonly is?: number | undefined
}

export interface ThingsCondition extends Amount {
  readonly things: ThingsAsked
}
export interface EventsCondition extends Amount {
  readonly events: EventsAsked
}
/** Lines that the learner gave since the task began, by a pattern. */
export interface CommandsCondition extends Amount {
  readonly commands: string
}
/** A shell line, run on a copy of the world, and what its output must be. */
export interface RunCondition {
  readonly run: string
  readonly is?: string | undefined
  readonly matches?: string | undefined
  readonly atLeast?: number | undefined
  readonly atMost?: number | undefined
}

/** Something that holds or does not hold at a moment. */
export type Condition =
  | ThingsCondition
  | EventsCondition
  | CommandsCondition
  | RunCondition
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

/** Whether it can only be told of the present moment. */
export function isSampled(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(isSampled)
  if ('any' in condition) return condition.any.some(isSampled)
  if ('not' in condition) return isSampled(condition.not)
  if ('run' in condition) return true
  return 'things' in condition && (condition.things.owner !== undefined || condition.things.where !== undefined)
}

/** The conditions of which a condition is made. */
export function parts(condition: Condition): readonly Condition[] {
  if ('all' in condition) return condition.all.flatMap(parts)
  if ('any' in condition) return condition.any.flatMap(parts)
  if ('not' in condition) return parts(condition.not)
  return [condition]
}

export function fitsAmount(amount: Amount, count: number): boolean {
  if (amount.is !== undefined) return count === amount.is
  if (amount.atMost !== undefined && count > amount.atMost) return false
  return count >= (amount.atLeast ?? (amount.atMost === undefined ? 1 : 0))
}
