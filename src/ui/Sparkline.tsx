import type { Status } from './status.ts'

/** A small line of numbers, oldest first; gaps are `undefined`. It says its own summary to a reader (`label`, last value); a `limit` is a dashed
 *  line. It scales to its own numbers and the limit, from zero. */
export function Sparkline({ values, label, say = String, width = 120, height = 28, limit, status }: SparklineProps) {
  const known = values.filter((value) => value !== undefined)
  const top = Math.max(...known, limit ?? 0, Number.EPSILON)
  const x = (index: number) => 3 + (index / Math.max(1, values.length - 1)) * (width - 6)
  const y = (value: number) => height - 2 - (Math.max(0, value) / top) * (height - 5)
  const last = values.findLastIndex((value) => value !== undefined)
  const lastValue = values[last]
  return (
    <svg
      className={status ? `ic gl s-${status}` : 'ic text-heat-4'}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${label}: ${lastValue === undefined ? 'no data' : `now ${say(lastValue)}, at most ${say(Math.max(...known))}`}`}
    >
      <path d={`M0 ${height - 0.5}h${width}`} stroke="var(--line-strong)" />
      {limit === undefined ? null : (
        <path d={`M0 ${y(limit).toFixed(1)}h${width}`} stroke="var(--err)" strokeWidth="1.2" strokeDasharray="4 3" />
      )}
      <path
        d={linePath(values, x, y)}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {lastValue === undefined ? null : <circle cx={x(last)} cy={y(lastValue)} r="2.2" fill="currentColor" />}
    </svg>
  )
}

export interface SparklineProps {
  values: readonly (number | undefined)[]
  label: string
  say?: ((value: number) => string) | undefined
  width?: number | undefined
  height?: number | undefined
  limit?: number | undefined
  status?: Status | undefined
}

function linePath(
  values: readonly (number | undefined)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let pen = 'M'
  let path = ''
  for (const [index, value] of values.entries()) {
    if (value === undefined) {
      pen = 'M'
      continue
    }
    path += `${pen}${x(index).toFixed(1)} ${y(value).toFixed(1)}`
    pen = 'L'
  }
  return path
}
