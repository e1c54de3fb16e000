import { useMemo } from 'react'
import { calibrationOf } from '../../teaching/review/calibration.ts'
import { memoriesOf } from '../../teaching/review/schedule.ts'
import { useProgress } from '../../workspace/progress.ts'
import type { Turn } from './quiz.flow.ts'
import { SURENESS } from './words.ts'

const DAY = 86_400_000

/** When it comes back, and how well one knows what one knows. */
export function Outlook({ turn: { item, sureness } }: { readonly turn: Turn }) {
  const outcomes = useProgress((progress) => progress.outcomes)
  const [concept = ''] = item.concepts
  const memory = useMemo(() => memoriesOf(outcomes).get(concept), [outcomes, concept])
  const point = calibrationOf(outcomes).find((one) => one.sureness === sureness)
  const days = memory ? Math.max(1, Math.round((memory.due - memory.last) / DAY)) : undefined
  const word = SURENESS.find(([id]) => id === sureness)?.[1] ?? ''
  return (
    <p className="quiz-outlook">
      {days === undefined ? null : (
        <span>
          <b>{item.titles[0]}</b> {`comes back in ${days} ${days === 1 ? 'day' : 'days'}.`}
        </span>
      )}
      {point && point.of > 0 ? (
        <span>
          {`You said: ${word.toLowerCase()}. So far that is right `}
          <b>{`${point.right} in ${point.of}`}</b>
        </span>
      ) : null}
    </p>
  )
}
