import type { Drawn } from './draws.ts'
import type { Distractor, Item } from './item.ts'
import type { Filled } from './template.ts'
import type { Base } from './worlds.ts'

/**
 * What came of one draw: the item, the truth, and what the mistaken think, all as they are said. Where an item can be shown without them, the
 * runs that they need are made when they are first asked for; they then throw when the draw makes no item, which the proof rules out.
 */
export class Evaluated {
  readonly drawn: Drawn
  readonly filled: Filled
  readonly item: Omit<Item, 'code'>
  private readonly settled: () => Base
  private readonly judged: () => Judged | Unfit

  constructor(
    { drawn, filled }: { readonly drawn: Drawn; readonly filled: Filled },
    settled: () => Base,
    item: Omit<Item, 'code'>,
    judged: () => Judged | Unfit,
  ) {
    this.drawn = drawn
    this.filled = filled
    this.settled = settled
    this.item = item
    this.judged = judged
  }

  /** The world at the moment at which the question begins. */
  get base(): Base {
    return this.settled()
  }

  get truth(): string | undefined {
    return this.fit().truth
  }

  get distractors(): readonly Distractor[] {
    return this.fit().distractors
  }

  private fit(): Judged {
    const judged = this.judged()
    if ('unfit' in judged) throw new Error(`${this.item.template} with ${JSON.stringify(this.drawn)}: ${judged.unfit}`)
    return judged
  }
}

/** What the runs of a draw came to; no truth where goals decide. */
export interface Judged {
  readonly truth?: string | undefined
  readonly distractors: readonly Distractor[]
}

/** Why a draw makes no item. */
export interface Unfit {
  readonly unfit: string
}

/** Something that is made when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
