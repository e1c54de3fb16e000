import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { type OpenWorld, useWorld } from './world.ts'

/** Where the learner has put the things of one world on the canvas, by id. What is not named finds its own place. */
export type Moved = Readonly<Record<string, { readonly x: number; readonly y: number }>>

/** Where things were put, of each world for itself: things of two worlds may bear one id. Kept from visit to visit. */
export interface Positions {
  /** Of the world that is open. */
  readonly moved: Moved
  readonly worlds: Readonly<Record<string, Moved>>
  /** The world that is open now: its place on the shelf, or, where it has none, the scene or lesson that it is. */
  readonly world: string
  /** Exactly these and no others, as they were at another time. */
  restore(moved: Moved): void
  /** Forgets all of this world: everything finds its own place again. */
  tidy(): void
  turnTo(world: string): void
}

/** Worlds whose places are remembered; the one not moved in for longest makes room. */
const MOST = 24

export const usePositions = create<Positions>()(
  persist(
    (set) => ({
      moved: {},
      worlds: {},
      world: '',
      restore: (moved) => set(({ world, worlds }) => ({ moved, worlds: remembered(worlds, world, moved) })),
      tidy: () => set(({ world, worlds }) => ({ moved: {}, worlds: remembered(worlds, world, {}) })),
      turnTo: (world) => set(({ worlds }) => ({ world, moved: worlds[world] ?? {} })),
    }),
    { name: 'orrery.positions', version: 2, partialize: ({ worlds }) => ({ worlds }), migrate: () => ({ worlds: {} }) },
  ),
)

useWorld.subscribe((now, before) => {
  if (now.opened !== before.opened) usePositions.getState().turnTo(keyOf(now))
})

function keyOf({ kept, scene, title }: OpenWorld): string {
  return kept ?? scene ?? title
}

function remembered(worlds: Positions['worlds'], world: string, moved: Moved): Positions['worlds'] {
  const { [world]: _, ...others } = worlds
  if (Object.keys(moved).length === 0) return others
  return Object.fromEntries([...Object.entries(others), [world, moved] as const].slice(-MOST))
}
