import { lazy, Suspense, useContext, useMemo, useRef, useState } from 'react'
import { useView } from '../../../host/react.ts'
import type { PaletteEntry } from '../../../host/views/palette.view.ts'
import { Button, Pictogram, Tooltip } from '../../../ui/index.ts'
import { useDialogs } from '../../../workspace/index.ts'
import { GestureContext, usePending } from '../gesture/context.ts'
import { ToolIcon } from '../icons.tsx'
import { useRoving } from '../tools/useRoving.ts'
import { PaletteSearch } from './PaletteSearch.tsx'

const PalettePopover = lazy(() =>
  import('./PalettePopover.tsx').then(({ PalettePopover }) => ({ default: PalettePopover })),
)

/** The strip at the left edge: what can be placed, one picture a group, each opening what it holds. Drag from it, or click and then click a place. */
export function Palette({ open, onOpen, onFind, onFit, onTidy }: PaletteProps) {
  const entries = useView<readonly PaletteEntry[]>('palette')
  const gestures = useContext(GestureContext)
  const pending = usePending()
  const [group, setGroup] = useState<string | undefined>(undefined)
  const anchor = useRef<HTMLDivElement>(null)
  const rove = useRoving(anchor, true)
  const groups = useMemo(() => {
    const found = new Map<string, PaletteEntry[]>()
    for (const entry of entries ?? []) found.set(entry.group, [...(found.get(entry.group) ?? []), entry])
    return [...found]
  }, [entries])
  if (!gestures) return null
  // Whoever came by keyboard goes on where they were: the list takes the focus away with it.
  const toCanvas = () =>
    requestAnimationFrame(() => {
      if (document.activeElement === document.body)
        anchor.current?.closest<HTMLElement>('[role="application"]')?.focus({ preventScroll: true })
    })
  const choose = (entry: PaletteEntry) => {
    onOpen(false)
    toCanvas()
    gestures.begin({ sort: 'place', item: entry }, false)
  }
  const shown = group === undefined ? (entries ?? []) : (entries ?? []).filter((entry) => entry.group === group)
  return (
    <div
      ref={anchor}
      className="dg-float dg-strip"
      role="toolbar"
      aria-label="Palette"
      aria-orientation="vertical"
      onKeyDown={rove}
    >
      <Tooltip text="Select" side="right">
        <button type="button" aria-label="Select" aria-pressed={!pending} onClick={() => gestures.cancel()}>
          <ToolIcon name="cursor" />
        </button>
      </Tooltip>
      <Tooltip text="Connect two things" keys="C" side="right">
        <button
          type="button"
          aria-label="Connect two things"
          aria-pressed={pending?.intent.sort === 'connect' || pending?.intent.sort === 'pick'}
          onClick={() => onOpen('connect')}
        >
          <ToolIcon name="link" />
        </button>
      </Tooltip>
      <hr />
      {groups.map(([name, [first]]) => (
        <Tooltip key={name} text={name} side="right">
          <button
            type="button"
            aria-label={`Add: ${name}`}
            aria-haspopup="dialog"
            onClick={() => {
              setGroup(name)
              onOpen(true)
            }}
          >
            <Pictogram name={first?.pictogram ?? 'thing'} />
          </button>
        </Tooltip>
      ))}
      {groups.length > 0 ? <hr /> : null}
      <Tooltip text="Add anything" keys="A" side="right">
        <button
          type="button"
          aria-label="Add anything"
          aria-haspopup="dialog"
          onClick={() => {
            setGroup(undefined)
            onOpen(true)
          }}
        >
          <ToolIcon name="plus" />
        </button>
      </Tooltip>
      <Tooltip text="Templates" side="right">
        <button
          type="button"
          aria-label="Templates"
          aria-haspopup="dialog"
          onClick={() => useDialogs.getState().show('templates')}
        >
          <ToolIcon name="template" />
        </button>
      </Tooltip>
      <Tooltip text="Break something" keys="X" side="right">
        <button type="button" aria-label="Break something" onClick={() => onOpen('fault')}>
          <ToolIcon name="bolt" />
        </button>
      </Tooltip>
      <hr />
      <Tooltip text="Find on the canvas" keys="/" side="right">
        <button type="button" aria-label="Find on the canvas" onClick={onFind}>
          <ToolIcon name="search" />
        </button>
      </Tooltip>
      <Tooltip text="Tidy up" keys="T" side="right">
        <button type="button" aria-label="Tidy up" onClick={onTidy}>
          <ToolIcon name="tidy" />
        </button>
      </Tooltip>
      <Tooltip text="Everything in view" keys="Shift 1" side="right">
        <button type="button" aria-label="Everything in view" onClick={onFit}>
          <ToolIcon name="fit" />
        </button>
      </Tooltip>
      {open ? (
        <Suspense>
          <PalettePopover
            anchor={anchor}
            label={group ?? 'Add'}
            onOpenChange={(next) => {
              onOpen(next)
              if (next) return
              setGroup(undefined)
              toCanvas()
            }}
          >
            <PaletteSearch
              entries={shown}
              title={group ?? 'Add to the canvas'}
              onChoose={choose}
              onDrag={(entry, at) => {
                onOpen(false)
                gestures.begin({ sort: 'place', item: entry }, true, at)
              }}
            />
            <section className="mt-1 border-t border-line pt-2" aria-label="Templates">
              <Button
                size="sm"
                className="w-full justify-center"
                onClick={() => {
                  onOpen(false)
                  useDialogs.getState().show('templates')
                }}
              >
                Start from a template…
              </Button>
            </section>
          </PalettePopover>
        </Suspense>
      ) : null}
    </div>
  )
}

interface PaletteProps {
  /** Whether the list is open. */
  readonly open: boolean
  /** Opens or closes the list, or asks for one of the two other tools in the strip. */
  onOpen(open: boolean | 'connect' | 'fault'): void
  onFind(): void
  onFit(): void
  /** Everything finds its own place again. */
  onTidy(): void
}
