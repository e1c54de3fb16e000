import './terminal.css'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useLab } from '../../host/react.ts'
import { useClock } from '../workbench/useClock.ts'
import { clockVerb } from './clockVerbs.ts'
import { Prompt } from './Prompt.tsx'
import type { Row } from './rows.ts'
import { TerminalRows } from './TerminalRows.tsx'
import { TerminalTools } from './TerminalTools.tsx'
import { useTranscript } from './useTranscript.ts'

/** A session's terminal: what was typed or dragged, what it printed, and the prompt. Clicking anywhere in it goes on typing. */
export function Terminal({ session = 'main', focus }: { session?: string | undefined; focus?: boolean | undefined }) {
  const lab = useLab()
  const { rows: printed, nouns, session: state } = useTranscript(session)
  /** What the page itself did, beside what the world printed: no part of any history. */
  const [said, setSaid] = useState<readonly Row[]>([])
  const rows = useMemo(() => merged(printed, said), [printed, said])
  const paused = useClock((clock) => !clock.playing)
  const input = useRef<HTMLInputElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  /** Key of the last row that Ctrl+L has put out of sight. */
  const [cleared, setCleared] = useState(-1)
  /** How often the search was asked for by its key. */
  const [searches, setSearches] = useState(0)
  const [found, setFound] = useState<number | undefined>(undefined)
  const shown = useMemo(() => (cleared < 0 ? rows : rows.filter(({ key }) => key > cleared)), [rows, cleared])
  useEffect(() => {
    if (focus) input.current?.focus({ preventScroll: true })
  }, [focus])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the key of the search, which has a button too
    <div
      className="relative flex h-full min-h-0 flex-col bg-panel"
      onKeyDown={(event) => {
        if (!event.ctrlKey || !event.shiftKey || event.key.toLowerCase() !== 'f') return
        event.preventDefault()
        setSearches((last) => last + 1)
      }}
    >
      <TerminalTools key={searches} searching={searches > 0} rows={shown} onFound={setFound} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a click only brings the focus to the prompt, which Tab reaches too */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <div
        ref={scroller}
        className="term"
        onClick={() => {
          if ((document.getSelection()?.toString() ?? '') === '') input.current?.focus({ preventScroll: true })
        }}
      >
        <TerminalRows rows={shown} nouns={nouns} found={found} scroller={scroller} />
        {state?.busy && paused ? (
          <p className="m-0 font-ui text-11 text-muted">The world stands still, so this waits. Play lets it go on.</p>
        ) : null}
        <Prompt
          session={session}
          state={state}
          input={input}
          onRun={(line) => {
            const done = clockVerb(lab, line)
            if (!done) {
              void lab.command(line, session).catch(() => {})
              return
            }
            const after = rows.at(-1)?.key ?? 0
            void done.then(
              (all) =>
                setSaid((last) => {
                  const texts = all.flatMap(({ is, text }) => text.split('\n').map((row) => ({ is, text: row })))
                  return [
                    ...last,
                    { key: after + 0.001, is: 'command', prompt: '$', text: line, by: 'page', at: 0 },
                    ...texts.map((row, i) => ({ ...row, key: after + 0.002 + i / 1e5, prompt: '', at: 0 })),
                  ]
                }),
              () => {},
            )
          }}
          onClear={() => {
            setCleared(rows.at(-1)?.key ?? -1)
            setFound(undefined)
          }}
        />
      </div>
    </div>
  )
}

/** Rows of both in order. What was said after a row that is no more (time was turned back) comes at the end. */
function merged(printed: readonly Row[], said: readonly Row[]): readonly Row[] {
  if (said.length === 0) return printed
  return [...printed, ...said].sort((a, b) => a.key - b.key)
}
