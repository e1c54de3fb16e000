import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** How the learner has shared out the frame: for each split, percentages by pane. Kept from visit to visit. */
export interface Sizes {
  readonly splits: Readonly<Record<string, Record<string, number>>>
  keep(split: string, layout: Record<string, number>): void
}

export const useSizes = create<Sizes>()(
  persist(
    (set) => ({
      splits: {},
      keep: (split, layout) => set(({ splits }) => ({ splits: { ...splits, [split]: layout } })),
    }),
    { name: 'orrery.sizes', version: 1 },
  ),
)
