import { useDeferredValue, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { ToldEvent, ToldEvents } from '../../host/views/index.ts'
import { DataTable, EmptyState, EventMark, type EventMarkName, Link, Switch, TextField } from '../../ui/index.ts'
import { useSelection } from '../../workspace/index.ts'
import { clockText } from '../timeline/index.ts'
import { usePolled } from '../workbench/usePolled.ts'
import { Sentence } from './Sentence.tsx'

/** Rows that are drawn; the filter reaches further back. */
const MOST = 200

/** What happened, newest first. A time takes the world there; a name selects the thing. */
export function Events() {
  const lab = useLab()
  const [query, setQuery] = useState('')
  const [marked, setMarked] = useState(false)
  const wanted = useDeferredValue(query)
  const told = usePolled<ToldEvents>('told', { query: wanted, most: MOST, marked })
  const events = told?.events ?? []
  return (
    <div className="p-3">
      <div className="mb-2 flex flex-wrap items-center gap-4">
        <div className="w-[min(280px,100%)]">
          <TextField label="Filter" hideLabel placeholder="Filter by words" value={query} onChange={setQuery} />
        </div>
        <Switch label="Only turning points" checked={marked} onChange={setMarked} />
        <span className="micro num ml-auto">
          {told ? `${events.length.toLocaleString('en')} of ${told.of.toLocaleString('en')}` : ''}
        </span>
      </div>
      {told && events.length === 0 ? (
        <EmptyState
          title={query === '' ? 'Nothing has happened yet' : 'Nothing that happened has these words'}
          action={
            query !== ''
              ? { label: 'Clear the filter', run: () => setQuery('') }
              : marked
                ? { label: 'Show all events', run: () => setMarked(false) }
                : { label: 'Run the world', run: () => void lab.play() }
          }
        />
      ) : (
        <DataTable<ToldEvent>
          caption="Events, newest first"
          rows={events}
          rowKey={({ id }) => String(id)}
          columns={[
            {
              id: 'at',
              header: 'Time',
              cell: ({ at }) => (
                <Link className="num whitespace-nowrap!" onClick={() => void lab.seek(at)}>
                  {clockText(at)}
                </Link>
              ),
            },
            {
              id: 'kind',
              header: 'Kind',
              cell: ({ kind, sort, tone }) => (
                <span className="flex items-center gap-1.5 whitespace-nowrap text-muted">
                  {sort ? <EventMark name={marks[sort]} status={tone} /> : <span className="w-3" />}
                  {kind}
                </span>
              ),
            },
            {
              id: 'what',
              header: 'What happened',
              cell: ({ text }) => <Sentence text={text} onLink={(id) => useSelection.getState().select(id)} />,
            },
            { id: 'type', header: 'Event', cell: ({ type }) => <span className="mono text-muted">{type}</span> },
            {
              id: 'rule',
              header: 'By the rule',
              cell: ({ rule }) => (rule === undefined ? '' : <span className="mono text-11 text-muted">{rule}</span>),
            },
          ]}
        />
      )}
    </div>
  )
}

const marks: Readonly<Record<NonNullable<ToldEvent['sort']>, EventMarkName>> = {
  command: 'prompt',
  deploy: 'diamond',
  state: 'circle',
  alert: 'triangle',
  fault: 'bolt',
}
