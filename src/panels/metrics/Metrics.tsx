import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Load, Loads } from '../../host/views/index.ts'
import { DataTable, EmptyState, Glyph, Link, Segmented, Sparkline } from '../../ui/index.ts'
import { useDialogs, useSelection } from '../../workspace/index.ts'
import { usePolled } from '../workbench/usePolled.ts'
import { type Measure, measures } from './measures.ts'
import { Samples } from './samples.ts'

const TimeChart = lazy(() => import('./TimeChart.tsx').then(({ TimeChart }) => ({ default: TimeChart })))

/** Most lines of a chart: the highest of now. */
const MOST = 6

/** Requests, answers and use of everything that carries load, now and while it was looked at: as a chart, and the same as a table. */
export function Metrics() {
  const lab = useLab()
  const loads = usePolled<Loads>('loads', null, 500)
  const [measure, setMeasure] = useState<Measure['id']>('rate')
  const [form, setForm] = useState<'chart' | 'table'>('chart')
  const samples = useRef(new Samples())
  const [taken, setTaken] = useState(-1)
  useEffect(() => {
    if (!loads) return
    samples.current.take(loads.at, valuesOf(loads.things))
    setTaken(loads.at)
  }, [loads])
  const shown = measures.find(({ id }) => id === measure) ?? (measures[0] as Measure)
  const series = useMemo(
    () =>
      (loads?.things ?? [])
        .flatMap((load) => {
          const value = shown.of(load)
          return value === undefined ? [] : [{ load, value }]
        })
        .sort((a, b) => b.value - a.value)
        .slice(0, MOST)
        .map(({ load }) => ({ name: load.title, values: samples.current.of(`${load.id} ${shown.id}`) })),
    // What has been taken is what the samples hold.
    [loads, shown, taken],
  )
  const other = measures.find(({ of }) => loads?.things.some((load) => of(load) !== undefined))
  return (
    <div className="grid gap-2 p-3">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label="Measure"
          value={measure}
          onChange={setMeasure}
          options={measures.map(({ id, label }) => ({ id, label }))}
        />
        <Segmented
          label="Form"
          value={form}
          onChange={setForm}
          options={[
            { id: 'chart', label: 'Chart' },
            { id: 'table', label: 'Table' },
          ]}
        />
        <span className="sub">while you watched; a click goes to that moment</span>
      </div>
      {form === 'table' ? (
        <LoadTable things={loads?.things ?? []} samples={samples.current} measure={shown} />
      ) : series.length === 0 ? (
        <EmptyState
          title={
            other
              ? `Nothing has ${shown.label === 'p95' ? 'answers' : shown.label.toLowerCase()} to show yet`
              : 'Nothing carries load yet'
          }
          action={
            other
              ? { label: `Show ${other.label}`, run: () => setMeasure(other.id) }
              : { label: 'Start from a template', run: () => useDialogs.getState().show('templates') }
          }
        />
      ) : (
        <Suspense fallback={<div style={{ height: 150 }} />}>
          <TimeChart
            label={shown.label}
            times={samples.current.times}
            series={series}
            say={shown.say}
            now={taken}
            onSeek={(at) => void lab.pause().then(() => lab.seek(at))}
          />
        </Suspense>
      )}
    </div>
  )
}

function valuesOf(things: readonly Load[]): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  for (const load of things)
    for (const measure of measures) {
      const value = measure.of(load)
      if (value !== undefined) values.set(`${load.id} ${measure.id}`, value)
    }
  return values
}

/** The same as a table, with a small line of the chosen measure. */
function LoadTable({ things, samples, measure }: { things: readonly Load[]; samples: Samples; measure: Measure }) {
  return (
    <DataTable
      caption="Requests, answers and use"
      rows={things}
      rowKey={({ id }) => id}
      empty="Nothing carries load yet. A machine or some requests bring it."
      columns={[
        {
          id: 'name',
          header: 'Name',
          sort: ({ title }) => title,
          cell: ({ id, title, tone, word }) => (
            <span className="flex items-center gap-2">
              <Glyph status={tone} label={word} />
              <Link mono onClick={() => useSelection.getState().select(id)}>
                {title}
              </Link>
            </span>
          ),
        },
        { id: 'label', header: 'What', sort: ({ label }) => label, cell: ({ label }) => label },
        ...measures.map(({ id, label, of, say }) => ({
          id,
          header: label,
          right: true,
          sort: (load: Load) => of(load) ?? -1,
          cell: (load: Load) => {
            const value = of(load)
            return value === undefined ? '' : say(value)
          },
        })),
        {
          id: 'lately',
          header: 'Lately',
          cell: (load) => (
            <Sparkline
              label={`${load.title} ${measure.label}`}
              values={samples.of(`${load.id} ${measure.id}`)}
              say={measure.say}
              width={140}
              height={22}
            />
          ),
        },
      ]}
    />
  )
}
