import { useEffect, useRef, useState } from 'react'
import type { Measured } from '../../host/views/index.ts'
import { DataTable, Glyph, Link, Meter, Sparkline } from '../../ui/index.ts'
import { useSelection } from '../../workspace/index.ts'
import { usePolled } from '../workbench/usePolled.ts'
import { Samples } from './samples.ts'

/** How much of what every machine has is asked for and in use, now and lately. */
export function Metrics() {
  const measured = usePolled<{ at: number; things: readonly Measured[] }>('meters', null, 500)
  const samples = useRef(new Samples())
  const [, setTaken] = useState(0)
  useEffect(() => {
    if (!measured) return
    samples.current.take(measured.at, measured.things)
    setTaken(measured.at)
  }, [measured])
  const rows = (measured?.things ?? []).flatMap((thing) => thing.meters.map((meter) => ({ thing, meter })))
  return (
    <div className="p-3">
      <DataTable
        caption="Machines: requested and used"
        rows={rows}
        rowKey={({ thing, meter }) => `${thing.id} ${meter.label}`}
        empty="Nothing here has meters yet. A machine brings them."
        columns={[
          {
            id: 'name',
            header: 'Name',
            sort: ({ thing }) => thing.title,
            cell: ({ thing }) => (
              <span className="flex items-center gap-2">
                <Glyph status={thing.tone} label={thing.word} />
                <Link mono onClick={() => useSelection.getState().select(thing.id)}>
                  {thing.title}
                </Link>
              </span>
            ),
          },
          { id: 'what', header: 'What', sort: ({ meter }) => meter.label, cell: ({ meter }) => meter.label },
          {
            id: 'meter',
            header: 'Requested and used',
            cell: ({ meter }) => (
              <Meter
                label={meter.label}
                capacity={meter.of}
                requested={meter.requested}
                used={meter.used}
                text={meter.text}
              />
            ),
          },
          {
            id: 'share',
            header: 'Used',
            right: true,
            sort: ({ meter }) => (meter.of > 0 ? meter.used / meter.of : 0),
            cell: ({ meter }) => percent(meter.of > 0 ? meter.used / meter.of : 0),
          },
          {
            id: 'lately',
            header: 'Lately',
            cell: ({ thing, meter }) => (
              <Sparkline
                label={`${thing.title} ${meter.label} used`}
                values={samples.current.of(thing.id, meter.label)}
                say={percent}
                limit={1}
                width={140}
                height={22}
              />
            ),
          },
        ]}
      />
    </div>
  )
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}
