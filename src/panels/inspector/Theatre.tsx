import ArrowLeft from 'lucide-react/icons/arrow-left'
import ArrowRight from 'lucide-react/icons/arrow-right'
import X from 'lucide-react/icons/x'
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useView } from '../../host/react.ts'
import type { DecisionPicture } from '../../host/views/index.ts'
import { announce, Button, classes, Glyph, IconButton } from '../../ui/index.ts'
import { useLayout } from '../../workspace/index.ts'
import { clockText } from '../timeline/index.ts'
import { TheatreFoot } from './TheatreFoot.tsx'
import { TheatreStage } from './TheatreStage.tsx'
import { TheatreTable } from './TheatreTable.tsx'
import { wallZoom } from './theatreSizes.ts'
import { askedAt, fallen, outcomeOf, type TheatreStep, theatreSteps } from './theatreSteps.ts'

/**
 * A decision on a stage of its own, over the canvas: one lane for each candidate, one column for each rule. Left and right step through it, Home
 * and End jump, Escape leaves.
 */
export function Theatre({ event, onClose }: { event: number; onClose: () => void }) {
  const decision = useView<DecisionPicture | null>('decision', { event })
  const box = useRef<HTMLElement>(null)
  const presenting = useLayout((layout) => layout.mode === 'present')
  useEffect(() => {
    const before = document.activeElement
    box.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const leave = useRef(onClose)
  leave.current = onClose
  useEffect(() => {
    // Before the wall hears it, which listens at the window too and came later: one step back leaves the stage first.
    const hear = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || document.querySelector('[role="dialog"], [role="menu"]')) return
      event.stopImmediatePropagation()
      leave.current()
    }
    window.addEventListener('keydown', hear, true)
    return () => window.removeEventListener('keydown', hear, true)
  }, [])
  return createPortal(
    <section
      ref={box}
      tabIndex={-1}
      aria-label="Theatre: how it was decided"
      className={classes(
        'fixed inset-x-0 z-30 overflow-auto bg-canvas outline-none',
        presenting ? 'inset-y-0' : 'top-(--bar) bottom-(--timeline)',
      )}
      // For the wall it is as large as the page allows without being cut off.
      style={presenting ? { zoom: wallZoom() } : undefined}
    >
      {decision ? <Play decision={decision} onClose={onClose} /> : null}
      {decision === null ? (
        <div className="grid h-full place-content-center gap-3 text-center">
          <p className="m-0">At this moment of the world that decision has not been made.</p>
          <Button onClick={onClose}>Back to the canvas</Button>
        </div>
      ) : null}
    </section>,
    document.body,
  )
}

function Play({ decision, onClose }: { decision: DecisionPicture; onClose: () => void }) {
  const { columns, steps } = theatreSteps(decision)
  const [at, setAt] = useState(steps.length - 1)
  const outcome = outcomeOf(decision)
  const go = (next: number) => {
    const there = Math.min(steps.length - 1, Math.max(0, next))
    setAt(there)
    announce(sayStep(steps[there], there, steps.length))
  }
  const latest = useRef({ go, at })
  latest.current = { go, at }
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.target instanceof Element && event.target.closest('[role="slider"], [role="toolbar"], input, textarea'))
        return
      const { at: here, go: step } = latest.current
      const next = {
        ArrowLeft: here - 1,
        ArrowRight: here + 1,
        PageUp: here - 1,
        PageDown: here + 1,
        Home: 0,
        End: 1e6,
      }[event.key]
      if (next === undefined) return
      event.preventDefault()
      event.stopPropagation()
      step(next)
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [])
  return (
    <div className="grid min-w-max gap-3 p-4 pl-7">
      <div className="flex items-start gap-6">
        <dl className="m-0 flex rounded-8 border border-pend border-dashed bg-pend-tint">
          <Ticket label={`${decision.label} to be placed`}>
            <span className="mono flex items-center gap-2 font-strong">
              <Glyph status="pend" />
              {decision.called}
            </span>
          </Ticket>
          {decision.asks.slice(0, 5).map(([key, value]) => (
            <Ticket key={key} label={key}>
              {value}
            </Ticket>
          ))}
        </dl>
        <div className="sticky right-4 ml-auto flex items-start gap-3">
          <div className="text-right">
            <p className="m-0 font-strong text-20 tracking-[-0.018em]">
              {steps[at]?.is === 'choose' ? (
                <>
                  {outcome.head}
                  {outcome.winner ? ', ' : ': '}
                  {outcome.winner ? <span className="text-accent">{outcome.winner}</span> : null} {outcome.tail}
                </>
              ) : (
                `${decision.entered} enter, ${fallen(decision.candidates, columns, askedAt(steps[at], columns.length))} have fallen`
              )}
            </p>
            <p className="sub m-0">
              decided at {clockText(decision.at)} · {sayStep(steps[at], at, steps.length)}
            </p>
          </div>
          <div className="flex gap-1">
            <IconButton label="Back one step" keys="←" aria-disabled={at === 0 || undefined} onClick={() => go(at - 1)}>
              <ArrowLeft size={16} strokeWidth={1.75} aria-hidden="true" />
            </IconButton>
            <IconButton
              label="On one step"
              keys="→"
              aria-disabled={at === steps.length - 1 || undefined}
              onClick={() => go(at + 1)}
            >
              <ArrowRight size={16} strokeWidth={1.75} aria-hidden="true" />
            </IconButton>
            <IconButton label="Leave the theatre" keys="Escape" onClick={onClose}>
              <X size={16} strokeWidth={1.75} aria-hidden="true" />
            </IconButton>
          </div>
        </div>
      </div>
      {decision.replaced.length > 0 ? (
        <p className="m-0 flex w-max items-center gap-2 rounded-8 border border-warn bg-warn-tint px-3 py-1.5 text-12">
          <Glyph status="warn" />
          <span>
            <b className="font-strong">This branch believes:</b> {decision.replaced.map(({ says }) => says).join(' ')}
          </span>
        </p>
      ) : null}
      <TheatreStage decision={decision} columns={columns} step={steps[at]} />
      <TheatreTable decision={decision} />
      <TheatreFoot decision={decision} onDone={onClose} />
    </div>
  )
}

function Ticket({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="border-[color-mix(in_srgb,var(--pend)_26%,transparent)] px-4 py-2 not-first:border-l">
      <dt className="text-11 text-muted leading-[15px]">{label}</dt>
      <dd className="m-0 mt-[3px] whitespace-nowrap font-medium text-13 leading-[18px]">{children}</dd>
    </div>
  )
}

function sayStep(step: TheatreStep | undefined, at: number, of: number): string {
  const words =
    step?.is === 'filter'
      ? `filter ${step.name}`
      : step?.is === 'score'
        ? `points of ${step.name}`
        : step?.is === 'choose'
          ? 'the choice'
          : 'all enter'
  return `${words}, step ${at + 1} of ${of}`
}
