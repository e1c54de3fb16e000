import type { World } from '../../../kernel/index.ts'
import {
  commandOf,
  type Daemon,
  daemonOf,
  type HttpRequest,
  type HttpResponse,
  type Image,
  imageOfReference,
  type Serving,
  type Start,
  servedBy,
} from '../../containerd/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import { type Container, containersOf, isAlive } from './container.ts'
import { type Env, expand, hostnameOf } from './environment.ts'
import type { ContainerSpec } from './podPlan.ts'
import { readFile } from './volumes.ts'

/** What a container's spec and image come to: its command line, and the well-known server in it if it is one. */
export interface Launch {
  readonly image: Image
  readonly argv: readonly string[]
  readonly server: { readonly daemon: Daemon; readonly argv: readonly string[] } | undefined
}

/** How a container of a spec is launched; undefined when no registry has its image any more. `env` is for `$(NAME)` in its command. */
export function launchOf(world: World, spec: ContainerSpec, env: Env = {}): Launch | undefined {
  const image = imageOfReference(world, spec.image)
  if (!image) return undefined
  const known = launches.get(spec)
  if (known?.image === image) return known
  const raw = commandOf(image, spec.command, spec.args)
  const variable = raw.some((word) => word.includes('$'))
  const argv = variable ? raw.map((word) => expand(word, env)) : raw
  const launch = { image, argv, server: daemonOf(image, argv) }
  if (!variable) launches.set(spec, launch)
  return launch
}

/** Launches that depend on nothing but spec and image. */
const launches = new WeakMap<ContainerSpec, Launch>()

/** A server that runs in a container. */
export interface Server {
  readonly container: Container
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
  const launch = launchOf(world, container.spec, container.env)
  if (!launch) return undefined
  const begun = container.runs === 'daemon' ? undefined : servedBy(world, launch.image, container.id)
  const server = begun ?? launch.server
  if (!server) return undefined
  const { daemon, argv } = server
  const since = begun?.since ?? container.startedAt ?? 0
  const start = startOf(world, container, launch.image, argv)
  return {
    container,
    daemon,
    start,
    ports: daemon.ports(start),
    listensAt: since + daemon.startMs,
  }
}

/** What a server may know of how it was started. */
export function startOf(world: World, container: Container, image: Image, argv: readonly string[]): Start {
  const pod = world.get(container.owner) as ObjectEntity | undefined
  return {
    argv,
    env: container.env ?? image.config.env ?? {},
    hostname: pod ? hostnameOf(pod) : container.name,
    ip: container.ip,
    version: image.version,
    read: (path) => readFile(world, container, path),
  }
}

/** The server of a pod that accepts connections on a port now; undefined when they are refused. */
export function listenerOn(world: World, pod: ObjectEntity, port: number): Server | undefined {
  for (const container of containersOf(world, pod)) {
    const server = serverOf(world, container)
    if (server && server.listensAt <= world.now && server.ports.includes(port) && !refuses(container)) return server
  }
  return undefined
}

/** Asks a server. Faults of its container come first. */
export function ask(world: World, { container, daemon, start }: Server, request: HttpRequest): HttpResponse {
  const serving: Serving = { ...start, uptime: world.now - (container.startedAt ?? world.now) }
  const faults = container.faults ?? []
  const slow = faults.reduce((ms, fault) => ms + (fault.slow ?? 0), 0)
  const status = faults.find((fault) => fault.status !== undefined)?.status
  if (status !== undefined) return { status, headers: {}, body: '', ms: daemon.cost.latencyMs + slow }
  const response = daemon.answer?.(request, serving)
  if (!response) return { status: 400, headers: {}, body: '', ms: daemon.cost.latencyMs + slow }
  return { ...response, ms: (response.ms ?? daemon.cost.latencyMs) + slow }
}

/** Whether a fault makes a container refuse connections. */
export function refuses(container: Container): boolean {
  return container.faults?.some((fault) => fault.refuse) ?? false
}
