import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react'

/** Makes the buttons of a toolbar one tab stop: arrow keys, Home and End go from one to the next, and Tab leaves it. */
export function useRoving(bar: RefObject<HTMLElement | null>, upright: boolean): (event: KeyboardEvent) => void {
  const current = useRef(0)
  const buttons = () => [...(bar.current?.querySelectorAll<HTMLElement>('button') ?? [])]
  useLayoutEffect(() => {
    const all = buttons()
    const at = Math.min(current.current, all.length - 1)
    for (const [i, button] of all.entries()) button.tabIndex = i === at ? 0 : -1
  })
  return (event) => {
    const all = buttons()
    const at = all.indexOf(event.target as HTMLElement)
    const [back, on] = upright ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight']
    const next =
      event.key === on
        ? (at + 1) % all.length
        : event.key === back
          ? (at - 1 + all.length) % all.length
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? all.length - 1
              : undefined
    if (at < 0 || next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    current.current = next
    for (const [i, button] of all.entries()) button.tabIndex = i === next ? 0 : -1
    all[next]?.focus()
  }
}
