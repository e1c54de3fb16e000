import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** Where the learner has put things on the canvas, by id. Kept from visit to visit; what is not named finds its own place. */
export interface Positions {
  readonly moved: Readonly<Record<string, { readonly x: number; readonly y: number }>>
  put(id: string, x: number, y: number): void
  /** Exactly these and no others, as they were at another time. */
  restore(moved: Positions['moved']): void
  /** Forgets all of it: everything finds its own place again. */
  tidy(): void
}

export const usePositions = create<Positions>()(
  persist(
    (set) => ({
      moved: {},
      put: (id, x, y) => set(({ moved }) => ({ moved: { ...moved, [id]: { x: Math.round(x), y: Math.round(y) } } })),
      restore: (moved) => set({ moved }),
      tidy: () => set({ moved: {} }),
    }),
    { name: 'orrery.positions', version: 1 },
  ),
)
