import { cloneElement, type HTMLAttributes, lazy, type ReactElement, Suspense, useRef, useState } from 'react'
import type { MenuGroup } from './MenuEntries.tsx'
import { loadMenus } from './menuLoad.ts'

const MenuAtPoint = lazy(() => loadMenus().then(({ MenuAtPoint }) => ({ default: MenuAtPoint })))

/** Real ms for which a finger rests until it means the menu, and how far it may stray meanwhile, in px. */
const PRESS = 500
const STRAY = 10

/** A menu on right click, long press, Shift+F10 or the menu key. Never the only way to anything it offers.
 *  `groups` may be a function, called when the menu opens, for entries that depend on what was hit. */
export function ContextMenu({ groups, children }: ContextMenuProps) {
  const [shown, setShown] = useState<{ at: Point; back: HTMLElement | null; turn: number } | undefined>(undefined)
  const press = useRef<{ at: Point; timer: ReturnType<typeof setTimeout> } | undefined>(undefined)
  const child = children as ReactElement<HTMLAttributes<HTMLElement>>
  const release = () => {
    clearTimeout(press.current?.timer)
    press.current = undefined
  }
  const open = (at: Point) => {
    const { activeElement } = document
    setShown((last) => ({
      at,
      back: activeElement instanceof HTMLElement ? activeElement : null,
      turn: (last?.turn ?? 0) + 1,
    }))
  }
  const area = cloneElement(child, {
    onContextMenu: (event) => {
      child.props.onContextMenu?.(event)
      if (event.defaultPrevented) return
      event.preventDefault()
      release()
      open({ x: event.clientX, y: event.clientY })
    },
    onPointerDown: (event) => {
      child.props.onPointerDown?.(event)
      void loadMenus()
      release()
      if (event.pointerType !== 'touch') return
      const { target } = event
      const at = { x: event.clientX, y: event.clientY }
      // Browsers that know no long press of their own get one; the event tells whoever listens what was hit.
      const say = () =>
        target.dispatchEvent(
          new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: at.x, clientY: at.y }),
        )
      press.current = { at, timer: setTimeout(say, PRESS) }
    },
    onPointerMove: (event) => {
      child.props.onPointerMove?.(event)
      const { at } = press.current ?? {}
      if (at && Math.hypot(event.clientX - at.x, event.clientY - at.y) > STRAY) release()
    },
    onPointerUp: (event) => {
      child.props.onPointerUp?.(event)
      release()
    },
    onPointerCancel: (event) => {
      child.props.onPointerCancel?.(event)
      release()
    },
  })
  return (
    <>
      {area}
      {shown ? (
        <Suspense>
          <MenuAtPoint
            key={shown.turn}
            at={shown.at}
            groups={groups}
            back={shown.back}
            onClose={() => setShown(undefined)}
          />
        </Suspense>
      ) : null}
    </>
  )
}

interface Point {
  readonly x: number
  readonly y: number
}

/** `children` is the one element whose right click opens the menu. */
export interface ContextMenuProps {
  groups: readonly MenuGroup[] | (() => readonly MenuGroup[])
  children: ReactElement
}
