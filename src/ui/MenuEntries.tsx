import { Menu as Base } from '@base-ui/react/menu'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { Kbd } from './Kbd.tsx'

/** The inside of a menu, the same for a button's menu and a context menu: groups of entries with a hairline between. */
export function MenuEntries({ groups }: { groups: readonly MenuGroup[] }) {
  return groups.map((group, index) => (
    <Base.Group key={group.id}>
      {index > 0 ? <Base.Separator className="menu-sep" /> : null}
      {group.label ? <Base.GroupLabel className="menu-label">{group.label}</Base.GroupLabel> : null}
      {group.entries.map((entry) =>
        entry.groups ? (
          <Base.SubmenuRoot key={entry.id}>
            <Base.SubmenuTrigger className="menu-item">
              {entry.icon}
              {entry.label}
              <svg className="ml-auto" width="11" height="11" viewBox="0 0 16 16" aria-hidden="true">
                <path d="M6 3.5 10.5 8 6 12.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
              </svg>
            </Base.SubmenuTrigger>
            <Base.Portal>
              <Base.Positioner className="z-50" sideOffset={2} alignOffset={-5}>
                <Base.Popup className="pop menu">
                  <MenuEntries groups={entry.groups} />
                </Base.Popup>
              </Base.Positioner>
            </Base.Portal>
          </Base.SubmenuRoot>
        ) : entry.checked === undefined ? (
          <Base.Item
            key={entry.id}
            className={classes('menu-item', entry.danger && 'danger')}
            disabled={entry.refused !== undefined}
            onClick={() => entry.run?.()}
          >
            <EntryFace entry={entry} />
          </Base.Item>
        ) : (
          <Base.CheckboxItem
            key={entry.id}
            className="menu-item"
            checked={entry.checked}
            disabled={entry.refused !== undefined}
            closeOnClick
            onCheckedChange={() => entry.run?.()}
          >
            <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" opacity={entry.checked ? 1 : 0}>
              <path d="M2.6 7.5 5.7 10.5 11.4 3.9" fill="none" stroke="currentColor" strokeWidth="1.9" />
            </svg>
            <EntryFace entry={entry} />
          </Base.CheckboxItem>
        ),
      )}
    </Base.Group>
  ))
}

function EntryFace({ entry }: { entry: MenuEntry }) {
  return (
    <>
      {entry.icon}
      <span>{entry.label}</span>
      {entry.refused ? <span className="why-not">{entry.refused}</span> : null}
      {entry.keys && !entry.refused ? <Kbd keys={entry.keys} decorative /> : null}
    </>
  )
}

/** A group of entries, with a heading if it needs one. */
export interface MenuGroup {
  id: string
  label?: string | undefined
  entries: readonly MenuEntry[]
}

/** One entry: it runs, or toggles (`checked`), or opens `groups` beside it. `refused` turns it off and says why, in a few words. */
export interface MenuEntry {
  id: string
  label: ReactNode
  icon?: ReactNode | undefined
  keys?: string | undefined
  danger?: boolean | undefined
  checked?: boolean | undefined
  refused?: string | undefined
  run?: (() => void) | undefined
  groups?: readonly MenuGroup[] | undefined
}
