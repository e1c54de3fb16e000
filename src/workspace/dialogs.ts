import { create } from 'zustand'

export type DialogName =
  | 'find'
  | 'keys'
  | 'share'
  | 'scenes'
  | 'settings'
  | 'saves'
  | 'templates'
  | 'live'
  | 'whatIf'
  | 'compare'

/** Which conversation is open over the workbench; one at a time. */
export interface Dialogs {
  readonly open: DialogName | undefined
  /** The branches that are held against each other while `compare` is open. */
  readonly compared: Compared | undefined
  /** Id of the event whose decision is on the stage: it stays there when the class is shown it on the wall. */
  readonly theatre: number | undefined
  stage(event: number | undefined): void
  show(name: DialogName): void
  compare(compared: Compared): void
  close(): void
}

/** Two branches by their numbers; without `other`, the one that `shown` left. */
export interface Compared {
  readonly shown: number
  readonly other?: number | undefined
}

export const useDialogs = create<Dialogs>((set) => ({
  open: undefined,
  compared: undefined,
  theatre: undefined,
  stage: (theatre) => set({ theatre }),
  compare: (compared) => set({ open: 'compare', compared }),
  show: (open) => set({ open }),
  close: () => set({ open: undefined }),
}))
