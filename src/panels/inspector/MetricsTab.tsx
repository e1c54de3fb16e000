import { lazy, Suspense, useMemo, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Inspection } from '../../host/views/index.ts'
import { DataTable, EmptyState, KeyValue, Meter, Section, Segmented } from '../../ui/index.ts'
import { useLayout } from '../../workspace/index.ts'
import { clockText } from '../timeline/index.ts'
import { type Figure, figuresOf, type Sample } from './samples.ts'

const TimeChart = lazy(() => import('../metrics/TimeChart.tsx').then(({ TimeChart }) => ({ default: TimeChart })))

/** Its figures now, and how they ran while it was watched, as lines or as a table. */
export function MetricsTab({ inspection, samples }: { inspection: Inspection; samples: readonly Sample[] }) {
  const { look } = inspection
  const figures = figuresOf(look)
  const [form, setForm] = useState<'lines' | 'table'>('lines')
  return (
    <>
      {look?.meters?.length ? (
        <Section title="Requested and used">
          <div className="grid gap-1.5">
            {look.meters.map(({ label, requested, used, of, text }) => (
              <Meter key={label} label={label} capacity={of} requested={requested} used={used} text={text} />
            ))}
          </div>
          <p className="micro m-0 mt-1.5">requested, with the part in use drawn inside it</p>
        </Section>
      ) : null}
      {figures.length > 0 ? (
        <Section
          title="While you watched"
          note={
            <Segmented
              label="Form"
              value={form}
              onChange={setForm}
              options={[
                { id: 'lines', label: 'Lines' },
                { id: 'table', label: 'Table' },
              ]}
            />
          }
        >
          {form === 'lines' ? (
            <div className="grid gap-3">
              {figures.map(({ label, text }) => (
                <FigureChart key={label} label={label} text={text} samples={samples} now={inspection.now} />
              ))}
            </div>
          ) : (
            <DataTable<Sample>
              caption="Figures by time, newest first"
              rows={samples.toReversed()}
              rowKey={({ at }) => String(at)}
              columns={[
                { id: 'at', header: 'Time', cell: ({ at }) => <span className="num">{clockText(at)}</span> },
                ...figures.map(({ label }) => ({
                  id: label,
                  header: label,
                  right: true,
                  cell: ({ values }: Sample) => values[label] ?? '',
                })),
              ]}
            />
          )}
        </Section>
      ) : null}
      {look?.facts?.length ? (
        <Section title="Facts">
          <KeyValue entries={look.facts} />
        </Section>
      ) : null}
      {figures.length === 0 && !look?.facts?.length ? (
        <EmptyState
          title={`Nothing is measured of a ${inspection.label.toLowerCase()}`}
          action={{ label: 'See what is measured', run: () => useLayout.getState().openDock('metrics') }}
        />
      ) : null}
    </>
  )
}

/** One figure over the time that it was watched, with its value of now. */
function FigureChart({
  label,
  text,
  samples,
  now,
}: Pick<Figure, 'label' | 'text'> & { samples: readonly Sample[]; now: number }) {
  const lab = useLab()
  const times = useMemo(() => samples.map(({ at }) => at), [samples])
  const series = useMemo(() => [{ name: label, values: samples.map(({ values }) => values[label]) }], [samples, label])
  return (
    <div>
      <p className="m-0 flex items-baseline justify-between text-12">
        <span className="text-muted">{label}</span>
        <b className="num font-medium">{text}</b>
      </p>
      <Suspense fallback={<div style={{ height: 96 }} />}>
        <TimeChart
          label={label}
          times={times}
          series={series}
          say={short}
          now={now}
          height={96}
          onSeek={(at) => void lab.pause().then(() => lab.seek(at))}
        />
      </Suspense>
    </div>
  )
}

function short(value: number): string {
  return value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toPrecision(2)
}
