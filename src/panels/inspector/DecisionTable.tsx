import { Fragment, type ReactNode } from 'react'
import { useView } from '../../host/react.ts'
import type { Candidate, DecisionPicture } from '../../host/views/index.ts'
import { type DataColumn, DataTable, Link, Section, Verdict } from '../../ui/index.ts'
import { filterColumns, wordOf } from './filterColumns.ts'
import { Noun } from './ToldText.tsx'

/** Most candidates listed here; the theatre has them all. */
const MOST = 12

/** "Why not here?": for each candidate the first rule that refused it, with its exact reason, or its points; and the way to the theatre. */
export function DecisionTable({ event, onTheatre }: { event: number; onTheatre: (event: number) => void }) {
  const decision = useView<DecisionPicture | null>('decision', { event })
  if (!decision) return null
  const { candidates, noun, scorers, entered, passed } = decision
  const columns = filterColumns(decision, 0).filter((column) => column.at >= 0)
  const scored = candidates.some(({ total }) => total !== undefined)
  const shown = candidates.slice(0, MOST)
  const table: DataColumn<Candidate>[] = [
    {
      id: 'candidate',
      header: noun,
      cell: (row) => (row.id ? <Noun id={row.id} label={row.name} /> : row.name),
      sort: (row) => row.name,
      whole: true,
    },
    ...(columns.length > 2
      ? [{ id: 'filter', header: 'Refused by', cell: (row: Candidate) => <Refusal row={row} decision={decision} /> }]
      : columns.map((column) => ({
          id: column.id,
          header: (
            <span data-tip={column.says} className="break-words whitespace-normal">
              {breakable(column.name)}
            </span>
          ),
          cell: (row: Candidate) => {
            const word = wordOf(row.refused, column)
            if (word === 'passed') return <Verdict status="ok" />
            if (word === 'not asked') return <span className="text-muted">not asked</span>
            return <Lack row={row} />
          },
        }))),
    ...(scored
      ? [
          {
            id: 'total',
            header: 'Points',
            right: true,
            sort: (row: Candidate) => -(row.total ?? -1),
            cell: (row: Candidate) =>
              row.total === undefined ? (
                <span className="text-muted">none</span>
              ) : (
                <span data-tip={sum(row, scorers)}>
                  {row.winner ? <b className="text-accent">{row.total}</b> : row.total}
                  <span className="micro block">{row.winner ? 'chosen' : `place ${row.place}`}</span>
                </span>
              ),
          },
        ]
      : []),
  ]
  return (
    <Section
      title={scored ? 'Why here, and not there?' : 'Why not here?'}
      note={
        columns.length === 0
          ? `${passed} of ${entered} pass`
          : `${columns.length} ${columns.length === 1 ? 'rule' : 'rules'}, in order`
      }
    >
      <DataTable
        caption={`What each rule said of each ${noun.toLowerCase()}`}
        columns={table}
        rows={shown}
        rowKey={(row) => row.name}
      />
      <p className="sub m-0 mt-2 flex items-baseline gap-2">
        {candidates.length > MOST ? <span>{candidates.length - MOST} more.</span> : null}
        <Link className="alone" onClick={() => onTheatre(event)}>
          Step through the decision
        </Link>
      </p>
    </Section>
  )
}

function Refusal({ row, decision }: { row: Candidate; decision: DecisionPicture }) {
  if (!row.refused) return <Verdict status="ok" />
  return (
    <>
      <Lack row={row} />
      <span className="micro block">{decision.filters[row.refused.by]?.name}</span>
    </>
  )
}

/** A name in one word may break before its capitals. */
function breakable(name: string): ReactNode {
  return name.split(/(?<=[a-z])(?=[A-Z])/).map((word, i) => (
    <Fragment key={i}>
      {i > 0 ? <wbr /> : null}
      {word}
    </Fragment>
  ))
}

/** What it lacks, and after it what it has; without short words for that, the exact reasons. */
function Lack({ row: { refused } }: { row: Candidate }) {
  const [lack, ...has] = refused?.lacks ?? []
  const reasons = refused?.reasons.join('; ')
  return (
    <span data-tip={reasons} className="inline-flex flex-wrap items-baseline gap-x-1">
      <Verdict status="err" wrap>
        {lack ?? reasons}
      </Verdict>
      {has.length > 0 ? <span className="micro">{has.join(', ')}</span> : null}
    </span>
  )
}

/** A total as the sum that it is: `100 x 3 + 48 x 1`. */
function sum({ points = [] }: Candidate, scorers: DecisionPicture['scorers']): string {
  return scorers.map(({ name, weight }, i) => `${name} ${points[i] ?? 0} × ${weight}`).join(', ')
}
