import { useClock } from '../workbench/useClock.ts'

const CENTRE = { x: 400, y: 236 }
const TICKS = 60

/** The dial behind the world: one turn of the hand is a minute of its time, and the seconds that have passed are brass. */
export function Dial({ began }: { began: number }) {
  const tenths = useClock((clock) => Math.floor(clock.now / 100)) ?? 0
  const seconds = Math.max(0, tenths / 10 - began / 1000) % 60
  const angle = (seconds / 60) * 360
  return (
    <svg className="dial" width="860" height="860" viewBox="-30 -194 860 860" aria-hidden="true">
      <defs>
        <radialGradient id="dial-ground">
          <stop offset="0" stopColor="var(--dial-a)" />
          <stop offset=".62" stopColor="var(--dial-b)" />
          <stop offset="1" stopColor="var(--panel)" />
        </radialGradient>
      </defs>
      <circle cx={CENTRE.x} cy={CENTRE.y} r="430" fill="url(#dial-ground)" />
      {[112, 182, 252].map((r) => (
        <circle key={r} cx={CENTRE.x} cy={CENTRE.y} r={r} fill="none" stroke="var(--grid)" />
      ))}
      {ticks.map(({ at, long }) => (
        <path
          key={at}
          d={`M${CENTRE.x} ${CENTRE.y - 252}v${long ? 14 : 8}`}
          transform={`rotate(${at * 6} ${CENTRE.x} ${CENTRE.y})`}
          stroke={at <= seconds ? 'var(--brass)' : long ? 'var(--edge)' : 'var(--line-strong)'}
          strokeOpacity={at <= seconds || !long ? 1 : 0.6}
          strokeWidth={long ? 1.8 : 1.2}
          strokeLinecap="round"
        />
      ))}
      <g transform={`rotate(${angle} ${CENTRE.x} ${CENTRE.y})`}>
        <path d={`M${CENTRE.x} ${CENTRE.y - 190}V${CENTRE.y - 234}`} stroke="var(--accent)" strokeWidth="2" />
        <circle cx={CENTRE.x} cy={CENTRE.y - 252} r="6" fill="var(--accent)" stroke="var(--panel)" strokeWidth="2.5" />
      </g>
    </svg>
  )
}

const ticks = Array.from({ length: TICKS }, (_, at) => ({ at, long: at % 5 === 0 }))
