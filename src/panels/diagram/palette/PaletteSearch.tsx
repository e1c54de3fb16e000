import { useMemo, useRef, useState } from 'react'
import type { PaletteEntry } from '../../../host/views/palette.view.ts'
import { classes, fuzzy, Pictogram } from '../../../ui/index.ts'

/** A list of what can be placed, with a search. Enter or a click takes one up; pulling one out drags it to its place. */
export function PaletteSearch({ entries, title, onChoose, onDrag }: PaletteSearchProps) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const press = useRef<{ entry: PaletteEntry; x: number; y: number } | undefined>(undefined)
  const found = useMemo(
    () =>
      entries
        .flatMap((entry) => {
          const fit = fuzzy(text, `${entry.label} ${entry.group}`)
          return fit ? [{ entry, score: fit.score }] : []
        })
        .sort((a, b) => b.score - a.score)
        .map(({ entry }) => entry),
    [entries, text],
  )
  const chosen = Math.min(at, found.length - 1)
  return (
    <div
      onPointerMove={({ clientX, clientY }) => {
        const start = press.current
        if (!start || Math.hypot(clientX - start.x, clientY - start.y) < 6) return
        press.current = undefined
        onDrag(start.entry, { x: clientX, y: clientY })
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the list was opened to be searched
        autoFocus
        className="mb-1 h-[30px] w-full rounded-6 border border-line-strong bg-well px-2 text-12"
        placeholder={title}
        aria-label={title}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found[chosen] ? `palette-${found[chosen].id}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, chosen + 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(0, chosen - 1))
          else if (event.key === 'Enter' && found[chosen]) onChoose(found[chosen])
          else return
          event.preventDefault()
        }}
      />
      <div id="palette-list" role="listbox" aria-label={title} className="max-h-[320px] overflow-y-auto">
        {found.map((entry, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the search field above has the keys
          <div
            key={entry.id}
            id={`palette-${entry.id}`}
            role="option"
            aria-selected={i === chosen}
            tabIndex={-1}
            className={classes(
              'flex h-[30px] cursor-grab items-center gap-2 rounded-5 px-2 text-12 pointer-coarse:h-11',
              i === chosen && 'bg-hover',
            )}
            onPointerEnter={() => setAt(i)}
            onPointerDown={(event) => {
              press.current = { entry, x: event.clientX, y: event.clientY }
            }}
            onPointerUp={() => {
              press.current = undefined
            }}
            onClick={() => onChoose(entry)}
          >
            <Pictogram name={entry.pictogram} className="text-muted" />
            <span>{entry.label}</span>
            <span className="ml-auto text-11 text-muted">{entry.group}</span>
          </div>
        ))}
        {found.length === 0 ? <p className="px-2 py-1 text-12 text-muted">Nothing of that name.</p> : null}
      </div>
    </div>
  )
}

interface PaletteSearchProps {
  readonly entries: readonly PaletteEntry[]
  readonly title: string
  onChoose(entry: PaletteEntry): void
  onDrag(entry: PaletteEntry, at: { x: number; y: number }): void
}
