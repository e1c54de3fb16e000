import { create } from 'zustand'

/** One text that is open in the editor. */
export interface Draft {
  /** Where it is saved. */
  readonly path: string
  /** As it was when it was opened or last saved. */
  readonly saved: string
  readonly text: string
  /** For the source of a thing: whose, and the command line that takes it from `FILE`. */
  readonly source?: { readonly id: string; readonly apply: string } | undefined
}

/** Texts that are open in the editor. The files themselves belong to the world. */
export interface Editing {
  readonly drafts: readonly Draft[]
  readonly active: string | undefined
  /** Opens a text, or turns to it when it is open and has edits of its own. */
  open(draft: Omit<Draft, 'saved'>): void
  choose(path: string): void
  change(path: string, text: string): void
  /** Its text is on the disk now. */
  saved(path: string, text: string): void
  close(path: string): void
  clear(): void
}

export const useEditing = create<Editing>((set) => ({
  drafts: [],
  active: undefined,
  open: (draft) =>
    set(({ drafts }) => {
      const there = drafts.find((one) => one.path === draft.path)
      if (there && there.text !== there.saved) return { active: draft.path }
      const fresh = { ...draft, saved: draft.text }
      return {
        active: draft.path,
        drafts: there ? drafts.map((one) => (one === there ? fresh : one)) : [...drafts, fresh],
      }
    }),
  choose: (active) => set({ active }),
  change: (path, text) =>
    set(({ drafts }) => ({ drafts: drafts.map((one) => (one.path === path ? { ...one, text } : one)) })),
  saved: (path, text) =>
    set(({ drafts }) => ({ drafts: drafts.map((one) => (one.path === path ? { ...one, saved: text } : one)) })),
  close: (path) =>
    set(({ drafts, active }) => {
      const at = drafts.findIndex((one) => one.path === path)
      const left = drafts.filter((one) => one.path !== path)
      return { drafts: left, active: active === path ? left[Math.max(0, at - 1)]?.path : active }
    }),
  clear: () => set({ drafts: [], active: undefined }),
}))

/** Opens the source of a thing in the editor: what the inspector's Edit button does. Show the editor's tab beside it. */
export function openSource(
  id: string,
  source: { readonly language: string; readonly text: string; readonly apply: string },
) {
  const name = id
    .split('/')
    .slice(-2)
    .join('-')
    .replace(/[^A-Za-z0-9.-]/g, '-')
  useEditing.getState().open({
    path: `/home/learner/${name}.${source.language}`,
    text: source.text,
    source: { id, apply: source.apply },
  })
}
