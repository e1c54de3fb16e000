/** Which drawn things are joined, in the order in which a line leads: what the layout knows of lines. */
export interface Join {
  readonly from: string
  readonly to: string
}

/** Lines as joins between the members of a group: both ends climb to the member that they are in. Lines within one member are left out. */
export function joinsAmong(
  members: ReadonlySet<string>,
  joins: readonly Join[],
  parentOf: (id: string) => string | undefined,
): readonly Join[] {
  const climb = (id: string): string | undefined => {
    for (let at: string | undefined = id, steps = 0; at !== undefined && steps < 12; at = parentOf(at), steps++)
      if (members.has(at)) return at
    return undefined
  }
  const found = new Map<string, Join>()
  for (const join of joins) {
    const [from, to] = [climb(join.from), climb(join.to)]
    if (from !== undefined && to !== undefined && from !== to) found.set(`${from}>${to}`, { from, to })
  }
  return [...found.values()]
}

/** The ids in the order of one chain that runs through all of them; undefined when they do not form one. */
export function chainOf(ids: readonly string[], joins: readonly Join[]): readonly string[] | undefined {
  if (ids.length < 2 || joins.length !== ids.length - 1) return undefined
  const next = new Map(joins.map(({ from, to }) => [from, to]))
  const entered = new Set(joins.map(({ to }) => to))
  const first = ids.find((id) => !entered.has(id))
  const chain: string[] = []
  for (let at = first; at !== undefined && !chain.includes(at); at = next.get(at)) chain.push(at)
  return chain.length === ids.length ? chain : undefined
}
