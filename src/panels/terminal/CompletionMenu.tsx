import { useEffect } from 'react'
import type { Candidates } from '../../host/client.ts'

/** Most candidates that are drawn; typing on narrows them. */
const MOST = 60

/** What Tab offers, above the line. The input keeps the focus and points at the chosen one. */
export function CompletionMenu({
  id,
  choices,
  onTake,
}: {
  id: string
  choices: Candidates & { readonly at: number }
  onTake: (at: number) => void
}) {
  const { at, candidates } = choices
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which must not be taken for what undoes the effect.
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])
  const first = Math.max(0, Math.min(at - MOST / 2, candidates.length - MOST))
  return (
    <div id={id} role="listbox" aria-label="Completions" className="pop menu term-menu">
      {candidates.slice(first, first + MOST).map((candidate, i) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and points here by aria-activedescendant
        // biome-ignore lint/a11y/useKeyWithClickEvents: the input handles the keys
        <div
          key={candidate.text}
          id={`${id}-${first + i}`}
          role="option"
          aria-selected={first + i === at}
          className="menu-item"
          data-highlighted={first + i === at || undefined}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(first + i)}
        >
          <span className="mono whitespace-nowrap">{candidate.text}</span>
          {candidate.says ? <span className="ml-auto truncate pl-4 text-11 text-muted">{candidate.says}</span> : null}
        </div>
      ))}
      {candidates.length > MOST ? (
        <p className="micro m-0 px-2 py-1">{`${candidates.length} in all: type on to narrow them`}</p>
      ) : null}
    </div>
  )
}
