import type { DecisionPicture } from '../../host/views/index.ts'

/** The stage as a table, for those who do not see it. */
export function TheatreTable({ decision }: { decision: DecisionPicture }) {
  const { candidates, filters, scorers, noun } = decision
  return (
    <table className="sr-only">
      <caption>What the rules said of each {noun.toLowerCase()}</caption>
      <thead>
        <tr>
          <th scope="col">{noun}</th>
          <th scope="col">Refused by</th>
          {scorers.map(({ name, weight }) => (
            <th key={name} scope="col">
              {name}, weight {weight}
            </th>
          ))}
          <th scope="col">Total</th>
          <th scope="col">Chosen</th>
        </tr>
      </thead>
      <tbody>
        {candidates.map(({ name, refused, points, total, winner }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{refused ? `${filters[refused.by]?.name ?? ''}: ${refused.reasons.join('; ')}` : 'nobody'}</td>
            {scorers.map((scorer, i) => (
              <td key={scorer.name}>{points?.[i] ?? 'not asked'}</td>
            ))}
            <td>{total ?? 'none'}</td>
            <td>{winner ? 'yes' : 'no'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
