import type { Controller } from './controller.ts'
import type { Derived } from './derived.ts'
import type { Kind } from './kind.ts'
import type { View } from './view.ts'
import type { World } from './world.ts'

/** What a domain brings into a world. The kernel knows domains by this shape alone. */
export interface Domain {
  readonly name: string
  readonly kinds: readonly Kind[]
  readonly controllers: readonly Controller[]
  readonly derived: readonly Derived<never>[]
  readonly views: readonly View[]
  /** Files that it takes in when one is dropped on the canvas: by extension without a dot, the command line for a path. */
  readonly files?: { readonly extensions: readonly string[]; readonly line: (path: string) => string } | undefined
  /** What is wrong with a file's text; empty for a file that is none of its own. */
  readonly lint?: ((path: string, text: string, world: World) => readonly FileProblem[]) | undefined
}

/** One thing that is wrong in a file, in the words of the tool that would refuse it. Line and column are counted from 1. */
export interface FileProblem {
  readonly line: number
  readonly column: number
  readonly message: string
}
