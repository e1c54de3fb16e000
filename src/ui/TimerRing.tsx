import type { Status } from './status.ts'
import { spokes } from './wheel.ts'

/** A timer that shrinks: what is left runs clockwise from twelve o'clock, with its number inside from 56 px up and beside it below.
 *  Times are milliseconds of the world; `text` is the number as shown ("11.0"), `total` the words under it ("of 20 s"). */
export function TimerRing({
  left,
  of,
  label,
  text,
  total,
  size = 76,
  status,
}: {
  left: number
  of: number
  /** The timer's name, read out before its number. */
  label: string
  text: string
  total?: string | undefined
  size?: number | undefined
  status?: Status | undefined
}) {
  const share = of > 0 ? Math.min(1, Math.max(0, left / of)) : 0
  const small = size < 56
  const stroke = small ? Math.max(1.6, size / 8) : 4
  const radius = (size - stroke) / 2
  const middle = size / 2
  const round = 2 * Math.PI * radius
  const ticks = radius - stroke / 2 - 1.5
  const past = Math.round(share * 20)
  return (
    <span className={`inline-flex items-center gap-2 ${status ? `s-${status}` : ''}`}>
      <span className="relative grid flex-none place-items-center" style={{ width: size, height: size }}>
        <svg
          className={status ? 'ic gl' : 'ic text-accent'}
          width={size}
          height={size}
          viewBox={`0 0 ${size} ${size}`}
          role="img"
          aria-label={`${label}: ${text}${total ? ` ${total}` : ''}`}
        >
          <circle cx={middle} cy={middle} r={radius} fill="none" stroke="var(--line-strong)" strokeWidth={stroke} />
          {share > 0 ? (
            <circle
              className="ring-arc"
              cx={middle}
              cy={middle}
              r={radius}
              fill="none"
              stroke="currentColor"
              strokeWidth={stroke}
              strokeLinecap={small ? 'butt' : 'round'}
              strokeDasharray={`${(round * share).toFixed(1)} ${round.toFixed(1)}`}
              transform={`rotate(-90 ${middle} ${middle})`}
            />
          ) : null}
          {small
            ? null
            : spokes(middle, ticks, ticks - 2, 20)
                .split('M')
                .slice(1)
                .map((tick, index) => (
                  <path
                    key={tick}
                    d={`M${tick}`}
                    stroke="currentColor"
                    strokeWidth="1.1"
                    opacity={index <= past && share > 0 ? 0.9 : 0.35}
                  />
                ))}
        </svg>
        {small ? null : (
          <span className="absolute inset-0 grid place-content-center text-center text-text" aria-hidden="true">
            <b
              className="num block"
              style={{ fontSize: Math.max(14, size * 0.225), lineHeight: 1.1, letterSpacing: '-.02em' }}
            >
              {text}
            </b>
            {total ? <span className="micro">{total}</span> : null}
          </span>
        )}
      </span>
      {small ? (
        <span className="num text-12" aria-hidden="true">
          {text}
        </span>
      ) : null}
    </span>
  )
}
