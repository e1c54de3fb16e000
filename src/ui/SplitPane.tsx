import {
  Fragment,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { classes } from './classes.ts'

/** Px that an arrow key moves a separator; with Shift ten times as many. */
const STEP = 16

/** Panes that share a row (`columns`) or a column (`rows`), with a separator between that is dragged, or moved with the arrow keys once it is
 *  focused. One pane has no `size` and takes what the others leave. `onLayout` gives percentages by pane id when the hand lets go: keep them,
 *  and hand them back as `layout`. */
export function SplitPane({ direction, panes, layout, onLayout, className }: SplitPaneProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [sizes, setSizes] = useState<Readonly<Record<string, number>>>({})
  const latest = useRef(sizes)
  const [whole, setWhole] = useState(0)
  const lengthOf = () => frame.current?.[direction === 'columns' ? 'clientWidth' : 'clientHeight'] ?? 0
  useLayoutEffect(() => {
    const box = frame.current
    if (!box) return
    const measure = () => setWhole(box[direction === 'columns' ? 'clientWidth' : 'clientHeight'])
    measure()
    const watching = new ResizeObserver(measure)
    watching.observe(box)
    return () => watching.disconnect()
  }, [direction])

  const wanted = (pane: SplitPaneItem, all: Readonly<Record<string, number>>): number => {
    const kept = layout?.[pane.id]
    return all[pane.id] ?? (kept !== undefined && whole > 0 ? (kept / 100) * whole : (pane.size ?? 0))
  }
  /** Within its own bounds, and never so large that the rest falls below theirs. */
  const fitted = (pane: SplitPaneItem, size: number, all: Readonly<Record<string, number>>): number => {
    const others = panes.reduce(
      (sum, other) => sum + (other === pane ? 0 : other.size === undefined ? (other.min ?? 0) : wanted(other, all)),
      0,
    )
    const most = Math.min(pane.max ?? Number.POSITIVE_INFINITY, whole > 0 ? whole - others : Number.POSITIVE_INFINITY)
    return Math.round(Math.max(Math.min(size, most), Math.min(pane.min ?? 0, whole > 0 ? whole : (pane.min ?? 0))))
  }
  const tell = (all: Readonly<Record<string, number>>) => {
    const length = lengthOf()
    if (length === 0) return
    const fixed = panes.filter(({ size }) => size !== undefined)
    const shares = fixed.map((pane) => [pane.id, (fitted(pane, wanted(pane, all), all) / length) * 100] as const)
    const rest = 100 - shares.reduce((sum, [, share]) => sum + share, 0)
    onLayout?.(
      Object.fromEntries([
        ...shares,
        ...panes.filter(({ size }) => size === undefined).map(({ id }) => [id, rest] as const),
      ]),
    )
  }
  return (
    <div
      ref={frame}
      className={classes('flex min-h-0 min-w-0', direction === 'columns' ? 'flex-row' : 'flex-col', className)}
    >
      {panes.map((pane, index) => {
        const before = panes[index - 1]
        return (
          <Fragment key={pane.id}>
            {before ? (
              <Separator
                direction={direction}
                label={`Between ${before.label} and ${pane.label}`}
                pane={pane.size === undefined ? before : pane}
                sign={pane.size === undefined ? 1 : -1}
                sizeOf={(one) => fitted(one, wanted(one, sizes), sizes)}
                whole={whole}
                onSize={(one, size) => {
                  latest.current = { ...latest.current, [one.id]: fitted(one, size, latest.current) }
                  setSizes(latest.current)
                }}
                onDone={() => tell(latest.current)}
              />
            ) : null}
            <div
              className={classes('flex min-h-0 min-w-0 flex-col', pane.size === undefined && 'flex-1')}
              style={
                pane.size === undefined ? undefined : { flex: `0 0 ${fitted(pane, wanted(pane, sizes), sizes)}px` }
              }
            >
              {pane.content}
            </div>
          </Fragment>
        )
      })}
    </div>
  )
}

function Separator({ direction, label, pane, sign, sizeOf, whole, onSize, onDone }: SeparatorProps) {
  const held = useRef<{ from: number; size: number } | undefined>(undefined)
  const size = sizeOf(pane)
  const along = (event: PointerEvent) => (direction === 'columns' ? event.clientX : event.clientY)
  const release = () => {
    if (!held.current) return
    held.current = undefined
    onDone()
  }
  const press = (event: KeyboardEvent) => {
    const step = event.shiftKey ? STEP * 10 : STEP
    const [less, more] = direction === 'columns' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
    const by = event.key === less ? -step : event.key === more ? step : undefined
    const to = event.key === 'Home' ? (pane.min ?? 0) : event.key === 'End' ? (pane.max ?? whole) : undefined
    if (by === undefined && to === undefined) return
    event.preventDefault()
    onSize(pane, to ?? size + sign * (by ?? 0))
    onDone()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be moved is no hr
    <div
      role="separator"
      className={classes('splitter', direction)}
      tabIndex={0}
      aria-label={label}
      aria-orientation={direction === 'columns' ? 'vertical' : 'horizontal'}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={whole > 0 ? Math.round((size / whole) * 100) : 0}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.dataset['separator'] = 'active'
        held.current = { from: along(event), size }
      }}
      onPointerMove={(event) => {
        if (held.current) onSize(pane, held.current.size + sign * (along(event) - held.current.from))
      }}
      onLostPointerCapture={(event) => {
        delete event.currentTarget.dataset['separator']
        release()
      }}
    />
  )
}

interface SeparatorProps {
  readonly direction: 'columns' | 'rows'
  readonly label: string
  /** The pane that it sizes, and whether that grows with the pointer or against it. */
  readonly pane: SplitPaneItem
  readonly sign: 1 | -1
  sizeOf(pane: SplitPaneItem): number
  readonly whole: number
  onSize(pane: SplitPaneItem, size: number): void
  onDone(): void
}

export interface SplitPaneProps {
  direction: 'columns' | 'rows'
  panes: readonly SplitPaneItem[]
  layout?: Record<string, number> | undefined
  onLayout?: ((layout: Record<string, number>) => void) | undefined
  className?: string | undefined
}

/** One pane. With a `size` in px it keeps that while the window changes; the one without takes the rest. */
export interface SplitPaneItem {
  id: string
  label: string
  size?: number | undefined
  min?: number | undefined
  max?: number | undefined
  content: ReactNode
}
