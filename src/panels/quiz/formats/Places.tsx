import type { Feedback, Item, Place } from '../../../teaching/quiz/item.ts'
import { Glyph } from '../../../ui/Glyph.tsx'

type Asked = Extract<Item['asked'], { format: 'place' }>

/** Places as cards with a bar of what is used; afterwards each says what was decided about it. */
export function Places({ asked, value, onChange, told }: PlacesProps) {
  const choices = [...asked.places, ...(asked.none === undefined ? [] : [{ name: asked.none, facts: '' }])]
  return (
    <>
      {asked.asked === undefined ? null : (
        <div className="quiz-asked">
          <span>
            <Glyph status="pend" />
            <code>{asked.asked}</code>
          </span>
          {asked.facts.map((fact) => {
            const [head = '', ...rest] = fact.split(' ')
            return (
              <span key={fact}>
                <small>{head}</small>
                {rest.join(' ')}
              </span>
            )
          })}
        </div>
      )}
      <fieldset className="quiz-options" disabled={told !== undefined}>
        <legend className="sr-only">Places</legend>
        {choices.map((place: Place, i) => {
          const right = told?.truth === place.name
          const mine = told !== undefined && value === place.name
          const verdict = told?.verdicts[place.name]
          return (
            <label
              key={place.name}
              className="quiz-place"
              data-right={right || undefined}
              data-wrong={(mine && !right) || undefined}
            >
              <span className="quiz-place-head">
                <input
                  type="radio"
                  name="answer"
                  checked={value === place.name}
                  onChange={() => onChange(place.name)}
                  aria-keyshortcuts={i < 9 ? String(i + 1) : undefined}
                />
                {right ? (
                  <Glyph status="ok" />
                ) : mine ? (
                  <Glyph status="err" />
                ) : (
                  <i className="quiz-dot" aria-hidden="true" />
                )}
                <b>{place.name}</b>
                <span className="quiz-facts">
                  {mine ? <b className="quiz-tag">{right ? 'your answer, right' : 'your answer'}</b> : null}
                  {verdict && !(mine && right) ? verdict.text : mine ? '' : place.facts}
                </span>
                {told === undefined && i < 9 ? (
                  <span className="quiz-key" aria-hidden="true">
                    {i + 1}
                  </span>
                ) : null}
              </span>
              <Bar
                place={place}
                size={asked.size}
                fits={told && verdict ? verdict.fits : undefined}
                told={told !== undefined}
              />
            </label>
          )
        })}
      </fieldset>
    </>
  )
}

/** What is used of a place, and afterwards what was asked on top of it. */
function Bar({ place, size, fits, told }: BarProps) {
  const { used, of } = place
  if (used === undefined || of === undefined || of === 0) return null
  const share = (amount: number) => `${Math.max(0, Math.min(100, (amount / of) * 100))}%`
  return (
    <span className="quiz-bar" aria-hidden="true">
      <u style={{ width: share(used) }} />
      {told && size !== undefined ? (
        <em
          data-no={fits === false || used + size > of || undefined}
          style={{ left: share(used), width: share(size) }}
        />
      ) : null}
    </span>
  )
}

interface BarProps {
  readonly place: Place
  readonly size: number | undefined
  readonly fits: boolean | undefined
  readonly told: boolean
}

interface PlacesProps {
  readonly asked: Asked
  readonly value: string | undefined
  readonly onChange: (value: string) => void
  readonly told?: Feedback | undefined
}
