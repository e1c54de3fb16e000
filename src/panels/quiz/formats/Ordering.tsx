import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useState } from 'react'
import type { Feedback, Item } from '../../../teaching/quiz/item.ts'
import { announce } from '../../../ui/LiveRegion.tsx'

type Asked = Extract<Item['asked'], { format: 'order' | 'parsons' }>

interface Row {
  readonly text: string
  readonly out: boolean
}

/** Things to be put in order by buttons; lines of a script can also be left out. Whatever stands there is the answer. */
export function Ordering({ asked, onChange, told }: OrderingProps) {
  const parsons = asked.format === 'parsons'
  const [rows, setRows] = useState<readonly Row[]>(() =>
    (asked.format === 'parsons' ? asked.lines : asked.entries).map((text) => ({ text, out: false })),
  )
  const set = (next: readonly Row[], words: string) => {
    setRows(next)
    onChange(next.filter(({ out }) => !out).map(({ text }) => text))
    announce(words)
  }
  const move = (from: number, by: number) => {
    const next = [...rows]
    const [row] = next.splice(from, 1)
    if (!row) return
    next.splice(from + by, 0, row)
    set(next, `${row.text}: now ${from + by + 1} of ${rows.length}`)
  }
  const truth = told?.truth?.split('\n')
  return (
    <ol className="quiz-rows">
      {rows.map(({ text, out }, i) => {
        const place = truth?.indexOf(text)
        return (
          <li key={text} data-out={out || undefined} data-wrong={(place !== undefined && place !== i) || undefined}>
            <span className="quiz-rank">{out ? '–' : i + 1}</span>
            <span className={parsons ? 'quiz-line' : undefined}>
              {text}
              {place !== undefined && place !== i ? <small>{`really ${place + 1}`}</small> : null}
            </span>
            {told ? null : (
              <span className="quiz-moves">
                {parsons ? (
                  <button
                    type="button"
                    className="btn"
                    aria-pressed={out}
                    onClick={() =>
                      set(
                        rows.map((row, k) => (k === i ? { ...row, out: !out } : row)),
                        out ? `${text}: back in` : `${text}: left out`,
                      )
                    }
                  >
                    {out ? 'Use' : 'Leave out'}
                  </button>
                ) : null}
                <button
                  type="button"
                  className="btn"
                  disabled={i === 0}
                  onClick={() => move(i, -1)}
                  aria-label={`Up: ${text}`}
                >
                  <ArrowUp size={16} aria-hidden="true" />
                </button>
                <button
                  type="button"
                  className="btn"
                  disabled={i === rows.length - 1}
                  onClick={() => move(i, 1)}
                  aria-label={`Down: ${text}`}
                >
                  <ArrowDown size={16} aria-hidden="true" />
                </button>
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}

interface OrderingProps {
  readonly asked: Asked
  readonly onChange: (value: readonly string[]) => void
  readonly told?: Feedback | undefined
}
