import { create } from 'zustand'
import type { Source } from '../host/views/index.ts'

/** Where things were put on the canvas before or after a move: an absent one finds its own place. */
export type Spots = Readonly<Record<string, { readonly x: number; readonly y: number }>>

/** Something that the learner did and can take back: a move on the canvas, which the world knows nothing of, or command lines. */
export type Edit =
  | { readonly sort: 'move'; readonly before: Spots; readonly after: Spots }
  | {
      readonly sort: 'command'
      readonly lines: readonly string[]
      /** What made the lines: `canvas`, `palette`. */
      readonly by: string
      /** Events that had happened before the lines were given. */
      readonly since: number
      /** What the lines take away, as it was. */
      readonly gone: readonly Source[]
      /** What the lines change, as it was. */
      readonly changed: readonly Source[]
      /** They broke something on purpose: that is mended in the world, not taken back. */
      readonly fault?: boolean | undefined
      /** What it is called; its lines speak for themselves when absent. */
      readonly title?: string | undefined
    }

/** The learner's own edits of this world, newest last, and those taken back. The timeline belongs to the world; this does not. */
export interface Edits {
  readonly done: readonly Edit[]
  readonly undone: readonly Edit[]
  /** Something was done: what was taken back before can no longer be done again. */
  add(edit: Edit): void
  /** The newest edit has been taken back. */
  takeBack(): void
  /** The newest edit has turned out to have changed nothing: it is forgotten. */
  forget(): void
  /** The edit taken back last has been done again, as this one. */
  again(edit: Edit): void
  clear(): void
}

/** More than these are forgotten, the oldest first. */
const MOST = 100

export const useEdits = create<Edits>((set) => ({
  done: [],
  undone: [],
  add: (edit) => set(({ done }) => ({ done: [...done, edit].slice(-MOST), undone: [] })),
  takeBack: () =>
    set(({ done, undone }) => {
      const last = done.at(-1)
      return last ? { done: done.slice(0, -1), undone: [...undone, last] } : {}
    }),
  forget: () => set(({ done }) => ({ done: done.slice(0, -1) })),
  again: (edit) => set(({ done, undone }) => ({ done: [...done, edit], undone: undone.slice(0, -1) })),
  clear: () => set({ done: [], undone: [] }),
}))
