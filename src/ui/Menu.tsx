import { cloneElement, lazy, type ReactElement, Suspense, useState } from 'react'
import type { MenuGroup } from './MenuEntries.tsx'
import { loadMenus } from './menuLoad.ts'

const MenuPopup = lazy(() => loadMenus().then(({ MenuPopup }) => ({ default: MenuPopup })))

/** A menu that a button opens: arrows, Home, End, type-ahead and Escape as in any desktop menu. `trigger` is the button itself.
 *  `groups` may be a function, called when the menu opens, for entries that speak of the moment. */
export function Menu({ trigger, groups, side = 'bottom', align = 'start' }: MenuProps) {
  const [wanted, setWanted] = useState(false)
  const button = trigger as ReactElement<React.ButtonHTMLAttributes<HTMLButtonElement>>
  const plain = cloneElement(button, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: (event) => {
      button.props.onPointerEnter?.(event)
      void loadMenus()
    },
    onFocus: (event) => {
      button.props.onFocus?.(event)
      void loadMenus()
    },
    onClick: () => setWanted(true),
    onKeyDown: (event) => {
      button.props.onKeyDown?.(event)
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      event.preventDefault()
      setWanted(true)
    },
  })
  if (!wanted) return plain
  return (
    <Suspense fallback={plain}>
      <MenuPopup trigger={trigger} groups={groups} side={side} align={align} />
    </Suspense>
  )
}

export interface MenuProps {
  trigger: ReactElement
  groups: readonly MenuGroup[] | (() => readonly MenuGroup[])
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  align?: 'start' | 'center' | 'end' | undefined
}
