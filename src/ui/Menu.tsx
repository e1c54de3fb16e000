import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import { MenuEntries, type MenuGroup } from './MenuEntries.tsx'

/** A menu that a button opens: arrows, Home, End, type-ahead and Escape as in any desktop menu. `trigger` is the button itself.
 *  `groups` may be a function, called when the menu opens, for entries that speak of the moment. */
export function Menu({ trigger, groups, side = 'bottom', align = 'start' }: MenuProps) {
  return (
    <Base.Root>
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

function Entries({ groups }: Pick<MenuProps, 'groups'>) {
  return <MenuEntries groups={typeof groups === 'function' ? groups() : groups} />
}

export interface MenuProps {
  trigger: ReactElement
  groups: readonly MenuGroup[] | (() => readonly MenuGroup[])
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  align?: 'start' | 'center' | 'end' | undefined
}
