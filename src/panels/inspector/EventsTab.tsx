import { useLab } from '../../host/react.ts'
import type { Inspection, Told } from '../../host/views/index.ts'
import { DataTable, EmptyState, Glyph, Link } from '../../ui/index.ts'
import { clockText } from '../timeline/index.ts'
import { ToldText } from './ToldText.tsx'

/** What happened to it, newest first; a time goes there. The tools' own words stand below ours. */
export function EventsTab({ inspection }: { inspection: Inspection }) {
  const lab = useLab()
  if (inspection.events.length === 0)
    return (
      <EmptyState
        title="Nothing has happened to it yet"
        action={{ label: 'Run the world', run: () => void lab.play() }}
      />
    )
  return (
    <div className="p-3.5">
      <DataTable<Told>
        caption={`What happened to ${inspection.name}, newest first`}
        rows={inspection.events.toReversed()}
        rowKey={(told) => String(told.id)}
        columns={[
          {
            id: 'at',
            header: 'Time',
            cell: (told) => (
              <Link className="num whitespace-nowrap" onClick={() => void lab.seek(told.at)}>
                {clockText(told.at)}
              </Link>
            ),
          },
          {
            id: 'told',
            header: 'What happened',
            cell: (told) => (
              <div className="grid gap-0.5">
                <span className="flex items-start gap-1.5">
                  <Glyph status={told.tone ?? 'idle'} size={12} className="mt-0.5" />
                  <span className="min-w-0">
                    <ToldText text={told.text} />
                  </span>
                </span>
                {told.words.map(({ source, message }) => (
                  <span key={`${source} ${message}`} className="mono block pl-[18px] text-11 text-muted wrap-anywhere">
                    {source}: {message}
                  </span>
                ))}
              </div>
            ),
          },
        ]}
      />
    </div>
  )
}
