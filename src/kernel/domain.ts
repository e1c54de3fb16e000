import type { Controller } from './controller.ts'
import type { Derived } from './derived.ts'
import type { Exported } from './exported.ts'
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
  /** Sorts of files that it takes in when one is dropped or pasted on the canvas. */
  readonly files?: readonly FileIntake[] | undefined
  /** What is wrong with a file's text; empty for a file that is none of its own. */
  readonly lint?: ((path: string, text: string, world: World) => readonly FileProblem[]) | undefined
  /** What was built, as files that run on the real thing, and how to run them. What controllers make of it by themselves is left out. */
  readonly exports?: ((world: World) => Exported) | undefined
  /** Figures by name, as the simulation itself takes them: what a text may say of the domain without ever going stale. */
  readonly facts?: Readonly<Record<string, Fact>> | undefined
}

/** A figure of the simulation. */
export type Fact = { readonly ms: number } | { readonly percent: number } | { readonly count: number }

/** A sort of file, and what is run for one of them. */
export interface FileIntake {
  /** Without a dot. */
  readonly extensions: readonly string[]
  /** What stands in a text of this sort, and in no other of the same extension. */
  readonly has: RegExp
  /** Whether it is also asked about a text of which no sort is known, so that somebody says what is wrong with it. */
  readonly otherwise?: boolean | undefined
  readonly line: (path: string) => string
}

/** One thing that is wrong in a file, in the words of the tool that would refuse it. Line and column are counted from 1. */
export interface FileProblem {
  readonly line: number
  readonly column: number
  readonly message: string
}
