import { useEffect } from 'react'
import { useLayout } from '../../workspace/index.ts'
import type { Order } from './channel.ts'

const ORDERS: Readonly<Record<string, Order['do']>> = {
  pagedown: 'next',
  pageup: 'back',
  f: 'freeze',
  ' ': 'freeze',
  b: 'blank',
  '.': 'nextEvent',
  ',': 'previousEvent',
  l: 'laser',
  d: 'discuss',
  v: 'again',
  r: 'return',
}

/** The keys of someone in front of a class, a clicker's among them. Taken before anything below hears them. */
export function useWallKeys(obey: (order: Order) => void): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const key = event.key.toLowerCase()
      const order = ORDERS[key]
      if (key === 'escape') useLayout.getState().setMode('study')
      else if (key === 'n') window.open(`${location.pathname}#/notes`, 'orrery-notes', 'width=920,height=760')
      else if (order !== undefined) obey({ do: order } as Order)
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', hear, true)
    return () => window.removeEventListener('keydown', hear, true)
  }, [obey])
}
