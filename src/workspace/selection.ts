import { create } from 'zustand'

/** What the learner points at: ids of entities of the world. The world knows nothing of it. */
export interface Selection {
  readonly selected: readonly string[]
  /** Under the pointer or the keyboard's ring, on the canvas, in the terminal or in a list: the same thing is ringed everywhere. */
  readonly hovered: string | undefined
  /** What the canvas is to be brought to when it next shows things one by one. */
  readonly sought: string | undefined
  /** Selects these alone; the first one is inspected. */
  select(...ids: readonly string[]): void
  /** Adds one, or takes it away again. */
  toggle(id: string): void
  hover(id: string | undefined): void
  seek(id: string | undefined): void
}

export const useSelection = create<Selection>((set) => ({
  selected: [],
  hovered: undefined,
  sought: undefined,
  select: (...selected) => set({ selected }),
  toggle: (id) =>
    set(({ selected }) => ({
      selected: selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id],
    })),
  hover: (hovered) => set({ hovered }),
  seek: (sought) => set({ sought }),
}))
