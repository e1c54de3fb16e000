import ArrowRight from 'lucide-react/icons/arrow-right'
import X from 'lucide-react/icons/x'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import type { QuizClient } from '../../teaching/quiz/quizClient.ts'
import type { Sureness } from '../../teaching/review/outcome.ts'
import { AnswerField } from './formats/AnswerField.tsx'
import { Prompt } from './Prompt.tsx'
import { part } from './part.tsx'
import type { Answer, Turn } from './quiz.flow.ts'
import { topicTitle } from './topicTitle.ts'
import { keysOf, SURENESS, taskWords } from './words.ts'

/** Drawn only for those who pass a question on. */
const Code = part(() => import('./Code.tsx').then(({ Code }) => Code))
const Told = part(() => import('./Told.tsx').then(({ Told }) => Told))

/** One question on the screen: asked, then answered by saying how sure one is, then told. */
export function Question({ turn, turns, at, count, client, busy, timer, onAnswer, onNext, onLeave }: QuestionProps) {
  const { item, feedback } = turn
  const [answer, setAnswer] = useState<Answer | undefined>(turn.answer)
  const [sharing, setSharing] = useState<boolean>()
  const answered = answer !== undefined && answer.length > 0
  useDigits(item, feedback === undefined, setAnswer)
  return (
    <div className="quiz">
      <header className="quiz-top">
        <button type="button" className="quiz-x" onClick={onLeave} aria-label="Leave the quiz">
          <X size={18} aria-hidden="true" />
        </button>
        <b>{topicTitle(item.topic)}</b>
        <span className="quiz-count">{`${at + 1} of ${count}`}</span>
        <span className="quiz-right">
          {timer}
          <button
            type="button"
            className="quiz-code-button"
            onClick={() => setSharing(true)}
            aria-label={`Code ${item.code}: show as a QR code`}
          >
            {item.code}
          </button>
        </span>
      </header>
      <div className="quiz-progress" role="img" aria-label={`Question ${at + 1} of ${count}`}>
        {Array.from({ length: count }, (_, i) => {
          const told = turns[i]?.feedback
          return (
            <i
              key={i}
              data-is={told ? (told.right ? 'right' : 'wrong') : i === at ? 'here' : i < at ? 'given' : undefined}
            />
          )
        })}
      </div>
      <form className="quiz-body" aria-label={`Question ${at + 1}`} onSubmit={(event) => event.preventDefault()}>
        <main>
          <h1>{item.title}</h1>
          {turn.changed ? <p className="quiz-note">This question has changed since its code was given out.</p> : null}
          <Prompt parts={item.prompt} />
          <p className="quiz-task">
            {taskWords(item)}
            {feedback ? null : <Keys item={item} />}
          </p>
          <AnswerField item={item} client={client} value={answer} onChange={setAnswer} told={feedback} />
          {feedback ? (
            <Suspense>
              <Told turn={turn} />
            </Suspense>
          ) : null}
        </main>
        <footer className="quiz-bottom">
          {feedback ? (
            <button type="button" className="btn primary xl" onClick={onNext}>
              {at + 1 < count ? 'Next question' : 'How it went'}
              <ArrowRight size={16} aria-hidden="true" />
            </button>
          ) : (
            <fieldset disabled={!answered || busy}>
              <legend>
                {busy
                  ? 'Running the world ...'
                  : answered
                    ? 'How sure are you? This hands it in.'
                    : 'How sure are you?'}
              </legend>
              {SURENESS.map(([sureness, words]) => (
                <button
                  key={sureness}
                  type="button"
                  className="btn"
                  onClick={() => answer !== undefined && onAnswer(answer, sureness)}
                >
                  {words}
                </button>
              ))}
            </fieldset>
          )}
        </footer>
      </form>
      {sharing === undefined ? null : (
        <Suspense>
          <Code code={item.code} open={sharing} onOpenChange={setSharing} />
        </Suspense>
      )}
    </div>
  )
}

/** The keys of a format, where there is a keyboard. */
function Keys({ item }: { readonly item: Turn['item'] }) {
  return (
    <span className="quiz-keys">
      {keysOf(item).map(([keys, what]) => (
        <span key={keys}>
          <kbd>{keys}</kbd> {what}
        </span>
      ))}
      <span>
        <kbd>Tab</kbd> goes on
      </span>
    </span>
  )
}

/** The number keys pick an option, wherever the focus is, unless something is being typed. */
function useDigits(item: Turn['item'], on: boolean, pick: (answer: string) => void): void {
  useEffect(() => {
    const { asked } = item
    const options =
      'options' in asked
        ? asked.options
        : asked.format === 'place'
          ? [...asked.places.map(({ name }) => name), ...(asked.none === undefined ? [] : [asked.none])]
          : []
    if (!on || options.length === 0) return
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null
      if (event.ctrlKey || event.metaKey || event.altKey || target?.closest('input:not([type="radio"]), textarea'))
        return
      const option = /^[1-9]$/.test(event.key) ? options[Number(event.key) - 1] : undefined
      if (option === undefined) return
      event.preventDefault()
      pick(option)
      // So that the next Tab leads on from there.
      document.querySelectorAll<HTMLElement>('.quiz-options input')[Number(event.key) - 1]?.focus()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [item, on, pick])
}

interface QuestionProps {
  readonly turn: Turn
  readonly turns: readonly Turn[]
  readonly at: number
  readonly count: number
  readonly client: QuizClient
  readonly busy: boolean
  readonly timer?: ReactNode
  readonly onAnswer: (answer: Answer, sureness: Sureness) => void
  readonly onNext: () => void
  readonly onLeave: () => void
}
