import { Pictogram } from '../../../ui/index.ts'
import type { Figure } from './drawing.ts'

/** Measures of the drawing in px. */
const BOX = { w: 96, h: 30, gapX: 14, gapY: 8 }

/** A small drawing of an architecture: boxes in columns with lines between. It says nothing that the words beside it do not say. */
export function Schematic({ drawing }: { drawing: readonly (readonly Figure[])[] }) {
  const rows = Math.max(1, ...drawing.map((column) => column.length))
  const w = drawing.length * (BOX.w + BOX.gapX) - BOX.gapX
  const h = rows * (BOX.h + BOX.gapY) - BOX.gapY
  const at = (column: number, row: number) => {
    const tall = (drawing[column]?.length ?? 0) * (BOX.h + BOX.gapY) - BOX.gapY
    return { x: column * (BOX.w + BOX.gapX), y: (h - tall) / 2 + row * (BOX.h + BOX.gapY) }
  }
  const lines = drawing.slice(0, -1).flatMap((column, c) =>
    column.flatMap((_, a) =>
      (drawing[c + 1] ?? []).map((__, b) => {
        const [from, to] = [at(c, a), at(c + 1, b)]
        const turn = to.x - BOX.gapX / 2
        return `M${from.x + BOX.w} ${from.y + BOX.h / 2}H${turn}V${to.y + BOX.h / 2}H${to.x}`
      }),
    ),
  )
  return (
    <div className="to-scale flex h-[132px] items-center overflow-x-auto rounded-6 bg-canvas p-2" aria-hidden="true">
      <svg className="mx-auto flex-none" width={w} height={h} aria-hidden="true">
        {lines.map((line) => (
          <path key={line} d={line} fill="none" stroke="var(--edge)" strokeWidth="1.5" opacity="0.62" />
        ))}
        {drawing.flatMap((column, c) =>
          column.map(({ pictogram, label }, row) => {
            const { x, y } = at(c, row)
            return (
              <foreignObject key={`${c} ${row}`} x={x} y={y} width={BOX.w} height={BOX.h}>
                <span className="flex h-full items-center gap-1 rounded-6 border border-line-strong bg-raised px-1.5 text-11">
                  <Pictogram name={pictogram} size={14} className="flex-none text-muted" />
                  <span className="truncate">{label}</span>
                </span>
              </foreignObject>
            )
          }),
        )}
      </svg>
    </div>
  )
}
