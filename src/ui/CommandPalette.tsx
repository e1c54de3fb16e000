import { Dialog as Base } from '@base-ui/react/dialog'
import Search from 'lucide-react/icons/search'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useState } from 'react'
import { fuzzy } from './fuzzy.ts'
import { groupBy } from './groupBy.ts'
import { Kbd } from './Kbd.tsx'
import { VisuallyHidden } from './VisuallyHidden.tsx'

/** Find anything, run anything. Type to narrow, arrows to walk (they wrap), Page keys, Enter to run, Escape to leave. The page decides
 *  when it is open and binds Ctrl+K; running a command closes it first, so that focus is back before the command moves it. */
export function CommandPalette({ open, onOpenChange, commands, placeholder, most = 60 }: CommandPaletteProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="veil z-40" />
        <Base.Viewport className="dialog-place top z-40">
          <Base.Popup className="pop dialog overflow-hidden" style={{ width: 'min(580px, 100%)' }}>
            <Base.Title className="sr-only">Find anything, run anything</Base.Title>
            <Finder
              commands={commands}
              most={most}
              placeholder={placeholder ?? 'Find anything, run anything'}
              onRun={(command) => {
                onOpenChange(false)
                // After the dialog has given the focus back.
                requestAnimationFrame(() => command.run())
              }}
            />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

function Finder({
  commands,
  most,
  placeholder,
  onRun,
}: {
  commands: readonly PaletteCommand[]
  most: number
  placeholder: string
  onRun: (command: PaletteCommand) => void
}) {
  const list = useId()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const found = useMemo(() => findCommands(query, commands).slice(0, most), [query, commands, most])
  const chosen = found[Math.min(at, found.length - 1)]
  useEffect(() => {
    if (chosen) document.getElementById(`${list}-${chosen.command.id}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen, list])

  const onKeyDown = (event: KeyboardEvent) => {
    const go = moves[event.key]
    if (go && found.length > 0) {
      event.preventDefault()
      setAt(go(Math.min(at, found.length - 1), found.length))
    } else if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) {
      event.preventDefault()
      onRun(chosen.command)
    }
  }

  const groups = groupBy(found, ({ command }) => command.group)
  return (
    <>
      <div className="relative flex-none">
        <Search size={16} className="absolute top-[15px] left-3.5 text-muted" aria-hidden="true" />
        <input
          className="palette-input"
          role="combobox"
          aria-label={placeholder}
          aria-expanded="true"
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={chosen ? `${list}-${chosen.command.id}` : undefined}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className="palette-list" role="listbox" id={list} aria-label="Commands">
        {[...groups].map(([group, items]) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox
          <div key={group} role="group" aria-label={group}>
            <div className="menu-label" aria-hidden="true">
              {group}
            </div>
            {items.map(({ command, places }) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and points here by aria-activedescendant
              // biome-ignore lint/a11y/useKeyWithClickEvents: the input handles the keys
              <div
                key={command.id}
                id={`${list}-${command.id}`}
                className="palette-item"
                role="option"
                aria-selected={command === chosen?.command}
                aria-keyshortcuts={command.keys?.replaceAll(' ', '+')}
                onPointerMove={() => setAt(found.findIndex((item) => item.command === command))}
                onClick={() => onRun(command)}
              >
                {command.icon}
                <span className="min-w-0 truncate">
                  <Marked text={command.title} places={places} />
                </span>
                {command.keys ? <Kbd keys={command.keys} decorative /> : null}
              </div>
            ))}
          </div>
        ))}
        {found.length === 0 ? <p className="sub m-0 p-3">Nothing matches “{query}”.</p> : null}
      </div>
      <VisuallyHidden>
        <span role="status">{found.length === 1 ? '1 result' : `${found.length} results`}</span>
      </VisuallyHidden>
    </>
  )
}

/** The commands that fit, best first, kept together by group in the order of each group's best. */
export function findCommands(query: string, commands: readonly PaletteCommand[]) {
  const fits = commands.flatMap((command) => {
    const fit = fuzzy(query, command.title)
    const aside = fit ? undefined : fuzzy(query, `${command.group} ${command.title} ${command.words ?? ''}`)
    if (fit) return [{ command, score: fit.score, places: fit.places }]
    return aside ? [{ command, score: aside.score - 20, places: [] as readonly number[] }] : []
  })
  if (query.trim() !== '') fits.sort((a, b) => b.score - a.score)
  return [...groupBy(fits, ({ command }) => command.group).values()].flat()
}

function Marked({ text, places }: { text: string; places: readonly number[] }) {
  const parts: ReactNode[] = []
  let from = 0
  for (let index = 0; index < places.length; ) {
    const start = places[index] ?? 0
    let end = start + 1
    index++
    while (places[index] === end) {
      end++
      index++
    }
    parts.push(text.slice(from, start), <mark key={start}>{text.slice(start, end)}</mark>)
    from = end
  }
  parts.push(text.slice(from))
  return parts
}

const moves: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at + count - 1) % count,
  PageDown: (at, count) => Math.min(count - 1, at + 8),
  PageUp: (at) => Math.max(0, at - 8),
}

/** One thing that can be found and run. `words` are further words to find it by; `keys` its shortcut. Ids hold no spaces. */
export interface PaletteCommand {
  id: string
  title: string
  group: string
  keys?: string | undefined
  icon?: ReactNode | undefined
  words?: string | undefined
  run: () => void
}

export interface CommandPaletteProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  commands: readonly PaletteCommand[]
  placeholder?: string | undefined
  /** How many results are drawn at most. */
  most?: number | undefined
}
