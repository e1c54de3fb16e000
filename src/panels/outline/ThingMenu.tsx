import Ellipsis from 'lucide-react/icons/ellipsis'
import Zap from 'lucide-react/icons/zap'
import { useState } from 'react'
import { useLab, useView } from '../../host/react.ts'
import type { Inspection, OutlineItem } from '../../host/views/index.ts'
import { Button, Menu } from '../../ui/index.ts'
import { runAction, useLayout, useSelection } from '../../workspace/index.ts'

/** What can be done to one thing: looked at, connected, its own commands, its faults. */
export function ThingMenu({ thing, onConnect }: { thing: OutlineItem; onConnect: () => void }) {
  const lab = useLab()
  const [asked, setAsked] = useState(false)
  return (
    <span onFocusCapture={() => setAsked(true)} onPointerEnter={() => setAsked(true)} className="inline-flex">
      {asked ? <Loaded thing={thing} onConnect={onConnect} lab={lab} /> : <Trigger thing={thing} />}
    </span>
  )
}

function Trigger({ thing, ...rest }: { thing: OutlineItem }) {
  return (
    <Button size="sm" data-thing-menu {...rest} icon={<Ellipsis size={14} aria-hidden="true" />}>
      {thing.name}
    </Button>
  )
}

function Loaded({
  thing,
  onConnect,
  lab,
}: {
  thing: OutlineItem
  onConnect: () => void
  lab: ReturnType<typeof useLab>
}) {
  const found = useView<Inspection | null>('inspect', { id: thing.id })
  const entries = (sorts: readonly (string | undefined)[]) =>
    (found?.actions ?? [])
      .filter(({ sort }) => sorts.includes(sort))
      .map((action) => ({
        id: action.id,
        label: action.label,
        danger: action.sort === 'danger',
        icon: action.sort === 'fault' ? <Zap size={14} aria-hidden="true" /> : undefined,
        run: () => void runAction(lab, thing.id, action, 'outline'),
      }))
  const own = entries([undefined, 'danger'])
  const faults = entries(['fault'])
  return (
    <Menu
      trigger={
        <Button size="sm" data-thing-menu icon={<Ellipsis size={14} aria-hidden="true" />}>
          {thing.name}
        </Button>
      }
      groups={[
        {
          id: 'look',
          entries: [
            {
              id: 'inspect',
              label: 'Ask why',
              run: () => {
                useSelection.getState().select(thing.id)
                useLayout.getState().openInspector('why')
              },
            },
            { id: 'connect', label: 'Connect with…', run: onConnect },
          ],
        },
        ...(own.length > 0 ? [{ id: 'do', label: thing.label, entries: own }] : []),
        ...(faults.length > 0 ? [{ id: 'faults', label: 'Break it', entries: faults }] : []),
      ]}
    />
  )
}
