/** What is shown of a long chain: its newest and its oldest links, and how many are folded between them. */
export interface Folded<T> {
  readonly first: readonly T[]
  readonly hidden: number
  readonly last: readonly T[]
}

/** Folds the middle of a chain of more than `most` links; a single link is never folded, since its fold would take as much room. */
export function foldChain<T>(chain: readonly T[], most = 6): Folded<T> {
  if (chain.length <= most + 1) return { first: chain, hidden: 0, last: [] }
  const head = Math.ceil((most - 1) / 2) + 1
  const tail = most - head
  return { first: chain.slice(0, head), hidden: chain.length - head - tail, last: chain.slice(-tail) }
}
