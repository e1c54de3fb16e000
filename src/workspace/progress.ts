import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { Outcome } from '../teaching/review/outcome.ts'
import { type LessonProgress, MOST_OUTCOMES, readProgress } from './progressSchema.ts'

/** What a learner has shown so far. Kept from visit to visit; schedules, maps and plots are reckoned from it. */
export interface Progress {
  readonly outcomes: readonly Outcome[]
  readonly lessons: Readonly<Record<string, LessonProgress>>
  record(outcome: Omit<Outcome, 'at'>): void
  lessonBegun(id: string): void
  lessonDone(id: string, how: { readonly stars: number }): void
  /** Takes in what was shown elsewhere: outcomes that are not here yet, and the better of two lessons. */
  merge(other: Pick<Progress, 'outcomes' | 'lessons'>): void
  forget(): void
}

export const useProgress = create<Progress>()(
  persist(
    (set) => ({
      outcomes: [],
      lessons: {},
      record: (outcome) =>
        set(({ outcomes }) => ({ outcomes: [...outcomes, { at: Date.now(), ...outcome }].slice(-MOST_OUTCOMES) })),
      lessonBegun: (id) =>
        set(({ lessons }) => (lessons[id] ? {} : { lessons: { ...lessons, [id]: { begun: Date.now(), stars: 0 } } })),
      lessonDone: (id, { stars }) =>
        set(({ lessons }) => {
          const before = lessons[id]
          const now = Date.now()
          return {
            lessons: {
              ...lessons,
              [id]: {
                begun: before?.begun ?? now,
                done: before?.done ?? now,
                stars: Math.max(stars, before?.stars ?? 0),
              },
            },
          }
        }),
      merge: (other) =>
        set(({ outcomes, lessons }) => ({
          outcomes: united(outcomes, other.outcomes),
          lessons: betterOf(lessons, other.lessons),
        })),
      forget: () => set({ outcomes: [], lessons: {} }),
    }),
    {
      name: 'orrery.progress',
      version: 1,
      partialize: ({ outcomes, lessons }) => ({ outcomes, lessons }),
      // What the browser kept may be damaged: then one begins anew rather than with a broken page.
      merge: (kept, fresh) => {
        const read = kept === undefined ? undefined : readProgress(kept)
        return read === undefined || 'wrong' in read ? fresh : { ...fresh, ...read }
      },
    },
  ),
)

function united(ours: readonly Outcome[], theirs: readonly Outcome[]): readonly Outcome[] {
  const nameOf = ({ at, source, id, skill }: Outcome) => `${at} ${source} ${id} ${skill}`
  const had = new Set(ours.map(nameOf))
  return [...ours, ...theirs.filter((outcome) => !had.has(nameOf(outcome)))]
    .sort((a, b) => a.at - b.at)
    .slice(-MOST_OUTCOMES)
}

function betterOf(
  ours: Readonly<Record<string, LessonProgress>>,
  theirs: Readonly<Record<string, LessonProgress>>,
): Readonly<Record<string, LessonProgress>> {
  const all: Record<string, LessonProgress> = { ...ours }
  for (const [id, other] of Object.entries(theirs)) {
    const own = all[id]
    all[id] = own
      ? {
          begun: Math.min(own.begun, other.begun),
          done: own.done === undefined ? other.done : Math.min(own.done, other.done ?? own.done),
          stars: Math.max(own.stars, other.stars),
        }
      : other
  }
  return all
}
