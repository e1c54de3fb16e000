import { useLayoutEffect, useRef, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { LogPicture } from '../../host/views/index.ts'
import { Button, EmptyState, Link, TextField } from '../../ui/index.ts'
import { clockText } from '../timeline/index.ts'
import { useSteadyView } from '../timeline/useSteadyView.ts'
import { logLines } from './logLines.ts'

/** Lines that are asked for at first, and how many more each time. */
const TAIL = 200

/** What a thing has written, the newest last; it follows while its end is in view. A time goes there. */
export function LogsTab({ id, name }: { id: string; name: string }) {
  const lab = useLab()
  const [tail, setTail] = useState(TAIL)
  const [search, setSearch] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const log = useSteadyView<LogPicture | null>('logs', { id, tail })
  const lines = logLines(log, search)
  const last = lines.length + (log?.left ?? 0)
  useLayoutEffect(() => {
    if (last > 0 && atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight })
  }, [last])
  if (log === undefined) return <div className="p-3.5" aria-busy="true" />
  if (!log || (log.lines.length === 0 && log.left === 0))
    return (
      <EmptyState
        title={`${name} has written nothing yet`}
        action={{ label: 'Run the world', run: () => void lab.play() }}
      />
    )
  return (
    <div className="grid grid-cols-1 gap-2.5 p-3.5">
      <TextField label="Search the log" hideLabel placeholder="Search the log" value={search} onChange={setSearch} />
      {log.left > 0 ? (
        <div className="flex items-center gap-2">
          <span className="sub flex-1">{log.left} older lines</span>
          <Button size="sm" onClick={() => setTail(tail + 5 * TAIL)}>
            Show more
          </Button>
        </div>
      ) : null}
      {lines.length === 0 ? (
        <EmptyState title="No line has that in it" action={{ label: 'Clear the search', run: () => setSearch('') }} />
      ) : (
        <div
          ref={box}
          role="log"
          aria-live="off"
          aria-label={`Log of ${name}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
          tabIndex={0}
          className="max-h-[60vh] overflow-y-auto rounded-6 bg-well p-2 font-mono text-12"
          onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
            atEnd.current = scrollHeight - scrollTop - clientHeight < 24
          }}
        >
          {lines.map(({ at, text, from }, i) => (
            <div key={log.left + i} className="flex items-start gap-2">
              <Link className="num flex-none text-11" onClick={() => void lab.seek(at)}>
                {clockText(at)}
              </Link>
              {from === undefined ? null : <span className="flex-none text-muted">{from}</span>}
              <span className="min-w-0 whitespace-pre-wrap wrap-anywhere">{text}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
