import { type Endpoint, type EndpointPort, sameEndpoint } from './endpoint.ts'

/** The most endpoints that one slice may hold. */
export const MAX_ENDPOINTS = 100

/** A slice as far as packing knows it. */
export interface PackedSlice {
  readonly id: string
  readonly endpoints: readonly Endpoint[]
  readonly ports: readonly EndpointPort[]
}

/** What has to change so that the slices hold what they should. */
export interface Packing {
  readonly create: readonly (readonly Endpoint[])[]
  readonly update: readonly { readonly id: string; readonly endpoints: readonly Endpoint[] }[]
  readonly remove: readonly string[]
}

/**
 * Fits the wanted endpoints of one list of ports into its slices with as few changed slices as can be: who stays keeps its place, the
 * rest goes first into slices that change anyway, then into the fullest one that takes them all, then into new ones.
 * Models: k8s.io/endpointslice/reconciler.go reconcileByPortMapping
 */
export function pack(existing: readonly PackedSlice[], wanted: readonly Endpoint[]): Packing {
  const missing = new Map<string, Endpoint>()
  for (const endpoint of wanted) missing.set(keyOf(endpoint), endpoint)
  const kept: { id: string; endpoints: Endpoint[]; changed: boolean; emptied: boolean }[] = []
  for (const slice of existing) {
    let changed = false
    const endpoints: Endpoint[] = []
    for (const old of slice.endpoints) {
      const now = missing.get(keyOf(old))
      if (!now) {
        changed = true
        continue
      }
      missing.delete(keyOf(old))
      if (sameEndpoint(old, now)) endpoints.push(old)
      else {
        endpoints.push(now)
        changed = true
      }
    }
    kept.push({ id: slice.id, endpoints, changed, emptied: endpoints.length === 0 })
  }
  const left = [...missing.values()]
  const room = kept
    .filter((slice) => slice.changed && !slice.emptied && slice.endpoints.length < MAX_ENDPOINTS)
    .sort((a, b) => b.endpoints.length - a.endpoints.length)
  for (const slice of room)
    while (left.length > 0 && slice.endpoints.length < MAX_ENDPOINTS) slice.endpoints.push(left.shift() as Endpoint)
  const create: Endpoint[][] = []
  if (left.length > 0) {
    for (const slice of kept.filter((one) => one.emptied)) {
      slice.emptied = false
      slice.changed = true
      slice.endpoints.push(...left.splice(0, MAX_ENDPOINTS))
      if (left.length === 0) break
    }
  }
  while (left.length > 0) {
    const fits = kept
      .filter((slice) => !slice.changed && slice.endpoints.length + left.length <= MAX_ENDPOINTS)
      .sort((a, b) => b.endpoints.length - a.endpoints.length)[0]
    if (fits && left.length < MAX_ENDPOINTS) {
      fits.endpoints.push(...left.splice(0))
      fits.changed = true
    } else create.push(left.splice(0, MAX_ENDPOINTS))
  }
  return {
    create,
    update: kept.filter((slice) => slice.changed && !slice.emptied).map(({ id, endpoints }) => ({ id, endpoints })),
    remove: kept.filter((slice) => slice.emptied).map(({ id }) => id),
  }
}

function keyOf(endpoint: Endpoint): string {
  return endpoint.targetRef?.uid ?? endpoint.addresses[0] ?? ''
}
