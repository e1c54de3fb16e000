import RotateCcw from 'lucide-react/icons/rotate-ccw'
import X from 'lucide-react/icons/x'
import { type KeyboardEvent, useRef } from 'react'
import type { TracePicture } from '../../../host/views/index.ts'
import { Badge, Button, classes, EmptyState, IconButton, Link } from '../../../ui/index.ts'
import { useSelection } from '../../../workspace/index.ts'

/** The hops of a request in order, each with its decision. One tab stop: arrows walk, Escape leaves. */
export function TraceList({ picture: { senders, trace }, step, onStep, onAnother, onReplay, onClose }: TraceListProps) {
  const list = useRef<HTMLOListElement>(null)
  const keys = (event: KeyboardEvent) => {
    const count = trace?.hops.length ?? 0
    const next = { ArrowDown: step + 1, ArrowUp: step - 1, Home: 0, End: count - 1 }[event.key]
    if (event.key === 'Escape') onClose()
    else if (next !== undefined && count > 0) {
      const there = Math.max(0, Math.min(count - 1, next))
      onStep(there)
      list.current?.querySelectorAll<HTMLElement>('[data-hop]')[there]?.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section
      className="dg-float right-3 bottom-3 flex max-h-[70%] w-[340px] flex-col rounded-8"
      aria-label="One request"
      onKeyDown={keys}
    >
      <div className="flex items-center gap-2 border-line border-b px-3 py-2">
        <b className="font-strong text-13">One request</b>
        {trace ? (
          <Badge status={trace.tone} small>
            {trace.ended}
          </Badge>
        ) : null}
        <span className="ml-auto" />
        <IconButton small label="Play it again" side="left" onClick={onReplay}>
          <RotateCcw size={14} aria-hidden="true" />
        </IconButton>
        <IconButton small label="Stop following" keys="Escape" side="left" onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </div>
      {trace ? (
        <>
          <div className="flex items-center gap-2 px-3 pt-2 text-12">
            <label className="text-muted" htmlFor="trace-sender">
              of
            </label>
            <select
              id="trace-sender"
              className="min-w-0 flex-1 rounded-6 border border-line-strong bg-panel px-1.5 py-1 text-12 pointer-coarse:min-h-11"
              value={trace.sender.id}
              onChange={(event) => onAnother(event.target.value)}
            >
              {senders.map(({ id, name, rate }) => (
                <option key={id} value={id}>
                  {`${name} · ${Math.round(rate)}/s`}
                </option>
              ))}
            </select>
            <Button size="sm" onClick={() => onAnother()}>
              Another one
            </Button>
          </div>
          <ol ref={list} className="m-0 min-h-0 list-none overflow-auto p-1.5">
            {trace.hops.map(({ at, name, label, says, ms, places }, i) => (
              <li
                key={`${i} ${at}`}
                className={classes(
                  'relative grid grid-cols-[22px_1fr_auto] pointer-coarse:grid-cols-[44px_1fr_auto] gap-x-1.5 rounded-6 px-1.5 py-1.5 text-12',
                  i === step && 'bg-accent-tint',
                )}
                aria-current={i === step ? 'step' : undefined}
              >
                <button
                  type="button"
                  data-hop
                  tabIndex={i === step ? 0 : -1}
                  aria-label={`Hop ${i + 1}: ${label} ${name}. ${says}`}
                  className={classes(
                    'num grid size-6 pointer-coarse:size-11 place-items-center self-start rounded-full border text-11',
                    i === step ? 'border-accent font-strong text-accent' : 'border-line-strong text-muted',
                  )}
                  onClick={() => onStep(i)}
                >
                  {i + 1}
                </button>
                <span className="min-w-0">
                  <span className="text-muted">{label} </span>
                  {places.length > 0 ? (
                    <Link mono onClick={() => useSelection.getState().select(places[0] ?? at)}>
                      {name}
                    </Link>
                  ) : (
                    <span className="mono">{name}</span>
                  )}
                  <span className="block break-words">{says}</span>
                </span>
                <span className="num whitespace-nowrap text-11 text-muted">{ms > 0 ? `${Math.round(ms)} ms` : ''}</span>
              </li>
            ))}
          </ol>
          {trace.wire > 0 ? (
            <p className="m-0 border-line border-t px-3 py-1.5 text-11 text-muted">
              {`${Math.round(trace.wire)} ms of it on the wires between`}
            </p>
          ) : null}
        </>
      ) : (
        <div className="p-4">
          <EmptyState title="Nobody sends requests here yet" action={{ label: 'Close', run: onClose }} />
        </div>
      )}
    </section>
  )
}

interface TraceListProps {
  readonly picture: TracePicture
  readonly step: number
  onStep(step: number): void
  /** Another request, of this sender or of the same one. */
  onAnother(sender?: string): void
  onReplay(): void
  onClose(): void
}
