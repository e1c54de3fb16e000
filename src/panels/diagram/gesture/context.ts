import { createContext, useContext, useSyncExternalStore } from 'react'
import type { GestureStore, Pending } from './gestureStore.ts'

/** The gestures of the canvas around; absent on an embedded one that is only looked at. */
export const GestureContext = createContext<GestureStore | undefined>(undefined)

const none = () => () => {}

/** The gesture under way. */
export function usePending(): Pending | undefined {
  const store = useContext(GestureContext)
  return useSyncExternalStore(store?.subscribe ?? none, () => store?.pending)
}

/** What a thing is to the gesture under way: a place that it may end at, the one it is over, or that one refusing. */
export function useTarget(id: string, kind: string | undefined): 'may' | 'yes' | 'no' | undefined {
  const store = useContext(GestureContext)
  return useSyncExternalStore(store?.subscribe ?? none, () => {
    const pending = store?.pending
    if (!pending) return undefined
    if (pending.over === id) return pending.meaning === undefined ? 'may' : 'line' in pending.meaning ? 'yes' : 'no'
    if (pending.intent.sort === 'place')
      return kind !== undefined && pending.intent.item.into.includes(kind) ? 'may' : undefined
    return undefined
  })
}
