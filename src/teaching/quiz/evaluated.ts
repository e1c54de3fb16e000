import type { Drawn } from './draws.ts'
import type { Distractor, Item } from './item.ts'
import type { Filled } from './template.ts'
import type { Base } from './worlds.ts'

/**
 * What came of one draw: the item, the truth, and what the mistaken think, all as they are said. Where an item can be shown without them, the
 * runs that they need are made when they are first asked for; an answer that does not come then throws, which the proof rules out.
 */
export class Evaluated {
  readonly drawn: Drawn
  readonly filled: Filled
  readonly item: Omit<Item, 'code'>
  private readonly parts: readonly [() => Base, () => string | undefined, () => readonly Distractor[]]

  constructor(
    { drawn, filled, item }: Pick<Evaluated, 'drawn' | 'filled' | 'item'>,
    base: () => Base,
    truth: () => string | undefined,
    distractors: () => readonly Distractor[],
  ) {
    this.drawn = drawn
    this.filled = filled
    this.item = item
    this.parts = [base, truth, distractors]
  }

  /** The world at the moment at which the question begins. */
  get base(): Base {
    return this.parts[0]()
  }

  /** The right answer as an option, a number, or lines; none where goals decide. */
  get truth(): string | undefined {
    return this.parts[1]()
  }

  get distractors(): readonly Distractor[] {
    return this.parts[2]()
  }
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
