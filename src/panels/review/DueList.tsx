import ArrowRight from 'lucide-react/icons/arrow-right'
import { conceptTitle } from '../../teaching/conceptList.ts'
import { type Memory, recallAt } from '../../teaching/review/schedule.ts'
import { DataTable } from '../../ui/index.ts'

const DAY = 86_400_000
/** Concepts that one review asks for; more is tiring. */
const MOST = 12

/** The reviews that are due with one button for all of them; when none is, when the next one will be. */
export function DueList({ due, memories, now }: DueListProps) {
  if (due.length === 0) {
    const next = Math.min(...[...memories.values()].map((memory) => memory.due))
    return (
      <p className="review-none">
        <b>Nothing is due.</b> {`The next review comes ${when(next, now)}.`} <a href="#/quiz">Practise anyway</a>
      </p>
    )
  }
  const asked = due.slice(0, MOST).map(({ concept }) => concept)
  return (
    <section aria-labelledby="due">
      <div className="review-due">
        <h2 id="due">{due.length === 1 ? 'One concept is due' : `${due.length} concepts are due`}</h2>
        <a className="btn primary lg" href={`#/quiz/review/${asked.join(',')}`}>
          Review now
          <ArrowRight size={15} aria-hidden="true" />
        </a>
      </div>
      <DataTable
        caption="Concepts that are due"
        rows={due}
        rowKey={({ concept }) => concept}
        columns={[
          { id: 'concept', header: 'Concept', cell: ({ concept }) => conceptTitle(concept) },
          { id: 'due', header: 'Due', cell: (memory) => when(memory.due, now), sort: (memory) => memory.due },
          {
            id: 'recall',
            header: 'Recall now',
            right: true,
            cell: (memory) => `${Math.round(recallAt(memory, now) * 100)}%`,
            sort: (memory) => recallAt(memory, now),
          },
          { id: 'seen', header: 'Asked', right: true, cell: ({ seen }) => seen, sort: ({ seen }) => seen },
          { id: 'lapses', header: 'Lapses', right: true, cell: ({ lapses }) => lapses, sort: ({ lapses }) => lapses },
        ]}
      />
    </section>
  )
}

interface DueListProps {
  readonly due: readonly Memory[]
  readonly memories: ReadonlyMap<string, Memory>
  readonly now: number
}

function when(at: number, now: number): string {
  const days = Math.round((at - now) / DAY)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  return days > 0 ? `in ${days} days` : `${-days} days ago`
}
