import { defineIndex, type Entity, type Index, type World } from '../../../kernel/index.ts'
import type { FileChanges } from '../../../shell/files.ts'
import { digestOf } from '../../containerd/index.ts'
import type { ContainerSpec, PortMapping } from './containerSpec.ts'

/** A container on an engine, in docker's own states. Its owner is who ordered it (a task of ECS), else its engine. */
export interface Container extends Entity {
  readonly owner: string
  /** Id of its engine. */
  readonly engine: string
  readonly name: string
  readonly spec: ContainerSpec
  /** Id of the `docker.Image` that it is made of. */
  readonly imageId: string
  readonly createdAt: number
  /** Variables beyond those of the spec, its own. */
  readonly ownEnv?: { readonly [name: string]: string } | undefined
  /** An address that was given to it and is not the engine's to choose: that of an ENI. */
  readonly ip?: string | undefined
  /** How many times its process was started. */
  readonly life: number
  readonly startedAt?: number | undefined
  /** How many times in a row its restart policy started it. */
  readonly restarts: number
  /** ms that the restart policy waited last. */
  readonly backOff?: number | undefined
  readonly ended?: Ended | undefined
  /** Why the last start failed. */
  readonly error?: string | undefined
  readonly runs?: 'shell' | 'daemon' | undefined
  /** Set when a terminal starts its process itself (`docker run` in the foreground). */
  readonly attached?: true | undefined
  readonly endpoints: readonly Endpoint[]
  /** Ports of the machine that lead to it while it is alive. */
  readonly ports: readonly PublishedPort[]
  readonly health?: Health | undefined
  readonly stop?: Stop | undefined
  /** Stopped or killed by somebody: its restart policy leaves it. */
  readonly manual?: true | undefined
  readonly written?: FileChanges | undefined
  readonly faults?: readonly ContainerFault[] | undefined
}

export interface Endpoint {
  /** Name of the network on its engine. */
  readonly network: string
  readonly aliases: readonly string[]
  /** The address that was asked for. */
  readonly wanted?: string | undefined
  /** Set while it is alive. */
  readonly ip?: string | undefined
}

export interface PublishedPort extends PortMapping {
  readonly host: number
}

export interface Health {
  readonly status: 'starting' | 'healthy' | 'unhealthy'
  /** Checks that failed one after another, as far as they count. */
  readonly streak: number
  /** When a check last changed anything. */
  readonly at: number
}

export interface Stop {
  readonly signal: string
  /** ms until SIGKILL; `Infinity` is written as -1. */
  readonly grace: number
  readonly why?: string | undefined
}

/** How a life ended. */
export interface Ended {
  readonly exitCode: number
  readonly oom: boolean
  readonly startedAt: number
  readonly finishedAt: number
  readonly life: number
}

/** Something wrong with a container from outside, while it lasts. */
export interface ContainerFault {
  readonly id: string
  /** Answers of HTTP servers with this status; `slow` ones this much later, in ms; `refuse` does not listen; `unhealthy` fails its checks. */
  readonly status?: number
  readonly slow?: number
  readonly refuse?: true
  readonly unhealthy?: true
}

/** Whether a process of it is alive. */
export function isAlive(container: Container): boolean {
  const { state } = container
  return state === 'running' || state === 'stopping' || state === 'paused'
}

/** The 64 digits that docker knows a container by. */
export function hexOf(container: Pick<Container, 'id' | 'born'>): string {
  return digestOf(`container ${container.id} ${container.born}`).slice(7)
}

/** The twelve digits that tools show. */
export function shortHex(container: Pick<Container, 'id' | 'born'>): string {
  return hexOf(container).slice(0, 12)
}

/** An index that need not look at a record again whose change does not concern it. */
function indexOf(
  name: string,
  keys: (container: Container) => string | readonly string[] | undefined,
  same: (before: Container, after: Container) => boolean,
): Index {
  const index = defineIndex(
    name,
    ['docker.Container'],
    keys as (entity: Entity) => string | readonly string[] | undefined,
  )
  return { ...index, same: same as (before: Entity, after: Entity) => boolean }
}

const neverMoves = (): boolean => true
const sameLife = (before: Container, after: Container): boolean => isAlive(before) === isAlive(after)

/** Containers of an engine. */
export const containersByEngine = indexOf('docker.containersByEngine', ({ engine }) => engine, neverMoves)

/** Containers by engine and name, `docker.Engine/local web`. */
export const containersByName = indexOf(
  'docker.containersByName',
  ({ engine, name }) => `${engine} ${name}`,
  (before, after) => before.name === after.name,
)

/** Containers that are alive, by engine and network: `docker.Engine/local bridge`. */
export const membersOfNetwork = indexOf(
  'docker.membersOfNetwork',
  (container) => {
    const { engine, endpoints } = container
    const [first] = endpoints
    if (!first || !isAlive(container)) return undefined
    if (endpoints.length === 1) return `${engine} ${first.network}`
    return endpoints.map(({ network }) => `${engine} ${network}`)
  },
  (before, after) => before.endpoints === after.endpoints && sameLife(before, after),
)

/** Containers that are alive, by engine and published port: `docker.Engine/local 8080/tcp`. */
export const containersByPort = indexOf(
  'docker.containersByPort',
  (container) => {
    const { engine, ports } = container
    if (ports.length === 0 || !isAlive(container)) return undefined
    return [...new Set(ports.map(({ host, protocol }) => `${engine} ${host}/${protocol}`))]
  },
  (before, after) => before.ports === after.ports && sameLife(before, after),
)

/** Containers that are alive, by a given address of their own. */
export const containersByIp = indexOf(
  'docker.containersByIp',
  (container) => (container.ip !== undefined && isAlive(container) ? container.ip : undefined),
  (before, after) => before.ip === undefined || sameLife(before, after),
)

/** All containers of an engine, in the order in which they came. */
export function containersOn(world: World, engine: string): readonly Container[] {
  return world.lookup(containersByEngine, engine) as readonly Container[]
}

/** The container of a name on an engine. */
export function containerNamed(world: World, engine: string, name: string): Container | undefined {
  return world.lookup(containersByName, `${engine} ${name}`)[0] as Container | undefined
}

/** The container that a name, an id or the beginning of an id means; of a beginning that several share, `many`. */
export function findContainer(world: World, engine: string, text: string): Container | 'many' | undefined {
  const name = text.replace(/^\//, '')
  const named = containerNamed(world, engine, name)
  if (named) return named
  if (!/^[0-9a-f]{1,64}$/.test(text)) return undefined
  const begun = containersOn(world, engine).filter((container) => hexOf(container).startsWith(text))
  return begun.length > 1 ? 'many' : begun[0]
}
