import type { CalibrationPoint } from '../../teaching/review/calibration.ts'
import { DataTable } from '../../ui/index.ts'

const WORDS = { 1: 'A guess', 2: 'Fairly sure', 3: 'Certain' } as const
const [W, H, PAD] = [280, 200, 34]

/** Sureness against success: points above the line are modest, below it overconfident. The table beside it says the same. */
export function CalibrationPlot({ points, brier }: CalibrationPlotProps) {
  const x = (share: number) => PAD + share * (W - PAD - 10)
  const y = (share: number) => H - 26 - share * (H - 40)
  return (
    <div className="calibration">
      <svg
        width={W}
        height={H}
        viewBox={`0 0 ${W} ${H}`}
        role="img"
        aria-label="How often you were right, by how sure you were"
      >
        <path d={`M${x(0)} ${y(0)}H${x(1)}M${x(0)} ${y(0)}V${y(1)}`} className="axis" />
        <path d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} className="ideal" />
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <text x={x(share)} y={H - 10} textAnchor="middle">{`${share * 100}%`}</text>
            <text x={PAD - 6} y={y(share) + 4} textAnchor="end">{`${share * 100}%`}</text>
          </g>
        ))}
        {points.map(({ sureness, claimed, share, of }) =>
          share === undefined ? null : (
            <g key={sureness}>
              <path d={`M${x(claimed)} ${y(claimed)}V${y(share)}`} className="miss" />
              <circle cx={x(claimed)} cy={y(share)} r={Math.min(9, 4 + Math.sqrt(of))} />
            </g>
          ),
        )}
      </svg>
      <div>
        <DataTable
          caption="How often you were right, by how sure you were"
          rows={points}
          rowKey={({ sureness }) => String(sureness)}
          columns={[
            { id: 'sure', header: 'You said', cell: ({ sureness }) => WORDS[sureness] },
            {
              id: 'claimed',
              header: 'That claims',
              right: true,
              cell: ({ claimed }) => `${Math.round(claimed * 100)}%`,
            },
            {
              id: 'right',
              header: 'You were right',
              right: true,
              cell: ({ right, of, share }) =>
                share === undefined ? 'not yet asked' : `${right} of ${of}, ${Math.round(share * 100)}%`,
            },
          ]}
        />
        <p className="sub">
          {brier === undefined
            ? 'Say how sure you are before an answer, and this fills.'
            : `Brier score ${brier.toFixed(2)}: 0 is perfect, 0.25 is what always saying “half” would earn.`}
        </p>
      </div>
    </div>
  )
}

interface CalibrationPlotProps {
  readonly points: readonly CalibrationPoint[]
  readonly brier: number | undefined
}
