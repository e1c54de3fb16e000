import { useState } from 'react'
import { useView } from '../../host/react.ts'
import type { Clock, Comparison, Difference, MarkSort, Side } from '../../host/views/index.ts'
import { Badge, DataTable, EventMark, type EventMarkName, Link, Section, Segmented, Sheet } from '../../ui/index.ts'
import { useSelection } from '../../workspace/index.ts'
import { FigureStrip } from './FigureStrip.tsx'
import { clockText } from './timeText.ts'

const SORTS: readonly (readonly [MarkSort, string, EventMarkName])[] = [
  ['command', 'Commands', 'prompt'],
  ['deploy', 'Deploys', 'diamond'],
  ['state', 'States', 'circle'],
  ['alert', 'Alerts', 'triangle'],
  ['fault', 'Faults', 'bolt'],
]

/** Two branches side by side since they parted: counts, marks that only one has, and what stands otherwise. */
export function Compare({
  open,
  onOpenChange,
  branches,
  shown,
  other,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  branches: Clock['branches']
  shown: number
  /** The branch that it is held against; the one that it left when absent. */
  other?: number | undefined
}) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title="Compare two branches">
      {open ? <Comparing branches={branches} shown={shown} against={other} /> : null}
    </Sheet>
  )
}

function Comparing({
  branches,
  shown,
  against,
}: {
  branches: Clock['branches']
  shown: number
  against: number | undefined
}) {
  const other =
    against ?? branches.find(({ id }) => id === shown)?.parent ?? branches.find(({ id }) => id !== shown)?.id ?? shown
  const [a, setA] = useState(String(other))
  const [b, setB] = useState(String(shown))
  const comparison = useView<Comparison>('compare', { a: Number(a), b: Number(b) })
  const select = useSelection((selection) => selection.select)
  const options = branches.slice(-5).map(({ id, name }) => ({ id: String(id), label: name }))
  return (
    <>
      <div className="grid gap-2 border-line border-b p-3.5">
        <Segmented label="First branch" options={options} value={a} onChange={setA} wide />
        <Segmented label="Second branch" options={options} value={b} onChange={setB} wide />
        {comparison ? (
          <p className="sub m-0">
            One world until {clockText(comparison.from)}; compared up to {clockText(comparison.to)}.
          </p>
        ) : null}
        {comparison ? [comparison.a, comparison.b].map((side) => <OneThing key={side.branch} side={side} />) : null}
      </div>
      {comparison ? (
        <>
          <Section title="The strip of differences" note="marks that only one has">
            <Strip comparison={comparison} />
          </Section>
          <FigureStrip
            a={Number(a)}
            b={Number(b)}
            from={comparison.from}
            to={comparison.to}
            names={[comparison.a.name, comparison.b.name]}
          />
          <Section title="What happened" note="since they parted">
            <DataTable
              caption="Marks of both branches since they parted"
              rows={[
                ...SORTS.map(([sort, label, mark]) => ({
                  label,
                  mark,
                  a: comparison.a.sorts[sort] ?? 0,
                  b: comparison.b.sorts[sort] ?? 0,
                })),
                { label: 'All events', mark: undefined, a: comparison.a.events, b: comparison.b.events },
              ]}
              rowKey={(row) => row.label}
              columns={[
                {
                  id: 'sort',
                  header: 'Sort',
                  cell: (row) => (
                    <span className="flex items-center gap-1.5">
                      {row.mark ? <EventMark name={row.mark} /> : null}
                      {row.label}
                    </span>
                  ),
                },
                { id: 'a', header: comparison.a.name, right: true, cell: (row) => row.a },
                { id: 'b', header: comparison.b.name, right: true, cell: (row) => row.b },
              ]}
            />
          </Section>
          <Section title="What stands otherwise" note={`${comparison.differences.length + comparison.left}`}>
            <DataTable
              caption="Things whose state differs"
              empty="Nothing: both worlds came to the same."
              rows={comparison.differences}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'name',
                  header: 'Thing',
                  cell: (row) => (
                    <>
                      <Link mono onClick={() => select(row.id)}>
                        {row.name}
                      </Link>
                      <span className="micro block">
                        {row.kind} {row.id.split('/').slice(1, -1).join('/')}
                      </span>
                    </>
                  ),
                },
                { id: 'a', header: comparison.a.name, cell: (row) => <Standing of={row.a} /> },
                { id: 'b', header: comparison.b.name, cell: (row) => <Standing of={row.b} /> },
              ]}
            />
            {comparison.left > 0 ? <p className="sub mt-2">{comparison.left} more differ.</p> : null}
          </Section>
        </>
      ) : null}
    </>
  )
}

/** What was otherwise on a branch: the belief by which it runs, or else the line that only it was given. */
function OneThing({ side: { name, line, believes } }: { side: Side }) {
  if (line === undefined && believes.length === 0) return null
  return (
    <p className="m-0 text-12">
      {believes.length > 0 ? (
        <>
          <b>{name}</b> believes: {believes.join(' ')}
        </>
      ) : (
        <>
          Only on <b>{name}</b>: <code className="mono wrap-anywhere">{line}</code>
        </>
      )}
    </p>
  )
}

function Standing({ of }: { of: Difference['a'] }) {
  if (!of) return <span className="text-muted">not there</span>
  return (
    <Badge status={of.tone ?? 'idle'} small>
      {of.state}
    </Badge>
  )
}

function Strip({ comparison }: { comparison: Comparison }) {
  const width = 340
  const { from, to } = comparison
  const x = (at: number) => 6 + ((at - from) / Math.max(1, to - from)) * (width - 12)
  const lane = (side: Side, y: number, stroke: string) => (
    <g>
      <path d={`M6 ${y}H${width - 6}`} stroke={stroke} strokeWidth="1.8" />
      {side.marks
        .filter(({ at }) => at <= to)
        .map((mark) => (
          <EventMark
            key={mark.event}
            name={SORTS.find(([sort]) => sort === mark.sort)?.[2] ?? 'circle'}
            status={mark.tone}
            x={x(mark.at)}
            y={y}
          />
        ))}
      <text x="6" y={y - 9} fontSize="11" fill="var(--muted)">
        {side.name}
      </text>
    </g>
  )
  return (
    <svg
      viewBox={`0 0 ${width} 78`}
      className="block w-full [--tl-bg:var(--panel)]"
      role="img"
      aria-label={`${comparison.a.marks.length} marks only on ${comparison.a.name}, ${comparison.b.marks.length} only on ${comparison.b.name}`}
    >
      {lane(comparison.a, 22, 'var(--edge)')}
      {lane(comparison.b, 62, 'var(--brass)')}
    </svg>
  )
}
