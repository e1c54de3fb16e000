import { create } from 'zustand'
import type { Bookmark, Save } from '../host/save.ts'

/** Moments that the learner wants to find again, in order of time. They belong to the world's save, though the world knows nothing of them. */
export interface Bookmarks {
  readonly list: readonly Bookmark[]
  /** Takes over those of a save. */
  take(list: readonly Bookmark[]): void
  /** Sets one, or takes away the one that stands there already. Says which. */
  toggle(branch: number, at: number, name: string): 'set' | 'gone'
  rename(bookmark: Bookmark, name: string): void
  remove(bookmark: Bookmark): void
}

/** Most that are kept of a world. */
export const MOST_BOOKMARKS = 200

export const useBookmarks = create<Bookmarks>((set, get) => ({
  list: [],
  take: (list) => set({ list }),
  toggle: (branch, at, name) => {
    const { list } = get()
    const there = list.find((one) => one.branch === branch && one.at === at)
    if (there) {
      set({ list: list.filter((one) => one !== there) })
      return 'gone'
    }
    const all = [...list, { branch, at, name }].sort((a, b) => a.at - b.at)
    set({ list: all.slice(-MOST_BOOKMARKS) })
    return 'set'
  },
  rename: (bookmark, name) =>
    set(({ list }) => ({ list: list.map((one) => (one === bookmark ? { ...one, name } : one)) })),
  remove: (bookmark) => set(({ list }) => ({ list: list.filter((one) => one !== bookmark) })),
}))

/** A save with the bookmarks that belong to it. */
export function withBookmarks(save: Save): Save {
  const { list } = useBookmarks.getState()
  const bookmarks = list.filter(({ branch }) => branch < save.branches.length)
  return bookmarks.length > 0 ? { ...save, bookmarks } : save
}
