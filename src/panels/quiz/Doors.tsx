import './doors.css'
import type { TemplateCard } from '../../teaching/quiz/quizService.ts'
import { Page } from '../page/index.ts'
import { EXAM, SESSION } from './extent.ts'
import { topicTitle } from './topicTitle.ts'

/** Where quizzes begin: five minutes across everything, one topic, an exam, or a code that somebody gave out. */
export function Doors({ cards, wrong, onQuiz, onExam }: DoorsProps) {
  const topics = new Map<string, number>()
  for (const { topic } of cards ?? []) topics.set(topic, (topics.get(topic) ?? 0) + 1)
  return (
    <Page title="Quiz me" here="Quiz me" lead="Every question is a small world that runs. Nobody typed the answers.">
      {wrong === undefined ? null : (
        <p className="quiz-failed" role="alert">
          {wrong}
        </p>
      )}
      <div className="quiz-doors">
        <button type="button" className="quiz-door" onClick={() => onQuiz(undefined)} disabled={!cards}>
          <b>Five minutes</b>
          <span>{`${SESSION} questions across everything`}</span>
        </button>
        <button type="button" className="quiz-door" onClick={onExam} disabled={!cards}>
          <b>Exam</b>
          <span>{`${EXAM.questions} questions in ${EXAM.minutes} minutes, a report at the end`}</span>
        </button>
      </div>
      <h2>One topic</h2>
      <div className="quiz-doors">
        {[...topics].map(([topic, count]) => (
          <button key={topic} type="button" className="quiz-door" onClick={() => onQuiz(topic)}>
            <b>{topicTitle(topic)}</b>
            <span>{count === 1 ? 'One kind of question' : `${count} kinds of question`}</span>
          </button>
        ))}
      </div>
      <h2 id="quiz-code">A code</h2>
      <form
        className="quiz-by-code"
        onSubmit={(event) => {
          event.preventDefault()
          const code = String(new FormData(event.currentTarget).get('code') ?? '').trim()
          if (code !== '') location.hash = `#/q/${encodeURIComponent(code)}`
        }}
      >
        <input
          name="code"
          aria-labelledby="quiz-code"
          placeholder="K74Q-293X"
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
        />
        <button type="submit" className="btn lg">
          Open
        </button>
      </form>
    </Page>
  )
}

interface DoorsProps {
  readonly cards: readonly TemplateCard[] | undefined
  readonly wrong: string | undefined
  readonly onQuiz: (topic: string | undefined) => void
  readonly onExam: () => void
}
