import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import type { SceneNode } from '../../../host/views/scene.view.ts'
import { SceneStore } from './sceneStore.ts'

/** The scene of the canvas around. */
export const SceneContext = createContext<SceneStore>(new SceneStore())

/** One thing as it looks now; the component draws anew only when this thing changes. */
export function useThing(id: string): SceneNode | undefined {
  const store = useContext(SceneContext)
  return useSyncExternalStore(
    useCallback((listener) => store.onThing(id, listener), [store, id]),
    () => store.get(id),
  )
}

/** How long until a virtual time, in tenths of a second; draws anew ten times a second at most. */
export function useRemaining(due: number): number {
  const store = useContext(SceneContext)
  return useSyncExternalStore(store.onTick, () => Math.max(0, Math.round((due - (store.clock?.now ?? 0)) / 100) / 10))
}
