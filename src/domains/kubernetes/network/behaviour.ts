import type { World } from '../../../kernel/index.ts'
import type { Container } from '../kubelet/container.ts'
import { refuses, type Server, serverOf } from '../kubelet/serving.ts'
import { downstreamCalls } from './downstream.ts'

/** How the process of a container answers, as the network sees it. */
export interface Behaviour {
  readonly server: Server
  /** Ports that it listens on now. */
  readonly ports: readonly number[]
  /** CPU time of one request, and the time that it takes besides, in ms. */
  readonly cpuMs: number
  readonly baseMs: number
  /** How many requests it works on at once. */
  readonly concurrency: number
  /** URLs that it calls itself for every request. */
  readonly calls: readonly string[]
}

/** The behaviour of a container that listens now; undefined while it starts, refuses, or is no server. */
export function behaviourOf(world: World, container: Container): Behaviour | undefined {
  const server = serverOf(world, container)
  if (!server || server.listensAt > world.now || refuses(container)) return undefined
  const { cost } = server.daemon
  const slow = (container.faults ?? []).reduce((ms, fault) => ms + (fault.slow ?? 0), 0)
  return {
    server,
    ports: server.ports,
    cpuMs: cost.cpuMsPerRequest,
    baseMs: Math.max(0, cost.latencyMs - cost.cpuMsPerRequest) + slow,
    concurrency: cost.concurrency,
    calls: downstreamCalls(container),
  }
}
