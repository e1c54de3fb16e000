import type { DecisionPicture } from '../../host/views/index.ts'
import { DataTable, VisuallyHidden } from '../../ui/index.ts'

/** The stage as a table, for those who do not see it. */
export function TheatreTable({ decision }: { decision: DecisionPicture }) {
  const { candidates, filters, scorers, noun } = decision
  return (
    <VisuallyHidden>
      <DataTable
        caption={`What the rules said of each ${noun.toLowerCase()}`}
        rows={candidates}
        rowKey={({ name }) => name}
        columns={[
          { id: 'name', header: noun, cell: ({ name }) => name },
          {
            id: 'refused',
            header: 'Refused by',
            cell: ({ refused }) =>
              refused ? `${filters[refused.by]?.name ?? ''}: ${refused.reasons.join('; ')}` : 'nobody',
          },
          ...scorers.map(({ name, weight }, i) => ({
            id: name,
            header: `${name}, weight ${weight}`,
            cell: ({ points }: (typeof candidates)[number]) => points?.[i] ?? 'not asked',
          })),
          { id: 'total', header: 'Total', cell: ({ total }) => total ?? 'none' },
          { id: 'winner', header: 'Chosen', cell: ({ winner }) => (winner ? 'yes' : 'no') },
        ]}
      />
    </VisuallyHidden>
  )
}
