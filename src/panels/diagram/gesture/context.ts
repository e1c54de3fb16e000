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

/** What a thing is to the gesture under way: a place that it may end at, one where it may not, the one it is over, or that one refusing. */
export function useTarget(id: string, kind: string | undefined): 'may' | 'not' | 'from' | 'yes' | 'no' | undefined {
  const store = useContext(GestureContext)
  return useSyncExternalStore(store?.subscribe ?? none, () => {
    const pending = store?.pending
    if (!pending) return undefined
    const { intent, over, meaning } = pending
    if (intent.sort === 'pick') return store.connects(kind) ? (over === id ? 'yes' : 'may') : 'not'
    if (over === id) return meaning === undefined ? 'may' : 'line' in meaning ? 'yes' : 'no'
    if (intent.sort === 'place') return kind !== undefined && intent.item.into.includes(kind) ? 'may' : undefined
    if (id === (intent.sort === 'connect' ? intent.from : intent.id)) return 'from'
    return store.reach === undefined ? undefined : store.reach.get(id) === 'open' ? 'may' : 'not'
  })
}

/** Whether a line can be drawn from things of a kind: they have a handle. */
export function useHandle(kind: string): boolean {
  const store = useContext(GestureContext)
  return useSyncExternalStore(store?.subscribe ?? none, () => store?.connects(kind) === true)
}
