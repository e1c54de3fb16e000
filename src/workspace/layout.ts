import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** How near the canvas is looked at: tiles, boxes with chips, or what is inside of a chip. */
export type Lod = 'fleet' | 'node' | 'pod'
export type DockTab = 'terminal' | 'editor' | 'metrics' | 'events' | 'outline'
export type InspectorTab = 'why' | 'state' | 'graph' | 'source' | 'events' | 'metrics' | 'logs'
export type Mode = 'study' | 'build' | 'present'

/** Which panels are open, and how. Kept from visit to visit. */
export interface Layout {
  readonly mode: Mode
  readonly lod: Lod
  readonly inspectorOpen: boolean
  readonly inspectorTab: InspectorTab
  readonly dockOpen: boolean
  readonly dockTab: DockTab
  /** Whether the canvas shows requests on their way. */
  readonly traffic: boolean
  setMode(mode: Mode): void
  setLod(lod: Lod): void
  openInspector(tab?: InspectorTab): void
  closeInspector(): void
  openDock(tab?: DockTab): void
  closeDock(): void
  setTraffic(on: boolean): void
  /** One of the four presets (Alt+1 to Alt+4): canvas only, study, debug, everything. */
  preset(number: 1 | 2 | 3 | 4): void
}

export const useLayout = create<Layout>()(
  persist(
    (set) => ({
      mode: 'build',
      lod: 'node',
      inspectorOpen: false,
      inspectorTab: 'why',
      dockOpen: false,
      dockTab: 'terminal',
      traffic: true,
      setMode: (mode) => set({ mode }),
      setLod: (lod) => set({ lod }),
      openInspector: (tab) => set((layout) => ({ inspectorOpen: true, inspectorTab: tab ?? layout.inspectorTab })),
      closeInspector: () => set({ inspectorOpen: false }),
      openDock: (tab) => set((layout) => ({ dockOpen: true, dockTab: tab ?? layout.dockTab })),
      closeDock: () => set({ dockOpen: false }),
      setTraffic: (traffic) => set({ traffic }),
      preset: (number) =>
        set({
          inspectorOpen: number >= 3,
          dockOpen: number === 2 || number === 4,
        }),
    }),
    { name: 'orrery.layout', version: 1 },
  ),
)
