import type { Lit } from './spotlight.ts'

const MARGIN = 10

/** A cool veil over the canvas with a hole for each thing that is talked about. Text under it stays readable. */
export function Spotlight({ lit }: { lit: readonly Lit[] }) {
  if (lit.length === 0) return null
  const holes = lit
    .map(({ x, y, width, height }) => {
      const [l, t, w, h] = [x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN]
      return `M${l} ${t}h${w}v${h}h${-w}z`
    })
    .join('')
  return (
    <svg className="spotlight" aria-hidden="true">
      <path d={`M0 0H10000V10000H0Z${holes}`} fillRule="evenodd" />
      {lit.map(({ id, x, y, width, height }) => (
        <rect
          key={id}
          x={x - MARGIN}
          y={y - MARGIN}
          width={width + 2 * MARGIN}
          height={height + 2 * MARGIN}
          rx="14"
          className="rim"
        />
      ))}
    </svg>
  )
}
