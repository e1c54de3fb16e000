/** One row of a tree that is open: what is shown, in order. */
export interface Branching {
  readonly id: string
  readonly parent?: string | undefined
}

/** A visible row with what a reader needs to place it. */
export interface Visible<Item> {
  readonly item: Item
  readonly level: number
  readonly place: number
  readonly of: number
  readonly branches: boolean
}

/** The rows that are shown, parents before children: everything whose ancestors are all open. */
export function visible<Item extends Branching>(
  items: readonly Item[],
  closed: ReadonlySet<string>,
): readonly Visible<Item>[] {
  const children = new Map<string | undefined, Item[]>()
  for (const item of items) {
    const siblings = children.get(item.parent) ?? []
    siblings.push(item)
    children.set(item.parent, siblings)
  }
  const rows: Visible<Item>[] = []
  const add = (parent: string | undefined, level: number) => {
    const siblings = children.get(parent) ?? []
    siblings.forEach((item, i) => {
      const branches = children.has(item.id)
      rows.push({ item, level, place: i + 1, of: siblings.length, branches })
      if (branches && !closed.has(item.id)) add(item.id, level + 1)
    })
  }
  add(undefined, 1)
  return rows
}

/** What a key does in a tree, by the ARIA practices: where the focus goes, or what opens and closes. */
export type TreeMove =
  | { readonly focus: string }
  | { readonly open: string }
  | { readonly close: string }
  | { readonly open: readonly string[] }

/** The answer of a tree to a key, undefined for a key that is not one of its own. `name` is what type-ahead looks at. */
export function treeKey<Item extends Branching>(
  key: string,
  rows: readonly Visible<Item>[],
  at: string | undefined,
  closed: ReadonlySet<string>,
  name: (item: Item) => string,
): TreeMove | undefined {
  const index = Math.max(
    0,
    rows.findIndex(({ item }) => item.id === at),
  )
  const row = rows[index]
  if (!row) return undefined
  const focus = (to: Visible<Item> | undefined): TreeMove | undefined => (to ? { focus: to.item.id } : undefined)
  const isOpen = row.branches && !closed.has(row.item.id)
  switch (key) {
    case 'ArrowDown':
      return focus(rows[index + 1])
    case 'ArrowUp':
      return focus(rows[index - 1])
    case 'Home':
      return focus(rows[0])
    case 'End':
      return focus(rows.at(-1))
    case 'ArrowRight':
      if (!row.branches) return undefined
      return isOpen ? focus(rows[index + 1]) : { open: row.item.id }
    case 'ArrowLeft':
      if (isOpen) return { close: row.item.id }
      return row.item.parent === undefined ? undefined : { focus: row.item.parent }
    case '*':
      return {
        open: rows
          .filter((other) => other.branches && other.item.parent === row.item.parent)
          .map((other) => other.item.id),
      }
    default: {
      if (key.length !== 1 || !/\S/.test(key)) return undefined
      const after = [...rows.slice(index + 1), ...rows.slice(0, index + 1)]
      return focus(after.find(({ item }) => name(item).toLowerCase().startsWith(key.toLowerCase())))
    }
  }
}
