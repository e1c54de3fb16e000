import { ContextMenu as Base } from '@base-ui/react/context-menu'
import type { ReactElement } from 'react'
import { MenuEntries, type MenuGroup } from './MenuEntries.tsx'

/** A menu on right click, long press, Shift+F10 or the menu key. Never the only way to anything it offers.
 *  `groups` may be a function, called when the menu opens, for entries that depend on what was hit. */
export function ContextMenu({ groups, children }: ContextMenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className="z-50">
          <Base.Popup className="pop menu">
            <Entries groups={groups} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Entries({ groups }: Pick<ContextMenuProps, 'groups'>) {
  return <MenuEntries groups={typeof groups === 'function' ? groups() : groups} />
}

/** `children` is the one element whose right click opens the menu. */
export interface ContextMenuProps {
  groups: readonly MenuGroup[] | (() => readonly MenuGroup[])
  children: ReactElement
}
