import ArrowLeft from 'lucide-react/icons/arrow-left'
import ArrowRight from 'lucide-react/icons/arrow-right'
import X from 'lucide-react/icons/x'
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useView } from '../../host/react.ts'
import type { DecisionPicture, Why } from '../../host/views/index.ts'
import { announce, Button, Glyph, IconButton, Section, Well, WhyChain, WhyLine } from '../../ui/index.ts'
import { clockText } from '../timeline/index.ts'
import { TheatreStage } from './TheatreStage.tsx'
import { TheatreTable } from './TheatreTable.tsx'
import { Noun, ToldText } from './ToldText.tsx'
import { askedAt, fallen, outcomeOf, type TheatreStep, theatreSteps } from './theatreSteps.ts'

/**
 * A decision on a stage of its own, over the canvas: one lane for each candidate, one column for each rule. Left and right step through it, Home
 * and End jump, Escape leaves.
 */
export function Theatre({ event, onClose }: { event: number; onClose: () => void }) {
  const decision = useView<DecisionPicture | null>('decision', { event })
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    box.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return createPortal(
    <section
      ref={box}
      tabIndex={-1}
      aria-label="Theatre: how it was decided"
      className="fixed inset-x-0 top-(--bar) bottom-(--timeline) z-30 overflow-auto bg-canvas outline-none"
      onKeyDown={(key) => {
        if (key.key === 'Escape') onClose()
      }}
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
      step(next)
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [])
  return (
    <div className="grid min-w-max gap-3 p-4 pl-7">
      <div className="flex items-start gap-6">
        <dl className="m-0 flex rounded-8 border border-pend border-dashed bg-pend-tint">
          <Ticket label={`${decision.label} from the queue`}>
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
      <TheatreStage decision={decision} columns={columns} step={steps[at]} />
      <TheatreTable decision={decision} />
      <Foot decision={decision} />
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

function Foot({ decision }: { decision: DecisionPicture }) {
  const why = useView<Why>('why', { event: decision.event })
  const words = decision.words.at(-1)
  const ranked = decision.candidates
    .filter(({ total }) => total !== undefined)
    .sort((a, b) => (b.total ?? 0) - (a.total ?? 0) || Number(b.winner) - Number(a.winner))
  const winner = ranked.find((one) => one.winner)
  const tied = winner !== undefined && ranked[1]?.total === winner.total
  return (
    <div className="grid max-w-[1388px] grid-cols-2 gap-3">
      <div className="rounded-[10px] border border-line bg-panel">
        <Section title={winner ? `Why ${winner.name}?` : 'Why nowhere?'}>
          {winner && ranked.length > 1 ? (
            <p className="m-0 mb-2">
              {ranked.slice(0, 3).map((one, i) => (
                <span key={one.name}>
                  {i > 0 ? ', ' : null}
                  {one.id ? <Noun id={one.id} label={one.name} /> : one.name} {i === 0 ? 'has ' : ''}
                  <b className="num font-medium">{one.total}</b>
                  {i === 0 ? ' points' : ''}
                </span>
              ))}
              {tied ? '. They are equal, so the lot decides.' : '. The highest total wins.'}
            </p>
          ) : null}
          <WhyChain label="What led to the decision, latest first">
            {why?.chain.slice(0, 2).map((told) => (
              <WhyLine key={told.id} time={clockText(told.at)}>
                <ToldText text={told.text} />
              </WhyLine>
            ))}
            {why && why.chain.length > 2
              ? why.chain.slice(-1).map((told) => (
                  <WhyLine key={told.id} time={clockText(told.at)} root={told.fault ? 'fault' : 'command'}>
                    <ToldText text={told.text} />
                  </WhyLine>
                ))
              : null}
          </WhyChain>
        </Section>
      </div>
      <div className="rounded-[10px] border border-line bg-panel">
        <Section title="What the tools say" note="Events">
          {words ? (
            <Well text={words.message} status={words.warning ? 'err' : 'ok'} label={`${words.source} says`} />
          ) : (
            <p className="sub m-0">Nothing: no tool tells of this decision.</p>
          )}
          {decision.rule ? (
            <p className="sub m-0 mt-2">
              Rule cited{' '}
              <code className="mono rounded-[4px] border border-line-strong px-1.5 text-11">{decision.rule}</code>
            </p>
          ) : null}
          <p className="sub m-0 mt-2">
            {words ? 'The tools print only this line. ' : ''}The table above is what led to it.
          </p>
        </Section>
      </div>
    </div>
  )
}
