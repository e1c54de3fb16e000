import { Menu as Base } from '@base-ui/react/menu'
import { type ReactElement, useEffect, useRef } from 'react'
import { MenuEntries, type MenuGroup } from './MenuEntries.tsx'

/** What is loaded when a menu is first opened: the button with its menu, open at once. */
export function MenuPopup({ trigger, groups, side, align }: MenuPopupProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="z-50" side={side} align={align} sideOffset={5}>
          <Base.Popup className="pop menu">
            <Entries groups={groups} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** A menu at a point of the page, open as long as it is there; the focus goes back to `back` when it leaves. */
export function MenuAtPoint({ at, groups, back, onClose }: MenuAtPointProps) {
  const left = useRef(onClose)
  left.current = onClose
  useEffect(() => {
    const scrolled = (event: Event) => {
      if (!(event.target instanceof Element && event.target.closest('.menu'))) left.current()
    }
    addEventListener('wheel', scrolled, { passive: true })
    return () => removeEventListener('wheel', scrolled)
  }, [])
  return (
    <Base.Root
      open
      modal={false}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Base.Portal>
        <Base.Positioner
          className="z-50"
          side="bottom"
          align="start"
          sideOffset={2}
          anchor={{ getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) }}
        >
          <Base.Popup className="pop menu" finalFocus={() => back}>
            <Entries groups={groups} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Entries({ groups }: Pick<MenuPopupProps, 'groups'>) {
  return <MenuEntries groups={typeof groups === 'function' ? groups() : groups} />
}

export interface MenuPopupProps {
  trigger: ReactElement
  groups: readonly MenuGroup[] | (() => readonly MenuGroup[])
  side: 'top' | 'bottom' | 'left' | 'right'
  align: 'start' | 'center' | 'end'
}

export interface MenuAtPointProps {
  at: { readonly x: number; readonly y: number }
  groups: MenuPopupProps['groups']
  back: HTMLElement | null
  onClose: () => void
}
