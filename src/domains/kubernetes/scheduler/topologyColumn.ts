import type { NodeInfo } from './nodeInfo.ts'

/** The domain of every node under one topology key. A new column replaces it whenever nodes or their labels change. */
export interface TopologyColumn {
  readonly key: string
  /** By slot: index into `values`, -1 where the node lacks the label or does not exist. */
  readonly domainOf: Int32Array
  readonly values: readonly string[]
  /** How many existing nodes lack the label. */
  readonly missing: number
}

/** Reads one label of all existing nodes into a column. */
export function topologyColumn(key: string, infos: readonly (NodeInfo | undefined)[]): TopologyColumn {
  const domainOf = new Int32Array(infos.length).fill(-1)
  const values: string[] = []
  const ids = new Map<string, number>()
  let missing = 0
  for (const info of infos) {
    if (!info?.node) continue
    const value = info.labels[key]
    if (value === undefined) {
      missing++
      continue
    }
    let id = ids.get(value)
    if (id === undefined) {
      id = values.length
      values.push(value)
      ids.set(value, id)
    }
    domainOf[info.slot] = id
  }
  return { key, domainOf, values, missing }
}
