import type { World } from '../../../kernel/index.ts'

/** How much traffic a pod gets. */
export interface PodLoad {
  readonly requestsPerSecond: number
  /** Half of its requests take no longer than so many ms. */
  readonly p50?: number
}

/** A source of traffic figures: what the network makes of clients, Services and endpoints at this moment. */
export type LoadSource = (world: World, podId: string) => PodLoad

let source: LoadSource = () => NO_LOAD

const NO_LOAD: PodLoad = { requestsPerSecond: 0 }

/** Connects the network's flows; called once when the domain is put together. Until then no pod has any load. */
export function connectLoad(flows: LoadSource): void {
  source = flows
}

/** The load of a pod now. */
export function podLoad(world: World, podId: string): PodLoad {
  return source(world, podId)
}
