import { create } from 'zustand'

/** What the learner expects, kept beside what happens: the thing that a prediction names, and its words. */
export interface Ghost {
  readonly at: string | undefined
  readonly says: string
  put(at: string, says: string): void
  clear(): void
}

export const useGhost = create<Ghost>((set) => ({
  at: undefined,
  says: '',
  put: (at, says) => set({ at, says }),
  clear: () => set({ at: undefined, says: '' }),
}))
