import type { World } from '../../../kernel/index.ts'
import { defineHost } from '../../../shell/host.ts'
import type { Program } from '../../../shell/program.ts'
import { defineContainerKind, imageOfReference, programsOf } from '../../containerd/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Container } from './container.ts'
import { environmentOf } from './environment.ts'
import { hostIpOf } from './hostAddress.ts'
import { identityOf } from './identity.ts'
import { launchOf, listenerOn } from './serving.ts'
import { filesOf } from './volumes.ts'

/** How processes run in a container: with its files, its environment, and the programs that its image has. */
defineHost({
  kind: 'k8s.Container',
  programs(host, world) {
    const launch = launchOf(world, (host as Container).spec, (host as Container).env)
    return launch ? programsOf(launch.image) : NONE
  },
  files: (host, world) => filesOf(world, host as Container),
  change: (host, changes) => ({ to: host.id, type: 'FilesChanged', data: { changes }, by: host.id }),
  env: (host, world) => environment(world, host as Container),
  user: (host, world) => identityOf(world, host as Container),
  cwd(host, world) {
    const { spec, env } = host as Container
    return spec.workingDir ?? launchOf(world, spec, env)?.image.config.workdir ?? '/'
  },
})

defineContainerKind({
  kind: 'k8s.Container',
  image: (host, world) => imageOfReference(world, (host as Container).spec.image),
  listens(host, world, port) {
    const pod = world.get((host as Container).owner) as ObjectEntity | undefined
    return pod !== undefined && listenerOn(world, pod, port) !== undefined
  },
})

const NONE: ReadonlyMap<string, Program> = new Map()

/** A server's environment is made when someone asks for it: few do. */
function environment(world: World, container: Container): { readonly [name: string]: string } {
  if (container.env) return container.env
  const image = launchOf(world, container.spec)?.image.config.env ?? {}
  const pod = world.get(container.owner) as ObjectEntity | undefined
  if (!pod) return image
  const of = {
    world,
    pod,
    podIp: container.ip,
    hostIp: hostIpOf(world, container.node),
    image,
    at: container.startedAt,
  }
  const answer = environmentOf(container.spec, of)
  return 'env' in answer ? answer.env : image
}
