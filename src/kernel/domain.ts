import type { Controller } from './controller.ts'
import type { Derived } from './derived.ts'
import type { Kind } from './kind.ts'
import type { View } from './view.ts'

/** What a domain brings into a world. The kernel knows domains by this shape alone. */
export interface Domain {
  readonly name: string
  readonly kinds: readonly Kind[]
  readonly controllers: readonly Controller[]
  readonly derived: readonly Derived<never>[]
  readonly views: readonly View[]
}
