import { useEffect, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { FigurePair, Figures } from '../../host/views/index.ts'
import { DataTable, Section } from '../../ui/index.ts'

const ROWS: readonly {
  readonly id: string
  readonly label: string
  readonly of: (one: Figures) => number | undefined
  readonly say: (value: number) => string
}[] = [
  { id: 'requests', label: 'Requests', of: ({ requests }) => requests, say: (value) => `${Math.round(value)}/s` },
  { id: 'errors', label: 'Errors', of: ({ errors }) => errors, say: percent },
  {
    id: 'availability',
    label: 'Availability',
    of: ({ errors }) => (errors === undefined ? undefined : 1 - errors),
    say: percent,
  },
  { id: 'latency', label: 'Latency, p95', of: ({ p95 }) => p95, say: (value) => `${Math.round(value)} ms` },
]

/** How both branches fare since they parted: errors, latency, availability as curves with their means, and how many things each needs. */
export function FigureStrip({ a, b, from, to, names }: FigureStripProps) {
  const lab = useLab()
  const [pair, setPair] = useState<FigurePair>()
  useEffect(() => {
    let stale = false
    lab.ask('figures', { a, b, from, to }).then(
      (found) => {
        if (!stale) setPair(found as FigurePair)
      },
      () => {},
    )
    return () => {
      stale = true
    }
  }, [lab, a, b, from, to])
  return (
    <Section title="How they fare" note={pair ? 'means since they parted' : 'running both'}>
      <DataTable
        caption="Figures of both branches since they parted"
        rows={ROWS}
        rowKey={({ id }) => id}
        columns={[
          { id: 'label', header: 'Figure', cell: ({ label }) => label },
          {
            id: 'curve',
            header: 'Course',
            cell: ({ of }) => (pair ? <Curves a={pair.a.map(of)} b={pair.b.map(of)} /> : null),
          },
          { id: 'a', header: names[0], right: true, cell: ({ of, say }) => (pair ? mean(pair.a.map(of), say) : '') },
          { id: 'b', header: names[1], right: true, cell: ({ of, say }) => (pair ? mean(pair.b.map(of), say) : '') },
        ]}
      />
      {pair && pair.counts.length > 0 ? (
        <div className="mt-3">
          <DataTable
            caption="How many things each branch has at the end"
            rows={pair.counts}
            rowKey={({ label }) => label}
            columns={[
              { id: 'label', header: 'What it takes', cell: ({ label }) => label },
              { id: 'a', header: names[0], right: true, cell: (row) => row.a },
              { id: 'b', header: names[1], right: true, cell: (row) => row.b },
            ]}
          />
        </div>
      ) : null}
    </Section>
  )
}

interface FigureStripProps {
  readonly a: number
  readonly b: number
  readonly from: number
  readonly to: number
  readonly names: readonly [string, string]
}

type Points = readonly (number | undefined)[]

function Curves({ a, b }: { a: Points; b: Points }) {
  const all = [...a, ...b].filter((value) => value !== undefined)
  const most = Math.max(...all, 0)
  const path = (points: Points) =>
    points
      .map((value, i) => {
        if (value === undefined) return ''
        const x = (i / Math.max(1, points.length - 1)) * 86 + 1
        const y = 19 - (most === 0 ? 0 : (value / most) * 17)
        return `${i === 0 || points[i - 1] === undefined ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
      })
      .join('')
  return (
    <svg width="88" height="21" aria-hidden="true">
      <path d={path(a)} fill="none" stroke="var(--edge)" strokeWidth="1.6" />
      <path d={path(b)} fill="none" stroke="var(--brass)" strokeWidth="1.6" strokeDasharray="4 2" />
    </svg>
  )
}

function mean(points: Points, say: (value: number) => string): string {
  const known = points.filter((value) => value !== undefined)
  return known.length === 0 ? 'none' : say(known.reduce((sum, value) => sum + value, 0) / known.length)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
