import type { World } from '../../../kernel/index.ts'
import { type Container, containersOf, isAlive } from '../kubelet/container.ts'
import type { ObjectEntity } from '../object/object.ts'
import { type Behaviour, behaviourOf } from './behaviour.ts'

/** A running container that accepts connections on a port. */
export interface Listener {
  readonly container: Container
  readonly behaviour: Behaviour
}

/** The container of a pod that listens on a port; undefined when none that runs does. */
export function listenerAt(world: World, pod: ObjectEntity, port: number): Listener | undefined {
  return listenersIn(world, pod).find(({ behaviour }) => behaviour.ports.includes(port))
}

/** Every container of a pod that runs and listens on some port. */
export function listenersIn(world: World, pod: ObjectEntity): readonly Listener[] {
  const found: Listener[] = []
  for (const container of containersOf(world, pod)) {
    if (!isAlive(container)) continue
    const behaviour = behaviourOf(world, container)
    if (behaviour && behaviour.ports.length > 0) found.push({ container, behaviour })
  }
  return found
}
