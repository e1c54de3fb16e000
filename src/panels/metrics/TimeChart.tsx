import 'uplot/dist/uPlot.min.css'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import { useTheme } from '../../ui/index.ts'
import { clockText } from '../timeline/index.ts'
import { type ChartSeries, sayChart } from './chartSeries.ts'

/**
 * Lines over virtual time, with a hand where the world stands. A click goes to that moment. It is a picture: what it shows is said in its name,
 * and in a table beside it by whoever places it.
 */
export function TimeChart({ label, times, series, say, now, onSeek, height = 150 }: TimeChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot>(undefined)
  const { theme } = useTheme()
  const latest = useRef({ now, onSeek, say })
  latest.current = { now, onSeek, say }
  const names = series.map(({ name }) => name).join('\n')
  // The chart is made anew with the theme, whose colours it has, and with its lines; new figures only change its data.
  useEffect(() => {
    const element = box.current
    if (!element) return
    const style = getComputedStyle(element)
    const ink = (name: string) => style.getPropertyValue(`--${name}`).trim()
    const font = '11px "Inter Variable", sans-serif'
    const axis = { stroke: ink('muted'), font, grid: { stroke: ink('line'), width: 1 }, ticks: { show: false } }
    const plot = new uPlot(
      {
        width: Math.max(120, element.clientWidth),
        height,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
        scales: { x: { time: false }, y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.08 : 1] } },
        axes: [
          { ...axis, space: 70, values: (_plot, all) => all.map((at) => clockText(at)) },
          { ...axis, size: 58, space: 28, values: (_plot, all) => all.map((value) => latest.current.say(value)) },
        ],
        series: [
          {},
          ...names.split('\n').map((name, i) => ({
            label: name,
            stroke: ink(COLOURS[i % COLOURS.length] ?? 'edge'),
            width: 1.6,
            ...(i < COLOURS.length ? {} : { dash: [4, 3] }),
            points: { show: false },
          })),
        ],
        hooks: {
          draw: [
            ({ ctx, bbox, valToPos, scales }) => {
              const at = latest.current.now
              if (at < (scales['x']?.min ?? 0) || at > (scales['x']?.max ?? 0)) return
              const x = valToPos(at, 'x', true)
              ctx.save()
              ctx.strokeStyle = ink('accent')
              ctx.lineWidth = 1.5
              ctx.beginPath()
              ctx.moveTo(x, bbox.top)
              ctx.lineTo(x, bbox.top + bbox.height)
              ctx.stroke()
              ctx.restore()
            },
          ],
        },
      },
      [[], ...names.split('\n').map(() => [])],
      element,
    )
    chart.current = plot
    const click = () => {
      const { left } = plot.cursor
      if (left !== undefined && left !== null && left >= 0)
        latest.current.onSeek?.(Math.round(plot.posToVal(left, 'x')))
    }
    plot.over.addEventListener('click', click)
    const watch = new ResizeObserver(() => plot.setSize({ width: Math.max(120, element.clientWidth), height }))
    watch.observe(element)
    return () => {
      watch.disconnect()
      plot.destroy()
      chart.current = undefined
    }
  }, [names, theme, height])
  useEffect(() => {
    chart.current?.setData([[...times], ...series.map(({ values }) => [...values])])
  }, [times, series, names, theme, height])
  // The hand moves with the world, also while there are no new figures.
  useEffect(() => chart.current?.redraw(false, false), [now])
  return (
    <div>
      <div ref={box} role="img" aria-label={sayChart(label, series, say)} style={{ height }} className="w-full" />
      {series.length > 1 ? (
        <ul className="m-0 flex list-none flex-wrap gap-x-4 gap-y-1 p-0 pt-1 text-11" aria-label="Lines">
          {series.map(({ name, values }, i) => (
            <li key={name} className="flex items-center gap-1.5">
              <i
                className="h-0.5 w-4 rounded-2"
                style={{ background: `var(--${COLOURS[i % COLOURS.length] ?? 'edge'})` }}
                aria-hidden="true"
              />
              <span className="mono">{name}</span>
              <b className="num font-medium">
                {say(values.findLast((value) => value !== undefined && value !== null) ?? 0)}
              </b>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

/** Identity, not health: none of them is a status. */
const COLOURS = ['accent', 'rev-new', 'brass', 'heat-4', 'rev-old', 'text'] as const

interface TimeChartProps {
  readonly label: string
  /** Virtual ms, rising. */
  readonly times: readonly number[]
  readonly series: readonly ChartSeries[]
  /** A value as it is written. */
  readonly say: (value: number) => string
  readonly now: number
  readonly onSeek?: ((at: number) => void) | undefined
  readonly height?: number | undefined
}
