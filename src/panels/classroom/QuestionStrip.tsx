import { Badge } from '../../ui/index.ts'
import { type ClassQuestion, letterOf, type VotePhase } from './vote.flow.ts'

/** The question as the last row can read it: options with letters, and after the run the votes beside what came true. */
export function QuestionStrip({ question, phase, first, second, truth }: QuestionStripProps) {
  const open = phase === 'revealed'
  const hands = second.some((count) => count > 0) ? second : first
  return (
    <div className="question">
      <p className="caption">{question.ask}</p>
      <ol>
        {question.options.map(({ says }, i) => (
          <li key={says} data-true={(open && i === truth) || undefined}>
            <b>{letterOf(i)}</b>
            <span>
              {says}
              {open ? (
                <small className="num">
                  {hands === second ? `${handsOf(first[i])}, then ${second[i] ?? 0}` : handsOf(first[i])}
                </small>
              ) : null}
            </span>
            {open && i === truth ? <Badge status="ok">It came true</Badge> : null}
          </li>
        ))}
      </ol>
    </div>
  )
}

function handsOf(count = 0): string {
  return count === 1 ? '1 hand' : `${count} hands`
}

interface QuestionStripProps {
  readonly question: ClassQuestion
  readonly phase: VotePhase
  readonly first: readonly number[]
  readonly second: readonly number[]
  readonly truth: number | undefined
}
