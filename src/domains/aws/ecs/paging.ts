import { refuse } from '../core/index.ts'

/** One page of a list: `nextToken` is the place in the list, as text nobody need understand. 100 when no limit is given. */
export function pageOf<T>(
  all: readonly T[],
  {
    nextToken,
    maxResults = 100,
  }: { readonly nextToken?: string | undefined; readonly maxResults?: number | undefined },
): { readonly items: readonly T[]; readonly more: { readonly nextToken?: string } } | ReturnType<typeof refuse> {
  const from = nextToken === undefined ? 0 : Number(/^page-(\d+)$/.exec(nextToken)?.[1] ?? Number.NaN)
  if (Number.isNaN(from)) return refuse('InvalidParameterException', 'Invalid token')
  const items = all.slice(from, from + maxResults)
  return { items, more: from + maxResults < all.length ? { nextToken: `page-${from + maxResults}` } : {} }
}
