import { defineHost } from '../../../shell/host.ts'
import type { Program } from '../../../shell/program.ts'
import { defineContainerKind, programsOf } from '../../containerd/index.ts'
import type { Container } from './container.ts'
import { envOf } from './environment.ts'
import { filesOf } from './files.ts'
import { imageOf } from './imageOf.ts'
import { listens } from './serving.ts'

/** How processes run in a container: with its files, its environment, and the programs that its image has. */
defineHost({
  kind: 'docker.Container',
  programs(host, world) {
    const image = imageOf(world, host as Container)
    return image ? programsOf(image) : NONE
  },
  files: (host, world) => filesOf(world, host as Container),
  change: (host, changes) => ({ to: host.id, type: 'FilesChanged', data: { changes }, by: host.id }),
  env: (host, world) => envOf(world, host as Container),
  cwd: (host, world) => (host as Container).spec.workdir ?? imageOf(world, host as Container)?.config.workdir ?? '/',
})

defineContainerKind({
  kind: 'docker.Container',
  image: (host, world) => imageOf(world, host as Container),
  listens: (host, world, port) => listens(world, host as Container, port),
})

const NONE: ReadonlyMap<string, Program> = new Map()
