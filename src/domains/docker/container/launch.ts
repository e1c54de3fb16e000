import type { World } from '../../../kernel/index.ts'
import {
  type Daemon,
  daemonOf,
  type Image,
  type Serving,
  type Start,
  servedBy,
  startProblem,
} from '../../containerd/index.ts'
import { addressOf } from '../network/address.ts'
import { type Container, isAlive } from './container.ts'
import type { ContainerSpec } from './containerSpec.ts'
import { envOf, hostnameOf } from './environment.ts'
import { filesOf, textOf } from './files.ts'
import { imageOf } from './imageOf.ts'

/** What a container's spec and image come to: its command line, and the well-known server in it if it is one. */
export interface Launch {
  readonly image: Image
  readonly argv: readonly string[]
  readonly server: { readonly daemon: Daemon; readonly argv: readonly string[] } | undefined
}

/** How a container is launched; undefined when its image was deleted by force. */
export function launchOf(world: World, container: Pick<Container, 'imageId' | 'spec'>): Launch | undefined {
  const image = imageOf(world, container)
  return image && launchWith(image, container.spec)
}

/** How a spec is launched with an image. Models: moby daemon/commit.go merge and runconfig. */
export function launchWith(image: Image, spec: ContainerSpec): Launch {
  const known = launches.get(spec)
  if (known?.image === image) return known
  const { entrypoint, command } = spec
  const argv = [
    ...(entrypoint ?? image.config.entrypoint ?? []),
    ...(command && command.length > 0 ? command : entrypoint === undefined ? (image.config.cmd ?? []) : []),
  ]
  const launch = { image, argv, server: daemonOf(image, argv) }
  launches.set(spec, launch)
  return launch
}

/** Launches are a function of spec and image. */
const launches = new WeakMap<ContainerSpec, Launch>()

/** A server that runs in a container. */
export interface Server {
  readonly daemon: Daemon
  readonly start: Start
  /** Ports that it listens on once it has started. */
  readonly ports: readonly number[]
  /** Virtual time from which it listens, in ms. */
  readonly listensAt: number
}

/** The server in a container that is alive, also while it still starts; undefined when it is none. */
export function serverOf(world: World, container: Container): Server | undefined {
  if (!isAlive(container)) return undefined
  const launch = launchOf(world, container)
  if (!launch) return undefined
  const begun = container.runs === 'daemon' ? undefined : servedBy(world, launch.image, container.id)
  const server = begun ?? launch.server
  if (!server) return undefined
  const { daemon, argv } = server
  const start = startOf(world, container, launch.image, argv)
  const since = begun?.since ?? container.startedAt ?? 0
  return { daemon, start, ports: daemon.ports(start), listensAt: since + daemon.startMs }
}

/** What a server may know of how it was started. */
export function startOf(world: World, container: Container, image: Image, argv: readonly string[]): Start {
  return {
    argv,
    get env() {
      return envOf(world, container)
    },
    get hostname() {
      return hostnameOf(container)
    },
    get ip() {
      return addressOf(world, container) ?? '127.0.0.1'
    },
    version: image.version,
    read: (path) => textOf(world, container, path),
  }
}

/** A server that is asked something now. */
export function servingOf(world: World, container: Container, start: Start): Serving {
  return Object.create(start, {
    uptime: { value: world.now - (container.startedAt ?? world.now), enumerable: true },
  }) as Serving
}

/** Why the process of a container cannot start, in runc's words, with docker's exit code; undefined when it can. */
export function launchProblem(
  world: World,
  container: Container,
): { readonly message: string; readonly exitCode: number } | undefined {
  const launch = launchOf(world, container)
  if (!launch) return { message: 'No such image', exitCode: 125 }
  if (launch.server) return undefined
  if (launch.argv.length === 0) return { message: 'no command specified', exitCode: 125 }
  const problem = startProblem(launch.image, launch.argv, (path) => filesOf(world, container)[path] !== undefined)
  if (!problem) return undefined
  const what = problem.message.replace(/^failed to create containerd task: /, 'failed to create task for container: ')
  return { message: what, exitCode: 127 }
}
