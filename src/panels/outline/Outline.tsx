import './outline.css'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Meaning, OutlineItem, Outline as Picture } from '../../host/views/index.ts'
import { announce, Button, toast } from '../../ui/index.ts'
import { runEdit, useLayout, useSelection } from '../../workspace/index.ts'
import { usePolled } from '../workbench/usePolled.ts'
import { AddMenu } from './AddMenu.tsx'
import { OutlineRow } from './OutlineRow.tsx'
import { ThingMenu } from './ThingMenu.tsx'
import { treeKey, visible } from './tree.ts'

/** The world as a tree: whatever can be done on the canvas can be done here, by keyboard and with a screen reader. */
export function Outline() {
  const lab = useLab()
  const picture = usePolled<Picture>('outline')
  const items = picture?.items ?? none
  const selected = useSelection((selection) => selection.selected)
  const hovered = useSelection((selection) => selection.hovered)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [at, setAt] = useState<string | undefined>(undefined)
  /** The thing from which a connection is being drawn. */
  const [connecting, setConnecting] = useState<OutlineItem | undefined>(undefined)
  const tree = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => visible(items, closed), [items, closed])
  const active = rows.some(({ item }) => item.id === at) ? at : rows[0]?.item.id
  const current = items.find(({ id }) => id === active)

  useEffect(() => {
    const [first] = selected
    if (first !== undefined) setAt(first)
  }, [selected])

  const focus = (id: string) => {
    setAt(id)
    tree.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus()
  }
  const connect = async (to: OutlineItem) => {
    if (!connecting) return
    setConnecting(undefined)
    const meaning = (await lab.ask('gesture', { connect: connecting.id, to: to.id })) as Meaning
    if ('refuse' in meaning) toast({ status: 'warn', text: meaning.refuse })
    else {
      await runEdit(lab, [meaning.line], { by: 'outline', changes: [connecting.id, to.id] })
      announce(`${connecting.name} is connected with ${to.name}`)
    }
  }
  const choose = (item: OutlineItem) => {
    setAt(item.id)
    if (connecting) void connect(item)
    else useSelection.getState().select(item.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape' && connecting) {
      setConnecting(undefined)
      announce('Not connected')
    } else if ((event.key === 'Enter' || event.key === ' ') && current) {
      choose(current)
      if (event.key === 'Enter' && !connecting) useLayout.getState().openInspector('why')
    } else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      tree.current?.parentElement?.querySelector<HTMLElement>('[data-thing-menu]')?.click()
    } else {
      const move = treeKey(event.key, rows, active, closed, ({ name }) => name)
      if (!move) return
      if ('focus' in move) focus(move.focus)
      else if ('close' in move) setClosed(new Set([...closed, move.close]))
      else {
        const open = typeof move.open === 'string' ? [move.open] : move.open
        setClosed(new Set([...closed].filter((id) => !open.includes(id))))
      }
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="flex min-h-full flex-col">
      <div className="flex flex-none flex-wrap items-center gap-2 border-line border-b px-3 py-1.5">
        <AddMenu into={current} />
        {current ? <ThingMenu thing={current} onConnect={() => setConnecting(current)} /> : null}
        {connecting ? (
          <p className="m-0 flex items-center gap-2 text-12" role="status">
            {`Connect ${connecting.name} with: choose the other end.`}
            <Button size="sm" tone="ghost" onClick={() => setConnecting(undefined)}>
              Not now
            </Button>
          </p>
        ) : null}
        {picture && picture.left > 0 ? (
          <p className="micro m-0 ml-auto">{`${picture.left} more are not listed`}</p>
        ) : null}
      </div>
      <div
        ref={tree}
        role="tree"
        aria-label="Outline of the world"
        tabIndex={-1}
        className="ol-tree"
        onKeyDown={onKeyDown}
      >
        {rows.map((row) => (
          <OutlineRow
            key={row.item.id}
            row={row}
            open={!closed.has(row.item.id)}
            active={row.item.id === active}
            selected={selected.includes(row.item.id)}
            ringed={row.item.id === hovered}
            onChoose={choose}
            onToggle={(id) =>
              setClosed(closed.has(id) ? new Set([...closed].filter((one) => one !== id)) : new Set([...closed, id]))
            }
          />
        ))}
        {items.length === 0 ? <p className="sub m-0 p-3">Nothing is here yet. “Add” brings the first thing.</p> : null}
      </div>
    </div>
  )
}

const none: readonly OutlineItem[] = []
