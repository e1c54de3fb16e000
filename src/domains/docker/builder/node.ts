import type { Ask } from '../cli/ask.ts'
import { hostOfContext } from '../cli/contexts.ts'
import { type Container, containerNamed, isAlive } from '../container/container.ts'
import { engineOf } from '../engine/engine.ts'
import { machineNamed } from '../swarm/mesh.ts'
import type { BuilderNode } from './builder.ts'

/** The version of buildkit in the image that buildx starts. */
export const BUILDKIT = 'v0.26.1'

export function containerOfNode(node: BuilderNode): string {
  return `buildx_buildkit_${node.name}`
}

export function imageOfNode(node: BuilderNode): string {
  return node.options.image ?? 'moby/buildkit:buildx-stable-1'
}

/** Id of the engine that a node's container is on; undefined when nothing answers there. */
export function engineOfNode(ask: Ask, node: BuilderNode): string | undefined {
  const address = hostOfContext(ask.call, node.endpoint) ?? node.endpoint
  if (address.startsWith('unix://')) return ask.engine
  const [, host] = /^(?:ssh|tcp):\/\/(?:[^@/]*@)?([^:/]+)/.exec(address) ?? []
  const engine = host === undefined ? undefined : machineNamed(ask.world, host)?.id
  return engine !== undefined && engineOf(ask.world, engine)?.state === 'Running' ? engine : undefined
}

/** The container of a node, once there is one. */
export function runningNode(ask: Ask, node: BuilderNode): Container | undefined {
  const engine = engineOfNode(ask, node)
  return engine === undefined ? undefined : containerNamed(ask.world, engine, containerOfNode(node))
}

/** What lists say of a node. */
export function statusOfNode(ask: Ask, node: BuilderNode): 'running' | 'stopped' | 'inactive' | 'error' {
  if (engineOfNode(ask, node) === undefined) return 'error'
  const container = runningNode(ask, node)
  return !container ? 'inactive' : isAlive(container) ? 'running' : 'stopped'
}
