import { memo } from 'react'
import type { Clock } from '../../host/views/index.ts'

/** The lines of all lanes in strip coordinates: the first 2 px, forks brass, what is to come dotted. */
export const LaneLines = memo(function LaneLines({
  branches,
  rows,
  shown,
  end,
  width,
  x,
}: {
  branches: Clock['branches']
  rows: ReadonlyMap<number, number>
  shown: number
  /** How far the shown branch is known. */
  end: number
  width: number
  /** Where a time lies, in px from the left edge. */
  x: (at: number) => number
}) {
  const left = Math.max(-20, x(0))
  const shownRow = rows.get(shown) ?? 40
  const knownTo = Math.min(width + 20, x(end))
  return (
    <g fill="none">
      <path
        d={`M${Math.max(left, knownTo).toFixed(1)} ${shownRow}H${width}`}
        stroke="var(--line-strong)"
        strokeWidth="2"
        strokeDasharray="2 4"
      />
      {branches.map((branch) => {
        const y = rows.get(branch.id)
        if (y === undefined) return null
        const to = Math.min(width + 20, x(branch.id === shown ? end : branch.end))
        if (branch.parent === undefined) {
          if (to < left) return null
          return (
            <g key={branch.id}>
              <path d={`M${left.toFixed(1)} ${y}H${to.toFixed(1)}`} stroke="var(--edge)" strokeWidth="2" />
              {branch.id === shown ? null : <End x={to} y={y} stroke="var(--edge)" />}
            </g>
          )
        }
        const from = x(branch.forkedAt)
        const parentRow = rows.get(branch.parent) ?? 40
        if (to < -20 || from > width + 20) return null
        const bend = Math.min(18, Math.max(6, to - from))
        return (
          <g key={branch.id}>
            <path
              d={`M${from.toFixed(1)} ${parentRow}C${(from + bend * 0.55).toFixed(1)} ${parentRow} ${(from + bend * 0.35).toFixed(1)} ${y} ${(from + bend).toFixed(1)} ${y}H${Math.max(from + bend, to).toFixed(1)}`}
              stroke="var(--brass)"
              strokeWidth="1.6"
            />
            <circle cx={from} cy={parentRow} r="2.6" fill="var(--panel)" stroke="var(--brass)" strokeWidth="1.6" />
            {branch.id === shown ? null : (
              <>
                <End x={Math.max(from + bend, to)} y={y} stroke="var(--brass)" />
                <text x={Math.max(from + bend, to) + 7} y={y + 3.8} fill="var(--muted)" fontSize="11" fontWeight="530">
                  {branch.name}
                </text>
              </>
            )}
          </g>
        )
      })}
    </g>
  )
})

function End({ x, y, stroke }: { x: number; y: number; stroke: string }) {
  return <path d={`M${x.toFixed(1)} ${y - 4}v8`} stroke={stroke} strokeWidth="1.6" />
}
