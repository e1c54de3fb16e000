import type { Feedback, Item } from '../../../teaching/quiz/item.ts'
import { Glyph } from '../../../ui/Glyph.tsx'

type Asked = Extract<Item['asked'], { format: 'choice' | 'cause' | 'hotspot' }>

/** One of several answers, as radio buttons of 44 px: arrows walk, and the number keys choose. */
export function Options({ asked, value, onChange, told }: OptionsProps) {
  return (
    <fieldset className="quiz-options" disabled={told !== undefined}>
      <legend className="sr-only">Answers</legend>
      {asked.options.map((option, i) => {
        const right = told?.truth === option
        const mine = told !== undefined && value === option
        return (
          <label
            key={option}
            className="quiz-option"
            data-right={right || undefined}
            data-wrong={(mine && !right) || undefined}
          >
            <input
              type="radio"
              name="answer"
              checked={value === option}
              onChange={() => onChange(option)}
              aria-keyshortcuts={i < 9 ? String(i + 1) : undefined}
            />
            {right ? (
              <Glyph status="ok" />
            ) : mine ? (
              <Glyph status="err" />
            ) : (
              <i className="quiz-dot" aria-hidden="true" />
            )}
            <span className={asked.code ? 'quiz-line' : undefined}>{option}</span>
            {told === undefined && i < 9 ? (
              <span className="quiz-key" aria-hidden="true">
                {i + 1}
              </span>
            ) : null}
            {told && (right || mine) ? (
              <span className="quiz-tag">{mine ? (right ? 'your answer, right' : 'your answer') : 'right'}</span>
            ) : null}
          </label>
        )
      })}
    </fieldset>
  )
}

interface OptionsProps {
  readonly asked: Asked
  readonly value: string | undefined
  readonly onChange: (value: string) => void
  readonly told?: Feedback | undefined
}
