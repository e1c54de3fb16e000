import { useCallback, useState } from 'react'
import type { LabClient } from '../../../host/client.ts'
import type { Inspection } from '../../../host/views/inspect.view.ts'
import type { FaceAction } from '../../../kernel/index.ts'
import type { MenuGroup } from '../../../ui/index.ts'
import { runAction, useLayout, useSelection } from '../../../workspace/index.ts'
import { copyThings, duplicateThings, removeThings } from '../edits/things.ts'
import { ToolIcon } from '../icons.tsx'

/** The entries of the menu of one thing: what can be done with it, each with the line that it is; faults by themselves. */
export function useThingMenu(lab: LabClient, hands: MenuHands): ThingMenu {
  const [about, setAbout] = useState<{ id: string; found: Inspection | null | undefined } | undefined>(undefined)
  const ask = useCallback(
    (id: string | undefined) => {
      setAbout(id === undefined ? undefined : { id, found: undefined })
      if (id === undefined) return
      void lab.ask('inspect', { id }).then((found) => {
        setAbout((now) => (now?.id === id ? { id, found: found as Inspection | null } : now))
      })
    },
    [lab],
  )
  return { ask, groups: groupsOf(about, lab, hands) }
}

/** What the menu starts on the canvas. */
export interface MenuHands {
  connect(id: string): void
  move(id: string): void
  follow(id: string): void
}

export interface ThingMenu {
  /** Fetches what can be done with a thing; undefined for the bare canvas. */
  ask(id: string | undefined): void
  readonly groups: readonly MenuGroup[]
}

function groupsOf(
  about: { id: string; found: Inspection | null | undefined } | undefined,
  lab: LabClient,
  hands: MenuHands,
): readonly MenuGroup[] {
  if (!about) return [{ id: 'bare', entries: [{ id: 'none', label: 'Nothing here', refused: 'choose a thing' }] }]
  const { id, found } = about
  const actions = found?.actions ?? []
  const entry = (action: FaceAction) => ({
    id: action.id,
    label: (
      <span className="flex items-baseline gap-6">
        {action.label}
        <code className="max-w-[320px] truncate font-mono text-11 text-muted">{action.line}</code>
      </span>
    ),
    danger: action.sort === 'danger',
    ...(action.sort === 'fault' ? { icon: <ToolIcon name="bolt" /> } : {}),
    run: () => void runAction(lab, id, action, 'canvas'),
  })
  const { selected } = useSelection.getState()
  const chosen = selected.includes(id) ? selected : [id]
  const many = chosen.length > 1
  const plain = actions.filter(({ sort }) => sort === undefined)
  const faults = actions.filter(({ sort }) => sort === 'fault')
  const dangers = actions.filter(({ sort }) => sort === 'danger')
  const groups: MenuGroup[] = [
    {
      id: 'look',
      label: found ? `${found.label} ${found.name}` : undefined,
      entries: [
        {
          id: 'why',
          label: 'Why is it so?',
          keys: 'W',
          run: () => {
            useSelection.getState().select(id)
            useLayout.getState().openInspector('why')
          },
        },
        { id: 'follow', label: 'Follow it', keys: 'F', run: () => hands.follow(id) },
        { id: 'connect', label: 'Connect to…', keys: 'C', run: () => hands.connect(id) },
        { id: 'move', label: 'Move into…', keys: 'M', run: () => hands.move(id) },
        {
          id: 'copy',
          label: many ? `Copy ${chosen.length} things` : 'Copy as a file',
          keys: 'Ctrl C',
          run: () => void copyThings(lab, chosen),
        },
        {
          id: 'duplicate',
          label: many ? `Duplicate ${chosen.length} things` : 'Duplicate',
          keys: 'Ctrl D',
          run: () => void duplicateThings(lab, chosen),
        },
      ],
    },
  ]
  if (plain.length > 0) groups.push({ id: 'do', entries: plain.map(entry) })
  if (faults.length > 0) groups.push({ id: 'faults', label: 'Break it', entries: faults.map(entry) })
  const away = many
    ? [
        {
          id: 'remove',
          label: `Take ${chosen.length} things away`,
          keys: 'Delete',
          danger: true,
          run: () => void removeThings(lab, chosen),
        },
      ]
    : []
  if (dangers.length > 0 || many) groups.push({ id: 'danger', entries: [...dangers.map(entry), ...away] })
  return groups
}
