import { create } from 'zustand'

/** Which world the lab shows, as the learner knows it. */
export interface OpenWorld {
  /** Grows whenever another world is opened: what was remembered of the one before is void. */
  readonly opened: number
  readonly title: string
  /** Name of the scene that it began as; absent for what came from a file or a link. */
  readonly scene?: string | undefined
  /** Id under which it is kept; absent for a world that is not. */
  readonly kept?: string | undefined
  /** What broke, when our own code did. */
  readonly crashed?: string | undefined
  show(world: { title: string; scene?: string | undefined; kept?: string | undefined }): void
  crash(message: string): void
}

export const useWorld = create<OpenWorld>((set) => ({
  opened: 0,
  title: '',
  show: ({ title, scene, kept }) =>
    set(({ opened }) => ({ opened: opened + 1, title, scene, kept, crashed: undefined })),
  crash: (crashed) => set({ crashed }),
}))
