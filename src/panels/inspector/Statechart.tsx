import '@xyflow/react/dist/base.css'
import { type Node, type NodeProps, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import Clock from 'lucide-react/icons/clock'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import type { Inspection } from '../../host/views/index.ts'
import { classes, Glyph, useReducedMotion } from '../../ui/index.ts'
import { aimAt } from './aimAt.ts'
import { type Chart, chartOf, clauseOf, type DrawnWay, HUB_WORDS, labelText, type WayEvent } from './chart.ts'
import { linePath } from './linePath.ts'
import { Remaining } from './Remaining.tsx'

/** What a press on an event's button does. */
export type Cause = (type: string) => void

/** The lifecycle of an entity as a live drawing. `mini` fits a narrow panel: no words on the ways. Boxes and buttons keep their size on screen
 *  or are panned to, so that no text falls below 11 px. */
export function Statechart({ inspection, mini = false, onCause }: StatechartProps) {
  return (
    <ReactFlowProvider>
      <Drawing inspection={inspection} mini={mini} onCause={onCause} />
    </ReactFlowProvider>
  )
}

export interface StatechartProps {
  inspection: Inspection
  mini?: boolean | undefined
  onCause: Cause
}

type Data = { readonly inspection: Inspection; readonly chart: Chart; readonly onCause: Cause; readonly mini: boolean }
type StateNode = Node<Data & { readonly state: string }, 'state'>
type WayNode = Node<Data & { readonly way: DrawnWay }, 'way'>
type LinesNode = Node<Data, 'lines'>

const BARE = { hideAttribution: true }
const nodeTypes = { state: memo(StateBox), way: memo(WayLabel), lines: memo(Lines) }

function Drawing({ inspection, mini = false, onCause }: StatechartProps) {
  const flow = useReactFlow()
  const still = useReducedMotion()
  const outer = useRef<HTMLElement>(null)
  const { state, taken, lifecycle, timers } = inspection
  const shape = JSON.stringify([state, taken, lifecycle.id, timers.length > 0])
  const [everything, setEverything] = useState(false)
  const chart = useMemo(() => chartOf(inspection, mini, everything), [shape, mini, everything])
  const nodes = useMemo(() => {
    const data = { inspection, chart, onCause, mini }
    const { drawing } = chart
    const fixed = { draggable: false, selectable: false, focusable: false, connectable: false }
    const list: (StateNode | WayNode | LinesNode)[] = [
      {
        id: 'lines',
        type: 'lines',
        position: { x: 0, y: 0 },
        width: drawing.width,
        height: drawing.height,
        data,
        zIndex: 0,
        ...fixed,
      },
    ]
    for (const [id, { x, y, width, height }] of drawing.boxes)
      list.push({
        id: `s ${id}`,
        type: 'state',
        position: { x, y },
        width,
        height,
        data: { ...data, state: id },
        zIndex: 2,
        ...fixed,
      })
    if (!mini)
      for (const way of chart.ways) {
        const label = drawing.ways.get(way.id)?.label
        if (!label) continue
        const { x, y, width, height } = label
        list.push({
          id: `w ${way.id}`,
          type: 'way',
          position: { x, y },
          width,
          height,
          data: { ...data, way },
          zIndex: 3,
          ...fixed,
        })
      }
    return list
  }, [inspection, chart, onCause, mini])
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const element = outer.current
      if (!element) return
      const size = { width: element.clientWidth, height: element.clientHeight }
      void flow.setViewport(aimAt(chart.drawing, state, size, mini), { duration: still ? 0 : 240 })
    })
    return () => cancelAnimationFrame(frame)
  }, [flow, chart, state, mini, still])
  return (
    <section
      ref={outer}
      className="to-scale relative h-full"
      aria-label={`Statechart of ${inspection.name}: now ${state}`}
    >
      <ReactFlow
        nodes={nodes}
        edges={[]}
        nodeTypes={nodeTypes}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        zoomOnDoubleClick={false}
        preventScrolling={!mini}
        zoomOnScroll={!mini}
        minZoom={mini ? 0.92 : 1}
        maxZoom={2}
        proOptions={BARE}
      />
      {mini || (chart.left === 0 && !everything) ? null : (
        <button
          type="button"
          className="lnk absolute bottom-2 left-3 z-5 rounded-5 bg-panel px-2 py-1 text-12"
          aria-pressed={everything}
          onClick={() => setEverything(!everything)}
        >
          {everything ? 'Draw only the usual ways' : `Draw ${chart.left} rarer ways too`}
        </button>
      )}
    </section>
  )
}

function StateBox({ data: { inspection, chart, state, mini } }: NodeProps<StateNode>) {
  const { lifecycle, tones } = inspection
  const is = lifecycle.states[state]
  const tone = tones[state] ?? 'idle'
  const now = state === inspection.state
  const final = is?.type === 'final'
  const hub = chart.hubs.has(state)
  if (now) return <Present inspection={inspection} mini={mini} />
  return (
    <div
      className={classes(
        'flex h-full flex-col justify-center rounded-[10px] bg-panel shadow-1 [--glyph-cut:var(--panel)]',
        final ? 'border-4 border-double px-[9px]' : 'border-[1.5px] px-[11px]',
        chart.been.has(state) ? 'border-edge' : 'border-line-strong',
      )}
      data-tip={`${is?.description ?? ''}${hub ? ' From almost anywhere.' : ''}`}
    >
      <div className="flex items-center gap-1.5 whitespace-nowrap font-strong text-13 leading-[17px]">
        <Glyph status={tone} size={13} label />
        {state}
      </div>
      {mini ? null : (
        <div className="whitespace-nowrap text-11 text-muted leading-[15px]">
          {hub ? HUB_WORDS : clauseOf(is?.description ?? '')}
        </div>
      )}
    </div>
  )
}

