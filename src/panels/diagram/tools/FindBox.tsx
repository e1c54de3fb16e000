import { useContext, useState } from 'react'
import { classes, fuzzy, Glyph } from '../../../ui/index.ts'
import { SceneContext } from '../scene/context.ts'

const MOST = 8

/** Finds a thing on the canvas by name, kind or word: `web`, `pending`, `service`. */
export function FindBox({ onFound, onClose }: { onFound(id: string): void; onClose(): void }) {
  const scene = useContext(SceneContext)
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found =
    text === ''
      ? []
      : scene.nodes
          .flatMap((node) => {
            const thing = scene.get(node.id) ?? node
            const fit = fuzzy(text, `${thing.look.title} ${thing.label} ${thing.look.word}`)
            return fit ? [{ thing, score: fit.score }] : []
          })
          .sort((a, b) => b.score - a.score)
          .slice(0, MOST)
  const chosen = Math.min(at, found.length - 1)
  return (
    <search className="dg-float left-1/2 top-3 w-[300px] -translate-x-1/2 rounded-8 p-1.5">
      <input
        // biome-ignore lint/a11y/noAutofocus: the key `/` asks for it
        autoFocus
        className="h-[30px] w-full rounded-6 border border-line-strong bg-well px-2 text-12"
        placeholder="Find a name, a kind, a word"
        aria-label="Find on the canvas"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls="find-list"
        aria-activedescendant={found[chosen] ? `find-${chosen}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onBlur={onClose}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, chosen + 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(0, chosen - 1))
          else if (event.key === 'Escape') onClose()
          else if (event.key === 'Enter') {
            if (found[chosen]) onFound(found[chosen].thing.id)
            onClose()
          } else return
          event.preventDefault()
        }}
      />
      <div id="find-list" role="listbox" aria-label="Found" className={found.length > 0 ? 'mt-1.5' : undefined}>
        {found.map(({ thing }, i) => (
          <div
            key={thing.id}
            id={`find-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen}
            className={classes('flex h-7 items-center gap-2 rounded-5 px-2 text-12', i === chosen && 'bg-hover')}
            onPointerDown={(event) => {
              event.preventDefault()
              onFound(thing.id)
              onClose()
            }}
          >
            <Glyph status={thing.look.tone} label={true} />
            <span className="truncate font-mono">{thing.look.title}</span>
            <span className="ml-auto flex-none text-11 text-muted">{thing.label}</span>
          </div>
        ))}
      </div>
    </search>
  )
}
