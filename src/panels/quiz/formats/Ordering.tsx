import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useEffect, useRef, useState } from 'react'
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
  const list = useRef<HTMLOListElement>(null)
  /** What had the focus before a row moved: a moved element loses it. */
  const focused = useRef<{ readonly text: string; readonly by: -1 | 1 } | undefined>(undefined)
  useEffect(() => {
    const { text, by } = focused.current ?? {}
    focused.current = undefined
    const row = [...(list.current?.children ?? [])].find((one) => (one as HTMLElement).dataset['row'] === text)
    const [up, down] = row?.querySelectorAll<HTMLButtonElement>('[data-move]') ?? []
    const wanted = by === -1 ? up : down
    ;(wanted?.disabled ? (by === -1 ? down : up) : wanted)?.focus()
  }, [rows])
  const set = (next: readonly Row[], words: string) => {
    setRows(next)
    onChange(next.filter(({ out }) => !out).map(({ text }) => text))
    announce(words)
  }
  const move = (from: number, by: -1 | 1) => {
    if (from + by < 0 || from + by >= rows.length) return
    const next = [...rows]
    const [row] = next.splice(from, 1)
    if (!row) return
    focused.current = { text: row.text, by }
    next.splice(from + by, 0, row)
    set(next, `${row.text}: now ${from + by + 1} of ${rows.length}`)
  }
  const leave = (at: number) => {
    const { text = '', out = false } = rows[at] ?? {}
    set(
      rows.map((row, k) => (k === at ? { ...row, out: !out } : row)),
      out ? `${text}: back in` : `${text}: left out`,
    )
  }
  const truth = told?.truth?.split('\n')
  return (
    <ol className="quiz-rows" ref={list}>
      {rows.map(({ text, out }, i) => {
        const place = truth?.indexOf(text)
        return (
          <li
            key={text}
            data-row={text}
            onKeyDown={(event) => {
              const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined
              if (told || (by === undefined && !(parsons && event.key === 'Delete'))) return
              event.preventDefault()
              if (by === undefined) leave(i)
              else move(i, by)
            }}
            data-out={out || undefined}
            data-wrong={(place !== undefined && place !== i) || undefined}
          >
            <span className="quiz-rank">{out ? '–' : i + 1}</span>
            <span className={parsons ? 'quiz-line' : undefined}>
              {text}
              {place !== undefined && place !== i ? <small>{`really ${place + 1}`}</small> : null}
            </span>
            {told ? null : (
              <span className="quiz-moves">
                {parsons ? (
                  <button type="button" className="btn" aria-pressed={out} onClick={() => leave(i)}>
                    {out ? 'Use' : 'Leave out'}
                  </button>
                ) : null}
                <button
                  type="button"
                  className="btn"
                  data-move
                  disabled={i === 0}
                  onClick={() => move(i, -1)}
                  aria-label={`Up: ${text}`}
                >
                  <ArrowUp size={16} aria-hidden="true" />
                </button>
                <button
                  type="button"
                  className="btn"
                  data-move
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
