import type { Entity, World } from '../../../kernel/index.ts'
import { invariant } from '../../../kernel/invariant.ts'
import type { Image } from '../image.ts'

/** A kind of entity that is a container, whoever orders it about: what programs in it may ask of their surroundings. */
export interface ContainerKind {
  readonly kind: string
  image(host: Entity, world: World): Image | undefined
  /** Whether something in the container's network namespace accepts connections on a port. */
  listens(host: Entity, world: World, port: number): boolean
}

const registry = new Map<string, ContainerKind>()

/** Declares a kind of container; a second one for the same kind of entity throws. */
export function defineContainerKind(kind: ContainerKind): ContainerKind {
  invariant(!registry.has(kind.kind), `container kind ${kind.kind} is defined twice`)
  registry.set(kind.kind, kind)
  return kind
}

/** The image that an entity is a container of; undefined when it is none. */
export function imageOfHost(world: World, host: Entity): Image | undefined {
  return registry.get(host.kind)?.image(host, world)
}

/** Whether a port of a container's own network accepts connections. */
export function hostListens(world: World, host: Entity, port: number): boolean {
  return registry.get(host.kind)?.listens(host, world, port) ?? false
}
