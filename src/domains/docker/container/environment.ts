import type { World } from '../../../kernel/index.ts'
import { type Container, shortHex } from './container.ts'
import { imageOf } from './imageOf.ts'
import { linkEnv } from './links.ts'

/** The environment of a container's process. Models: moby daemon/container/env.go CreateDaemonEnvironment */
export function envOf(world: World, container: Container): { readonly [name: string]: string } {
  const image = imageOf(world, container)
  const { spec, ownEnv } = container
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOSTNAME: hostnameOf(container),
    ...(spec.tty ? { TERM: 'xterm' } : {}),
    ...(spec.links ? linkEnv(world, container) : {}),
    ...image?.config.env,
    ...spec.env,
    ...ownEnv,
    HOME: spec.env?.HOME ?? image?.config.env?.HOME ?? homeOf(spec.user ?? image?.config.user),
  }
}

/** The name that a container has for itself. */
export function hostnameOf(container: Container): string {
  return container.spec.hostname ?? shortHex(container)
}

function homeOf(user: string | undefined): string {
  const name = user?.split(':')[0] ?? ''
  return name === '' || name === 'root' || /^\d+$/.test(name) ? '/root' : `/home/${name}`
}
