import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import { MenuEntries, type MenuGroup } from './MenuEntries.tsx'

/** A menu that a button opens: arrows, Home, End, type-ahead and Escape as in any desktop menu. `trigger` is the button itself. */
export function Menu({ trigger, groups, side = 'bottom', align = 'start' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="z-50" side={side} align={align} sideOffset={5}>
          <Base.Popup className="pop menu">
            <MenuEntries groups={groups} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export interface MenuProps {
  trigger: ReactElement
  groups: readonly MenuGroup[]
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  align?: 'start' | 'center' | 'end' | undefined
}
