import type { FaceLine, World } from '../../../kernel/index.ts'
import type { Container } from '../kubelet/container.ts'
import { logsOf } from '../kubelet/logs.ts'
import type { ObjectEntity } from '../object/object.ts'

/** What the containers of a pod wrote in their present life and the one before, told apart by name where there are several. */
export function podLogs(pod: ObjectEntity, world: World): readonly FaceLine[] {
  const containers = world
    .ownedBy(pod.id)
    .filter(({ kind }) => kind === 'k8s.Container') as unknown as readonly Container[]
  const lines = containers.flatMap((container) =>
    containerLogs(container, world).map((line) => (containers.length > 1 ? { ...line, from: container.name } : line)),
  )
  return lines.sort((a, b) => a.at - b.at)
}

/** What a container wrote in its present life, after what it wrote in the one before: that is where the reason of a crash stands. */
export function containerLogs(container: Container, world: World): readonly FaceLine[] {
  const alive = container.state === 'Running' || container.state === 'Stopping'
  const before = alive && container.last ? logsOf(world, container, true) : undefined
  return [...(before ?? []), ...(logsOf(world, container) ?? [])]
}
