import SkipForward from 'lucide-react/icons/skip-forward'
import Zap from 'lucide-react/icons/zap'
import { useEffect, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Inspection, Ways } from '../../host/views/index.ts'
import { Button, classes, Glyph, Section } from '../../ui/index.ts'
import { runAction } from '../../workspace/index.ts'
import { clockText, lengthText } from '../timeline/index.ts'
import { useClock } from '../workbench/useClock.ts'
import { labelText } from './chart.ts'
import { Remaining } from './Remaining.tsx'

type Action = Inspection['actions'][number]

/** Actions that cause an event in the present state, as far as a try on a fork shows. Asked anew for every state, while the world stands. */
export function useWays(inspection: Inspection): ReadonlyMap<string, Action> {
  const lab = useLab()
  const { id, entry, actions } = inspection
  const playing = useClock((clock) => clock.playing) ?? true
  const [ways, setWays] = useState<{ readonly entry: number; readonly of: Ways }>()
  useEffect(() => {
    if (playing || ways?.entry === entry) return
    let stale = false
    lab.ask('ways', { entity: id }).then(
      (of) => {
        if (!stale) setWays({ entry, of: of as Ways })
      },
      () => {},
    )
    return () => {
      stale = true
    }
  }, [lab, id, entry, playing, ways?.entry])
  const known = ways?.entry === entry ? Object.entries(ways.of) : []
  return new Map(
    known.flatMap(([type, action]) => {
      const found = actions.find((one) => one.id === action)
      return found ? [[type, found] as const] : []
    }),
  )
}

/** What each way out of the present state waits for, with a button that runs to it or causes it. */
export function WaysOut({ inspection, marked }: { inspection: Inspection; marked?: string | undefined }) {
  const lab = useLab()
  const ways = useWays(inspection)
  const { lifecycle, state, timers } = inspection
  const is = lifecycle.states[state]
  const on = Object.entries({ ...lifecycle.on, ...is?.on })
  const stays = on.filter(([, { target }]) => target === undefined)
  if (is?.type === 'final') return null
  return (
    <Section title="Ways out of here">
      <div className="grid gap-2">
        {Object.entries(is?.after ?? {}).map(([delay, { target, description }]) => {
          const timer = timers.find((one) => one.delay === delay)
          return (
            <Way
              key={delay}
              type={`after.${delay}`}
              target={target}
              marked={marked}
              hot={timer !== undefined}
              timer={timer}
            >
              <p className="m-0 mt-1 text-12 text-muted leading-[calc(17px*var(--text-size))]">
                {description}{' '}
                {timer ? (
                  <>
                    Waits for a timer: {lengthText(timer.at - timer.setAt)} set at {clockText(timer.setAt)}, rings at{' '}
                    <b className="num font-medium text-text">{clockText(timer.at)}</b>.
                  </>
                ) : (
                  (lifecycle.delays?.[delay] ?? '')
                )}
              </p>
              {timer ? (
                <Button
                  size="sm"
                  className="mt-2"
                  icon={<SkipForward size={13} strokeWidth={1.75} aria-hidden="true" />}
                  onClick={() => void lab.seek(timer.at)}
                >
                  Run until it rings
                </Button>
              ) : null}
            </Way>
          )
        })}
        {on
          .filter(([, { target }]) => target !== undefined)
          .map(([type, { target, description }]) => {
            const action = ways.get(type)
            return (
              <Way key={type} type={type} target={target} marked={marked} hot={false}>
                <p className="m-0 mt-1 text-12 text-muted leading-[calc(17px*var(--text-size))]">{description}</p>
                {action ? (
                  <div className="mt-2 flex flex-wrap items-center gap-2">
                    <Button
                      size="sm"
                      icon={<Zap size={13} strokeWidth={1.75} aria-hidden="true" />}
                      onClick={() => void runAction(lab, inspection.id, action, 'inspector')}
                    >
                      Cause it
                    </Button>
                    <code className="mono min-w-0 text-11 text-muted wrap-anywhere">{action.line}</code>
                  </div>
                ) : null}
              </Way>
            )
          })}
        {stays.length > 0 ? (
          <div className="rounded-8 border border-line-strong border-dashed px-3 py-2.5">
            <div className="flex items-center gap-[7px] font-medium text-13 text-muted">
              <Glyph status="idle" />
              Changes no state here
            </div>
            <p className="m-0 mt-1 text-12 text-muted leading-[calc(17px*var(--text-size))]">
              {stays.map(([type]) => type).join(', ')}.
            </p>
          </div>
        ) : null}
      </div>
    </Section>
  )
}

function Way({
  type,
  target,
  marked,
  hot,
  timer,
  children,
}: {
  type: string
  target: string | undefined
  marked: string | undefined
  hot: boolean
  timer?: Inspection['timers'][number] | undefined
  children: React.ReactNode
}) {
  return (
    <div
      className={classes(
        'rounded-8 border bg-panel px-3 py-2.5',
        hot ? 'border-accent' : 'border-line-strong',
        marked === type && 'ring-2 ring-focus',
      )}
      data-way={type}
    >
      <div className="flex flex-wrap items-center gap-[7px] text-13">
        {timer ? (
          <Remaining timer={timer} size={18} />
        ) : (
          <Zap size={15} strokeWidth={1.6} className="text-muted" aria-hidden="true" />
        )}
        <code className="mono font-strong text-12">{labelText(type)}</code>
        {target === undefined ? null : (
          <span className="text-12 text-muted">
            to <b className="font-medium text-text">{target}</b>
          </span>
        )}
      </div>
      {children}
    </div>
  )
}
