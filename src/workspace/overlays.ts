import { create } from 'zustand'

/** What is laid over the canvas for a while: one request that is followed, and how hot everything is. Forgotten with the visit. */
export interface Overlays {
  /** The request that is followed: whose, which of that moment, and the hop at which it is looked at. */
  readonly traced: { readonly sender?: string | undefined; readonly nth: number } | undefined
  readonly heat: boolean
  /** Follows a request of a sender, or of the busiest one. */
  trace(sender?: string): void
  /** Another request of the same sender. */
  another(sender?: string): void
  untrace(): void
  setHeat(on: boolean): void
}

export const useOverlays = create<Overlays>((set) => ({
  traced: undefined,
  heat: false,
  trace: (sender) => set({ traced: { sender, nth: 0 } }),
  another: (sender) =>
    set(({ traced }) => ({ traced: { sender: sender ?? traced?.sender, nth: (traced?.nth ?? -1) + 1 } })),
  untrace: () => set({ traced: undefined }),
  setHeat: (heat) => set({ heat }),
}))
