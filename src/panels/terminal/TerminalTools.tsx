import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import Copy from 'lucide-react/icons/copy'
import CopyCheck from 'lucide-react/icons/copy-check'
import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import { useMemo, useState } from 'react'
import { announce, IconButton } from '../../ui/index.ts'
import type { Row } from './rows.ts'

/** Search in what was printed, and copy of all of it: at the upper right, over the rows. */
export function TerminalTools({
  rows,
  searching,
  onFound,
}: {
  rows: readonly Row[]
  /** Whether the search is open from the start. */
  searching: boolean
  onFound: (index: number | undefined) => void
}) {
  const [query, setQuery] = useState<string | undefined>(searching ? '' : undefined)
  const [at, setAt] = useState(0)
  const hits = useMemo(() => {
    const wanted = query?.toLowerCase() ?? ''
    return wanted === '' ? [] : rows.flatMap(({ text }, i) => (text.toLowerCase().includes(wanted) ? [i] : []))
  }, [rows, query])
  const go = (by: number, from = at) => {
    if (hits.length === 0) return onFound(undefined)
    const next = (from + by + hits.length) % hits.length
    setAt(next)
    onFound(hits[next])
    announce(`${next + 1} of ${hits.length}: ${rows[hits[next] ?? 0]?.text ?? ''}`)
  }
  const close = () => {
    setQuery(undefined)
    onFound(undefined)
  }
  return (
    <div className="absolute top-1 right-2 z-4 flex items-center gap-1 rounded-6 bg-panel">
      {query === undefined ? (
        <>
          <IconButton small label="Search in the output" side="left" onClick={() => setQuery('')}>
            <Search size={14} aria-hidden="true" />
          </IconButton>
          <IconButton
            small
            label="Copy the last command and its output"
            side="left"
            onClick={() =>
              copy(
                rows.slice(
                  Math.max(
                    0,
                    rows.findLastIndex(({ is }) => is === 'command'),
                  ),
                ),
              )
            }
          >
            <CopyCheck size={14} aria-hidden="true" />
          </IconButton>
          <IconButton small label="Copy all of it" side="left" onClick={() => copy(rows)}>
            <Copy size={14} aria-hidden="true" />
          </IconButton>
        </>
      ) : (
        <search className="flex items-center gap-1">
          <input
            // biome-ignore lint/a11y/noAutofocus: the field was asked for by the button that it takes the place of
            autoFocus
            className="input term-find text-12"
            aria-label="Search in the output"
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') close()
              else if (event.key === 'Enter') go(event.shiftKey ? -1 : 1, at >= hits.length ? -1 : at)
            }}
          />
          <span className="micro num">{query === '' ? '' : `${hits.length}`}</span>
          <IconButton small label="Previous" onClick={() => go(-1)}>
            <ChevronUp size={14} aria-hidden="true" />
          </IconButton>
          <IconButton small label="Next" onClick={() => go(1)}>
            <ChevronDown size={14} aria-hidden="true" />
          </IconButton>
          <IconButton small label="Close the search" onClick={close}>
            <X size={14} aria-hidden="true" />
          </IconButton>
        </search>
      )}
    </div>
  )
}

function copy(rows: readonly Row[]): void {
  const text = rows.map((row) => `${row.prompt ? `${row.prompt} ` : ''}${row.text}`).join('\n')
  void navigator.clipboard?.writeText(text).then(() => announce('Copied'))
}
