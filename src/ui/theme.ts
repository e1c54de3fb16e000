import { useCallback, useSyncExternalStore } from 'react'
import { useMediaQuery } from './useMediaQuery.ts'

/** The two looks. A choice of `system` follows the machine. */
export type Theme = 'dark' | 'light'
export type ThemeChoice = Theme | 'system'

/** Where the choice is kept. The line in index.html reads the same key before the first paint. */
export const themeKey = 'orrery.theme'

/** The theme on screen, the choice behind it, and a way to choose. Choosing `system` forgets the choice. */
export function useTheme(): { theme: Theme; choice: ThemeChoice; choose: (choice: ThemeChoice) => void } {
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)')
  const choice = useSyncExternalStore(subscribe, readChoice, () => 'system' as const)
  const theme = choice === 'system' ? (systemDark ? 'dark' : 'light') : choice
  const choose = useCallback((next: ThemeChoice) => {
    chosen = next
    try {
      if (next === 'system') localStorage.removeItem(themeKey)
      else localStorage.setItem(themeKey, next)
    } catch {
      // A browser that keeps nothing still shows the choice until the tab closes.
    }
    paint()
    for (const changed of listeners) changed()
  }, [])
  return { theme, choice, choose }
}

let chosen: ThemeChoice | undefined
const listeners = new Set<() => void>()

function subscribe(changed: () => void): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  listeners.add(changed)
  paint()
  system.addEventListener('change', paint)
  return () => {
    listeners.delete(changed)
    system.removeEventListener('change', paint)
  }
}

function readChoice(): ThemeChoice {
  if (chosen) return chosen
  try {
    const kept = localStorage.getItem(themeKey)
    chosen = kept === 'dark' || kept === 'light' ? kept : 'system'
  } catch {
    chosen = 'system'
  }
  return chosen
}

function paint(): void {
  const choice = readChoice()
  const dark = choice === 'system' ? window.matchMedia('(prefers-color-scheme: dark)').matches : choice === 'dark'
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.setAttribute('content', dark ? '#0f1828' : '#ffffff')
  }
}
