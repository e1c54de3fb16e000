import type { Emission, World } from '../../../kernel/index.ts'
import type { FileNode } from '../../../shell/files.ts'
import type { ContainerSpec } from '../container/containerSpec.ts'
import { createContainer } from '../container/orders.ts'
import { prepare } from '../engine/prepare.ts'
import type { DockerImage } from '../image/index.ts'
import { networksOfService } from './allocate.ts'
import { type Blob, blobId } from './blob.ts'
import { swarmId } from './identity.ts'
import type { SwarmNode } from './node.ts'
import type { Service } from './service.ts'
import { type Task, taskName } from './task.ts'
import { blobText, expand } from './templating.ts'

/** The container of a task on its node, with its secrets and configs in it. Models: moby daemon/cluster/executor/container/container.go */
export function taskContainer(
  world: World,
  task: Task,
  node: SwarmNode,
  image: DockerImage,
): { readonly id: string; readonly emit: readonly Emission[] } | { readonly error: string } {
  const { spec } = task
  const { container, limits, networks, noHealth } = spec.task
  const service = world.get(task.service) as Service | undefined
  const wishes = networksOfService(task).map((name) => {
    const aliases = networks.find((one) => one.name === name)?.aliases ?? []
    const ip = task.addresses?.[name]
    return { name, aliases, ...(ip === undefined ? {} : { ip }) }
  })
  const env =
    container.env &&
    Object.fromEntries(Object.entries(container.env).map(([key, value]) => [key, expand(world, task, node, value)]))
  const ports = spec.ports.flatMap(({ mode, published, target, protocol }) =>
    mode === 'host' ? [{ container: target, protocol, ...(published === 0 ? {} : { host: published }) }] : [],
  )
  const name = `${taskName(world, task)}.${swarmId(task)}`
  const full: ContainerSpec = {
    ...container,
    image: spec.task.image,
    labels: {
      ...container.labels,
      'com.docker.swarm.node.id': swarmId(node),
      'com.docker.swarm.service.id': service ? swarmId(service) : '',
      'com.docker.swarm.service.name': spec.name,
      'com.docker.swarm.task': '',
      'com.docker.swarm.task.id': swarmId(task),
      'com.docker.swarm.task.name': name,
    },
    ...(env ? { env } : {}),
    ...(container.hostname ? { hostname: expand(world, task, node, container.hostname) } : {}),
    ...(wishes.length > 0 ? { networkMode: wishes[0]?.name, networks: wishes } : {}),
    ...(ports.length > 0 ? { ports } : {}),
    ...(limits.memory === undefined ? {} : { memory: limits.memory }),
    ...(limits.cpuMilli === undefined ? {} : { cpuMilli: limits.cpuMilli }),
    ...(limits.pids === undefined ? {} : { pidsLimit: limits.pids }),
  }
  const ready = prepare(world, node.engine, full, image, noHealth ? { noHealth } : {})
  const ordered = createContainer(world, {
    engine: node.engine,
    owner: task.id,
    name,
    spec: ready.spec,
    imageId: image.id,
    by: node.id,
  })
  if ('error' in ordered) return { error: ordered.error }
  const written = filesOf(world, task, node)
  const [made, ...rest] = ordered.emit
  if (!made) return { error: 'the engine makes no container' }
  const data = Object.keys(written).length > 0 ? { ...(made.data as object), written } : made.data
  return { id: ordered.id, emit: [...ready.emit, { ...made, data }, ...rest] }
}

function filesOf(world: World, task: Task, node: SwarmNode): { readonly [path: string]: FileNode } {
  const files: { [path: string]: FileNode } = {}
  for (const sort of ['secret', 'config'] as const)
    for (const { name, target, mode } of task.spec.task[sort === 'secret' ? 'secrets' : 'configs']) {
      const blob = world.get(blobId(sort, name)) as Blob | undefined
      if (!blob) continue
      const path = target.startsWith('/') ? target : sort === 'secret' ? `/run/secrets/${target}` : `/${target}`
      for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1))
        files[path.slice(0, cut)] ??= { dir: true, at: 0 }
      files[path] = { text: blobText(world, task, node, blob), at: world.now, mode } as FileNode
    }
  return files
}
