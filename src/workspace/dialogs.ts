import { create } from 'zustand'

export type DialogName = 'find' | 'keys' | 'share' | 'scenes' | 'settings' | 'saves' | 'templates' | 'live' | 'whatIf'

/** Which conversation is open over the workbench; one at a time. */
export interface Dialogs {
  readonly open: DialogName | undefined
  show(name: DialogName): void
  close(): void
}

export const useDialogs = create<Dialogs>((set) => ({
  open: undefined,
  show: (open) => set({ open }),
  close: () => set({ open: undefined }),
}))
