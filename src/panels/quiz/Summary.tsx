import './summary.css'
import { Glyph } from '../../ui/Glyph.tsx'
import { Page } from '../page/index.ts'
import type { QuizContext, Turn } from './quiz.flow.ts'
import { Told } from './Told.tsx'
import { answerWords, SURENESS } from './words.ts'

/** How a session went: question by question with their codes, and for an exam by concept. */
export function Summary({ context: { kind, turns, plan }, onAgain }: SummaryProps) {
  const right = turns.filter(({ feedback }) => feedback?.right).length
  const exam = kind === 'exam'
  return (
    <Page title={exam ? 'Report' : 'How it went'} here="Quiz me" lead={`${right} of ${plan.length} right.`}>
      {exam ? <ByConcept turns={turns} /> : null}
      <h2>Question by question</h2>
      <ol className="quiz-report">
        {turns.map((turn) => (
          <li key={turn.item.code}>
            <details>
              <summary>
                <Glyph status={turn.feedback?.right ? 'ok' : turn.answer === undefined ? 'idle' : 'err'} />
                <b>{turn.item.title}</b>
                <span>{turn.answer === undefined ? 'not answered' : turn.feedback?.right ? 'right' : 'wrong'}</span>
                <code>{turn.item.code}</code>
              </summary>
              {turn.answer === undefined ? null : (
                <p className="quiz-note">
                  {`Your answer: ${answerWords(turn.item, turn.answer)} (${SURENESS.find(([id]) => id === turn.sureness)?.[1].toLowerCase() ?? ''}).`}
                  {turn.feedback?.truth === undefined || turn.feedback.right
                    ? ''
                    : ` Right: ${turn.feedback.truth.replaceAll('\n', ' · ')}.`}
                </p>
              )}
              {turn.feedback ? <Told turn={turn} quiet /> : null}
              <a className="quiz-more" href={`#/q/${turn.item.code}`}>
                Try this one again
              </a>
            </details>
          </li>
        ))}
      </ol>
      <div className="quiz-ends-with">
        <button type="button" className="btn primary lg" onClick={onAgain}>
          {exam ? 'Back to the quizzes' : 'Five more'}
        </button>
        <a className="btn lg" href="#/review">
          Reviews
        </a>
      </div>
    </Page>
  )
}

/** What the exam shows of each concept: an answer counts for all that its question is about. */
function ByConcept({ turns }: { readonly turns: readonly Turn[] }) {
  const concepts = new Map<string, { right: number; of: number }>()
  for (const { item, feedback } of turns)
    for (const concept of item.titles) {
      const { right, of } = concepts.get(concept) ?? { right: 0, of: 0 }
      concepts.set(concept, { right: right + (feedback?.right ? 1 : 0), of: of + 1 })
    }
  return (
    <>
      <h2>By concept</h2>
      <table className="quiz-concepts">
        <thead>
          <tr>
            <th scope="col">Concept</th>
            <th scope="col">Right</th>
          </tr>
        </thead>
        <tbody>
          {[...concepts].map(([concept, { right, of }]) => (
            <tr key={concept}>
              <th scope="row">{concept}</th>
              <td>
                <Glyph status={right === of ? 'ok' : right === 0 ? 'err' : 'warn'} /> {`${right} of ${of}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

interface SummaryProps {
  readonly context: QuizContext
  readonly onAgain: () => void
}
