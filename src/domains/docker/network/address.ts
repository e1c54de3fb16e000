import type { World } from '../../../kernel/index.ts'
import { type Container, containerNamed } from '../container/container.ts'
import { engineOf } from '../engine/engine.ts'

/** The address that others reach a container at: one that was given to it, its machine's in host mode, else that in its first network. */
export function addressOf(world: World, container: Container): string | undefined {
  const { ip, spec, engine } = container
  if (ip !== undefined) return ip
  const mode = spec.networkMode
  if (mode === 'host') return engineOf(world, engine)?.ip
  if (mode?.startsWith('container:')) {
    const other = containerNamed(world, engine, mode.slice('container:'.length))
    return other && other.id !== container.id ? addressOf(world, other) : undefined
  }
  return container.endpoints.find((endpoint) => endpoint.ip !== undefined)?.ip
}
