import './told.css'
import Play from 'lucide-react/icons/play'
import { Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { Feedback, ReplayStep } from '../../teaching/quiz/item.ts'
import { WhyChain, WhyLine } from '../../ui/WhyLine.tsx'
import { part } from './part.tsx'
import type { Turn } from './quiz.flow.ts'
import { Sentence } from './Sentence.tsx'

/** Causes that are shown at first: the rest is one button away. */
const SHORT = 4
/** How memory fades is reckoned only once something was answered. */
const Outlook = part(() => import('./Outlook.tsx').then(({ Outlook }) => Outlook))

/** What is said of an answer: right or wrong, what one may have believed, why it is so in this very run, and what happened. */
export function Told({ turn, quiet }: { readonly turn: Turn; readonly quiet?: boolean | undefined }) {
  const { feedback, item } = turn
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!quiet) heading.current?.focus()
  }, [quiet])
  if (!feedback) return null
  const { misconception, right } = feedback
  return (
    <section className="quiz-told" aria-label="Explanation">
      <h2 ref={heading} tabIndex={-1} data-right={right || undefined}>
        {right ? 'Right.' : 'Not quite.'} {misconception?.instead ?? ''}
      </h2>
      {misconception ? <p className="quiz-believed">{`You may believe: ${lower(misconception.says)}`}</p> : null}
      {right || feedback.truth === undefined || item.format === 'choice' ? null : (
        <p>
          {'The answer: '}
          <b>{item.format === 'moment' ? `${feedback.truth} s` : feedback.truth.replaceAll('\n', ' · ')}</b>
        </p>
      )}
      <p>{feedback.says}</p>
      <Trace feedback={feedback} />
      <Replay steps={feedback.replay} />
      <button
        type="button"
        className="btn"
        onClick={() => void import('./openInLab.ts').then(({ openInLab }) => openInLab(item.title, feedback.world))}
      >
        Open in the lab
      </button>
      {quiet ? null : (
        <Suspense>
          <Outlook turn={turn} />
        </Suspense>
      )}
    </section>
  )
}

/** The causes: what explains it, what rules decided, and where it began; all of them when asked for. */
function Trace({ feedback: { trace } }: { readonly feedback: Feedback }) {
  const [all, setAll] = useState(false)
  const last = trace.length - 1
  const short = useMemo(() => {
    const chosen = new Set([0, last])
    for (const [i, { rule }] of trace.entries()) if (rule !== undefined && chosen.size < SHORT) chosen.add(i)
    return trace.filter((_, i) => chosen.has(i))
  }, [trace, last])
  const shown = all ? trace : short
  return (
    <>
      <WhyChain label="Why">
        {shown.map((told) => (
          <WhyLine
            key={told.id}
            time={`${(told.at / 1000).toFixed(1)} s`}
            root={told.root ? (told.fault ? 'fault' : 'command') : undefined}
          >
            <Sentence text={told.root ? firstLine(told.text) : told.text} />
            {told.rule === undefined ? null : <code className="quiz-rule">{told.rule}</code>}
          </WhyLine>
        ))}
      </WhyChain>
      {trace.length > short.length ? (
        <button type="button" className="quiz-more" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? 'Fewer steps' : `All ${trace.length} steps`}
        </button>
      ) : null}
    </>
  )
}

/** What happened, step by step; each appears at its time, the whole in a few seconds. */
function Replay({ steps }: { readonly steps: readonly ReplayStep[] }) {
  const [seen, setSeen] = useState(false)
  const length = Math.max(1, steps.at(-1)?.at ?? 1)
  const seconds = Math.min(6, Math.max(2, Math.round(steps.length * 0.6)))
  if (steps.length === 0) return null
  if (!seen)
    return (
      <button type="button" className="btn" onClick={() => setSeen(true)}>
        <Play size={14} aria-hidden="true" />
        {`See it, ${seconds} s`}
      </button>
    )
  return (
    <ol className="quiz-replay" aria-label="What happened">
      {steps.map(({ at, text, tone }, i) => (
        <li key={i} data-tone={tone} style={{ animationDelay: `${((at / length) * seconds).toFixed(2)}s` }}>
          <span className="num">{`${(at / 1000).toFixed(1)} s`}</span>
          <span>
            <Sentence text={text} />
          </span>
        </li>
      ))}
    </ol>
  )
}

/** A here-document is the writer's business: of a long command the first line says enough. */
function firstLine(text: string): string {
  const [first = '', ...rest] = text.split('\n')
  return rest.length > 0 ? `${first} ...\`` : text
}

function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
