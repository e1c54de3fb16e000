import { useState } from 'react'
import type { Feedback, Item } from '../../../teaching/quiz/item.ts'
import type { QuizClient } from '../../../teaching/quiz/quizClient.ts'
import type { Trial } from '../../../teaching/quiz/trial.ts'
import { Glyph } from '../../../ui/Glyph.tsx'
import { announce } from '../../../ui/LiveRegion.tsx'

type FixAsked = Extract<Item['asked'], { format: 'fix' }>
type ReachAsked = Extract<Item['asked'], { format: 'reach' }>

/** A file to be edited. */
export function FixFile({ asked, value, onChange, told }: DoingProps<FixAsked, string>) {
  return (
    <div className="quiz-doing">
      <Goals words={asked.goals} told={told?.goals} />
      <label>
        <span className="quiz-note">{asked.file}</span>
        <textarea
          className="quiz-file"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          rows={Math.min(22, asked.text.split('\n').length + 1)}
          value={value ?? asked.text}
          readOnly={told !== undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
    </div>
  )
}

/** Commands given one after another to a world of one's own; every line runs at once, and the goals show how it stands. */
export function ReachState({ item, client, asked, value = [], onChange, told }: ReachProps) {
  const [line, setLine] = useState('')
  const [trial, setTrial] = useState<Trial>()
  const [busy, setBusy] = useState(false)
  const give = async (lines: readonly string[]) => {
    setBusy(true)
    onChange(lines)
    try {
      const next = await client.attempt(item.code, lines)
      setTrial(next)
      if (next?.picture.state === 'won') announce('The goals hold.')
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="quiz-doing">
      <Goals words={asked.goals} told={told?.goals ?? trial?.picture.goals} />
      <div className="quiz-terminal" role="log" aria-label="Terminal">
        {(trial?.printed ?? []).map((one, i) => (
          <pre key={i}>{`$ ${one.line}\n${one.output}`}</pre>
        ))}
        {told ? null : (
          <div className="quiz-give">
            <label>
              <span aria-hidden="true">$</span>
              <span className="sr-only">Command</span>
              <input
                value={line}
                autoCapitalize="off"
                autoComplete="off"
                autoCorrect="off"
                spellCheck={false}
                onChange={(event) => setLine(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter') return
                  event.preventDefault()
                  if (line.trim() === '' || busy) return
                  void give([...value, line])
                  setLine('')
                }}
              />
            </label>
            <button
              type="button"
              className="btn"
              disabled={line.trim() === '' || busy}
              onClick={() => {
                void give([...value, line])
                setLine('')
              }}
            >
              Run
            </button>
          </div>
        )}
      </div>
      {!told && value.length > 0 ? (
        <button type="button" className="btn" disabled={busy} onClick={() => void give(value.slice(0, -1))}>
          Take the last line back
        </button>
      ) : null}
    </div>
  )
}

function Goals({
  words,
  told,
}: {
  readonly words: readonly string[]
  readonly told: Trial['picture']['goals'] | undefined
}) {
  return (
    <ul className="quiz-goals" aria-label="Goals">
      {words.map((says, i) => {
        const state = told?.[i]?.state
        const holds = state === 'met' || state === 'kept'
        return (
          <li key={says}>
            <Glyph status={holds ? 'ok' : state === 'broken' ? 'err' : 'pend'} />
            {says}
            {state === undefined ? null : <span className="sr-only">{holds ? ', holds' : ', does not hold'}</span>}
          </li>
        )
      })}
    </ul>
  )
}

interface DoingProps<A, V> {
  readonly asked: A
  readonly value: V | undefined
  readonly onChange: (value: V) => void
  readonly told?: Feedback | undefined
}

interface ReachProps extends DoingProps<ReachAsked, readonly string[]> {
  readonly item: Item
  readonly client: QuizClient
}
