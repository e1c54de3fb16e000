import type { DecisionPicture } from '../../host/views/index.ts'

/** A column of the table: a filter that refused someone, or all others together. */
export interface FilterColumn {
  readonly id: string
  readonly name: string
  readonly says?: string | undefined
  /** Position among the decision's filters; -1 for "the others". */
  readonly at: number
  readonly others?: number | undefined
}

/**
 * The filters worth a column: those that refused someone, filled up with the first ones to `least`; the rest, which had no objection to
 * anyone, are one column at the end.
 */
export function filterColumns({ filters, candidates }: DecisionPicture, least: number): readonly FilterColumn[] {
  const refusing = new Set(candidates.flatMap(({ refused }) => (refused ? [refused.by] : [])))
  const chosen = new Set(refusing)
  for (let at = 0; at < filters.length && chosen.size < least; at++) chosen.add(at)
  const columns: FilterColumn[] = [...chosen]
    .sort((a, b) => a - b)
    .map((at) => ({ id: filters[at]?.name ?? String(at), name: filters[at]?.name ?? '', says: filters[at]?.says, at }))
  const others = filters.length - columns.length
  if (others > 0) columns.push({ id: 'others', name: `${others} others`, says: 'no objection', at: -1, others })
  return columns
}

/** What a filter said of a candidate: a refusal ends the asking. */
export function wordOf(
  refused: { readonly by: number } | undefined,
  column: FilterColumn,
): 'passed' | 'refused' | 'not asked' {
  if (!refused) return 'passed'
  if (column.at < 0) return 'not asked'
  if (column.at === refused.by) return 'refused'
  return column.at < refused.by ? 'passed' : 'not asked'
}
