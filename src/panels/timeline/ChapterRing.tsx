import { memo } from 'react'
import { ticks } from './ticks.ts'

/** The chapter ring of the watch, unrolled: strokes and times between two moments, in a group whose origin is `from`. */
export const ChapterRing = memo(function ChapterRing({
  from,
  to,
  perMs,
  base,
}: {
  from: number
  to: number
  perMs: number
  /** Height of the line that the strokes stand on, in px from the top. */
  base: number
}) {
  return ticks(from, to, perMs).map(({ at, weight, label }) => {
    const x = (at - from) * perMs
    const height = weight === 'major' ? 7 : weight === 'middle' ? 5 : 3
    return (
      <g key={at}>
        <path
          d={`M${x.toFixed(2)} ${base}v-${height}`}
          stroke={weight === 'major' ? 'var(--muted)' : 'var(--line-strong)'}
          strokeWidth="1"
        />
        {label ? (
          <text
            x={x}
            y={base + 13}
            textAnchor="middle"
            className="num"
            fill="var(--muted)"
            fontSize="11"
            fontWeight="530"
          >
            {label}
          </text>
        ) : null}
      </g>
    )
  })
})
