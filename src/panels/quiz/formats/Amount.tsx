import type { Feedback, Item } from '../../../teaching/quiz/item.ts'

type NumberAsked = Extract<Item['asked'], { format: 'number' }>
type MomentAsked = Extract<Item['asked'], { format: 'moment' }>

/** A number that is typed, or stepped by buttons of 44 px. */
export function NumberField({ asked, value, onChange, told }: AmountProps<NumberAsked>) {
  const number = Number.parseFloat(value ?? '')
  const step = (by: number) => onChange(String(Math.max(0, (Number.isFinite(number) ? number : 0) + by)))
  return (
    <div className="quiz-number">
      <button
        type="button"
        className="btn"
        onClick={() => step(-1)}
        disabled={told !== undefined}
        aria-label="One less"
      >
        −
      </button>
      <label>
        <span className="sr-only">Your number</span>
        <input
          inputMode="decimal"
          autoComplete="off"
          value={value ?? ''}
          readOnly={told !== undefined}
          onChange={(event) => onChange(event.target.value.replace(/[^\d.,-]/g, ''))}
          onKeyDown={(event) => {
            const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
            if (by === 0 || told) return
            event.preventDefault()
            step(by)
          }}
        />
      </label>
      <button type="button" className="btn" onClick={() => step(1)} disabled={told !== undefined} aria-label="One more">
        +
      </button>
      {asked.unit ? <span>{asked.unit}</span> : null}
    </div>
  )
}

/** A mark on a timeline of the run, in seconds; a slider, so arrows, Page keys and a finger all move it. */
export function Moment({ asked, value, onChange, told }: AmountProps<MomentAsked>) {
  const at = value === undefined ? 0 : Number(value)
  const real = told?.truth === undefined ? undefined : Number.parseFloat(told.truth)
  const left = (seconds: number) => `${(seconds / Math.max(1, asked.until)) * 100}%`
  return (
    <div className="quiz-moment">
      <output>{value === undefined ? 'Move the mark' : `${at} s after it began`}</output>
      <div className="quiz-track">
        {real === undefined ? null : (
          <i className="quiz-real" style={{ left: left(real) }}>
            <span>{`${real} s`}</span>
          </i>
        )}
        <input
          type="range"
          min={0}
          max={asked.until}
          step={1}
          value={at}
          aria-label="When it happens, in seconds"
          aria-valuetext={`${at} seconds`}
          disabled={told !== undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      <div className="quiz-ends">
        <span>0 s</span>
        <span>{`${asked.until} s`}</span>
      </div>
      {asked.within > 0 ? <p className="quiz-note">{`${asked.within} s off still counts.`}</p> : null}
    </div>
  )
}

interface AmountProps<A> {
  readonly asked: A
  readonly value: string | undefined
  readonly onChange: (value: string) => void
  readonly told?: Feedback | undefined
}
