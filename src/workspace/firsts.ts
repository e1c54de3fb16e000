import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** Small things that make someone able who is new here, in the order in which they are offered. */
export const firstThings = ['kill', 'scrub', 'why', 'break', 'type', 'build'] as const
export type FirstThing = (typeof firstThings)[number]

/** Which of them have really happened, in whatever world. Kept from visit to visit. */
export interface Firsts {
  readonly done: readonly FirstThing[]
  /** The list has been sent away; the menu brings it back. */
  readonly away: boolean
  tick(...things: readonly FirstThing[]): void
  setAway(away: boolean): void
}

export const useFirsts = create<Firsts>()(
  persist(
    (set) => ({
      done: [],
      away: false,
      tick: (...things) =>
        set(({ done }) => {
          const fresh = things.filter((thing) => !done.includes(thing))
          return fresh.length > 0 ? { done: [...done, ...fresh] } : {}
        }),
      setAway: (away) => set({ away }),
    }),
    { name: 'orrery.firsts', version: 1, partialize: ({ done, away }) => ({ done, away }) },
  ),
)
