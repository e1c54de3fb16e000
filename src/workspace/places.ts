import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { Save } from '../host/save.ts'
import { readSave } from './saveSchema.ts'

/** Where somebody is in a lesson: at which beat, and the world as it was when that began. */
export interface Place {
  readonly beat: number
  /** The beat's title: in a lesson that has changed since, the place is lost rather than wrong. */
  readonly title: string
  readonly of: number
  readonly stars: number
  readonly save: Save
}

/** Places in lessons that were begun and not ended, by the lesson's id, the latest last. Kept from visit to visit. */
export interface Places {
  readonly places: Readonly<Record<string, Place>>
  keep(lesson: string, place: Place): void
  forget(lesson: string): void
}

/** Lessons whose place is kept: the oldest makes room. */
const MOST_PLACES = 8
/** A longer world is not kept, in characters: the browser's store is small, and is needed for other things. */
const MOST_SIGNS = 200_000

export const usePlaces = create<Places>()(
  persist(
    (set) => ({
      places: {},
      keep: (lesson, place) => {
        try {
          set(({ places }) => {
            const { [lesson]: _, ...others } = places
            if (JSON.stringify(place).length > MOST_SIGNS) return { places: others }
            return { places: Object.fromEntries([...Object.entries(others), [lesson, place]].slice(-MOST_PLACES)) }
          })
        } catch {
          // A browser whose store is full still knows the place until the tab closes.
        }
      },
      forget: (lesson) =>
        set(({ places }) => {
          const { [lesson]: _, ...others } = places
          return { places: others }
        }),
    }),
    {
      name: 'orrery.places',
      version: 1,
      partialize: ({ places }) => ({ places }),
      merge: (kept, fresh) => ({ ...fresh, places: readPlaces((kept as Partial<Places> | undefined)?.places) }),
    },
  ),
)

/** What the browser kept may be damaged: such a place is forgotten. */
export function readPlaces(kept: unknown): Readonly<Record<string, Place>> {
  if (typeof kept !== 'object' || kept === null) return {}
  const found: Record<string, Place> = {}
  for (const [lesson, place] of Object.entries(kept as Record<string, Partial<Place> | null>)) {
    const { beat, title, of, stars } = place ?? {}
    const read = readSave(place?.save)
    if (!isCount(beat) || !isCount(of) || !isCount(stars) || typeof title !== 'string' || 'wrong' in read) continue
    found[lesson] = { beat, title, of, stars, save: read.save }
  }
  return found
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