function Present({ inspection, mini }: { inspection: Inspection; mini: boolean }) {
  const { state, tones, lifecycle, timers } = inspection
  const tone = tones[state] ?? 'idle'
  const timer = timers.toSorted((a, b) => a.at - b.at)[0]
  return (
    <div
      className={classes(
        `s-${tone} flex h-full items-center gap-3 rounded-[10px] border-2 [--glyph-cut:var(--tint)]`,
        mini ? 'px-2.5' : 'px-3.5',
      )}
      style={{
        borderColor: 'var(--st)',
        background: 'var(--tint)',
        boxShadow: '0 0 0 5px color-mix(in srgb, var(--st) 9%, transparent)',
      }}
      aria-current="step"
    >
      {timer && !mini ? <Remaining timer={timer} status={tone} size={72} /> : null}
      <div className="min-w-0">
        <div
          className={classes('flex items-center gap-1.5 whitespace-nowrap font-strong', mini ? 'text-13' : 'text-14')}
        >
          <Glyph status={tone} size={15} label />
          {state}
        </div>
        {mini ? null : (
          <p className="m-0 mt-1 text-11 text-muted leading-[15px]">{lifecycle.states[state]?.description}</p>
        )}
      </div>
    </div>
  )
}

const STROKES = {
  last: { stroke: 'var(--err)', strokeWidth: 2.4 },
  now: { stroke: 'var(--accent)', strokeWidth: 2 },
  been: { stroke: 'var(--edge)', strokeWidth: 1.6 },
  none: { stroke: 'var(--line-strong)', strokeWidth: 1.6 },
} as const

function Lines({ data: { chart, inspection } }: NodeProps<LinesNode>) {
  const { width, height, boxes, ways } = chart.drawing
  const first = boxes.get(inspection.lifecycle.initial)
  const order = ['none', 'been', 'now', 'last']
  return (
    <svg width={width} height={height} className="block overflow-visible" aria-hidden="true">
      {first ? (
        <g stroke="var(--edge)" fill="none" strokeWidth="1.6">
          <circle cx={first.x - 26} cy={first.y + first.height / 2} r="5" fill="var(--text)" stroke="none" />
          <path d={`M${first.x - 21} ${first.y + first.height / 2}h17`} />
          <Arrow at={[first.x - 2, first.y + first.height / 2]} from={[first.x - 20, first.y + first.height / 2]} />
        </g>
      ) : null}
      {chart.ways
        .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
        .map((way) => {
          const points = ways.get(way.id)?.points ?? []
          const [end, before] = [points.at(-1), points.at(-2)]
          return (
            <g key={way.id} fill="none" {...STROKES[way.role]}>
              <path d={linePath(points)} strokeDasharray={way.timer ? '6 4' : undefined} />
              {end && before ? <Arrow at={end} from={before} /> : null}
            </g>
          )
        })}
    </svg>
  )
}

function Arrow({ at, from }: { at: readonly [number, number]; from: readonly [number, number] }) {
  const angle = (Math.atan2(at[1] - from[1], at[0] - from[0]) * 180) / Math.PI
  return (
    <path
      d="M-8 -4.5 0 0l-8 4.5"
      transform={`translate(${at[0]} ${at[1]}) rotate(${angle})`}
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="1.7"
    />
  )
}

const LOOKS = {
  last: 'border-err text-err font-strong',
  now: 'border-accent text-accent font-strong shadow-1',
  been: 'border-line-strong text-muted',
  none: 'border-line-strong text-muted',
} as const

function WayLabel({ data: { way, inspection, onCause } }: NodeProps<WayNode>) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-0.5">
      {way.events.map((event) => (
        <WayButton key={event.type} way={way} event={event} inspection={inspection} onCause={onCause} />
      ))}
    </div>
  )
}

function WayButton({
  way,
  event,
  inspection,
  onCause,
}: {
  way: DrawnWay
  event: WayEvent
  inspection: Inspection
  onCause: Cause
}) {
  const last = inspection.history.at(-1)
  const mine = last?.from === way.from && last.type === event.type && way.role === 'last'
  const role = mine ? 'last' : way.from === inspection.state ? 'now' : 'none'
  const timer = role === 'now' ? inspection.timers.find(({ delay }) => delay === event.delay) : undefined
  return (
    <button
      type="button"
      className={classes(
        'nodrag nopan mono inline-flex h-[22px] items-center gap-[5px] whitespace-nowrap rounded-5 border bg-panel px-[7px] font-medium text-11 hover:bg-hover',
        LOOKS[role],
      )}
      tabIndex={role === 'none' ? -1 : 0}
      data-tip={event.description}
      onClick={() => onCause(event.type)}
    >
      {event.delay === undefined ? null : <Clock size={12} strokeWidth={2} aria-hidden="true" />}
      {labelText(event.type)}
      {timer || event.times > 0 ? (
        <span className="border-line-strong border-l pl-[5px] font-medium font-ui text-muted">
          {timer ? <Remaining timer={timer} size={0} /> : `${event.times}×`}
        </span>
      ) : null}
    </button>
  )
}
