import type { Emission, World } from '../../../kernel/index.ts'
import { engineOf, hostOf } from '../engine/engine.ts'
import { findLocalImage } from '../image/index.ts'
import { portConflict } from '../network/allocate.ts'
import { networkNamed } from '../network/network.ts'
import { type Container, type Endpoint, hexOf, isAlive } from './container.ts'
import type { ContainerSpec, HealthCheck, Mount } from './containerSpec.ts'
import { launchProblem } from './launch.ts'

/** What a new container is: everything that is its own beside the spec, which may be shared. */
export interface ContainerOrder {
  /** Entity id; `docker.Container/<host>/<name>` when absent. */
  readonly id?: string | undefined
  readonly engine: string
  readonly owner?: string | undefined
  readonly name: string
  readonly spec: ContainerSpec
  /** Id of its `docker.Image`; looked up by the spec's name when absent. */
  readonly imageId?: string | undefined
  /** An address of its own: that of an ENI. */
  readonly ip?: string | undefined
  readonly ownEnv?: { readonly [name: string]: string } | undefined
  readonly by?: string | undefined
  /** Mounts that its image asks for, as anonymous volumes. */
  readonly mounts?: readonly Mount[] | undefined
}

/** What an order came to, or the engine's words why not. */
export type Ordered =
  | { readonly id: string; readonly emit: readonly Emission[] }
  | { readonly error: string; readonly exitCode: number }

/**
 * The event that makes a container, in state `created`. The image must be on the engine (see `pullImage`); names are unique on an engine.
 * Nothing of the world is scanned: thousands of containers may be ordered at an instant.
 */
export function createContainer(world: World, order: ContainerOrder): Ordered {
  const { engine, spec, name } = order
  const image = order.imageId ?? findLocalImage(world, engine, spec.image)?.id
  if (image === undefined) return { error: `No such image: ${spec.image}`, exitCode: 125 }
  const id = order.id ?? freeId(world, engine, name)
  const full =
    order.mounts && order.mounts.length > 0 ? { ...spec, mounts: [...(spec.mounts ?? []), ...order.mounts] } : spec
  const data = {
    owner: order.owner ?? engine,
    engine,
    name,
    spec: full,
    imageId: image,
    createdAt: world.now,
    life: 0,
    restarts: 0,
    endpoints: endpointsOf(spec, order.ip),
    ports: NO_PORTS,
    ...(order.ip === undefined ? {} : { ip: order.ip }),
    ...(order.ownEnv === undefined ? {} : { ownEnv: order.ownEnv }),
  }
  return { id, emit: [{ to: id, kind: 'docker.Container', type: 'Created', data, by: order.by ?? engine }] }
}

const NO_PORTS: readonly never[] = []

function freeId(world: World, engine: string, name: string): string {
  const base = `docker.Container/${hostOf(engine)}/${name}`
  if (!world.get(base)) return base
  for (let i = 2; ; i++) if (!world.get(`${base}~${i}`)) return `${base}~${i}`
}

/** The endpoints that a spec asks for, without addresses yet. */
function endpointsOf(spec: ContainerSpec, ip: string | undefined): readonly Endpoint[] {
  const mode = spec.networkMode ?? 'bridge'
  if (ip !== undefined || mode === 'host' || mode === 'none' || mode === 'awsvpc' || mode.startsWith('container:'))
    return NO_ENDPOINTS
  let made = endpoints.get(spec)
  if (!made) {
    const wishes = spec.networks ?? [{ name: mode === 'default' ? 'bridge' : mode }]
    made = wishes.map(({ name, aliases, ip: wanted }) => ({
      network: name,
      aliases: aliases ?? [],
      ...(wanted ? { wanted } : {}),
    }))
    endpoints.set(spec, made)
  }
  return made
}

const NO_ENDPOINTS: readonly Endpoint[] = []
const endpoints = new WeakMap<ContainerSpec, readonly Endpoint[]>()

/** ms that the runtime takes to start a container's process, and how much that varies. */
const START_MS = 180
const START_SPREAD = 120

/** How long this start of a container takes, in ms. */
export function startTime(world: World, container: Container): number {
  return START_MS + Math.floor(START_SPREAD * world.draw(container.id, container.life, 'start'))
}

/**
 * The event that starts a container's process, after the time that the runtime takes for it. When it cannot start, the engine's words, and
 * the event by which the container remembers them. `now` leaves the time out, for a caller that has waited for it.
 */
export function startContainer(
  world: World,
  container: Container,
  options: { readonly by?: string; readonly now?: boolean; readonly attached?: boolean } = {},
):
  | { readonly emit: readonly Emission[] }
  | { readonly error: string; readonly exitCode: number; readonly emit: readonly Emission[] } {
  const by = options.by ?? container.engine
  const fails = (error: string, exitCode: number) => ({
    error,
    exitCode,
    emit: [{ to: container.id, type: 'StartFailed', data: { error, exitCode }, by }],
  })
  const conflict = container.spec.ports ? portConflict(world, container) : undefined
  if (conflict)
    return fails(
      `failed to set up container networking: driver failed programming external connectivity on endpoint ${container.name} (${hexOf({ id: `${container.id} endpoint`, born: container.born })}): Bind for ${conflict.hostIp}:${conflict.host} failed: port is already allocated`,
      125,
    )
  for (const { network } of container.endpoints)
    if (!networkNamed(world, container.engine, network))
      return fails(`failed to set up container networking: network ${network} not found`, 125)
  const problem = launchProblem(world, container)
  if (problem) return fails(problem.message, problem.exitCode)
  const after = options.now ? 0 : startTime(world, container)
  return {
    emit: [
      {
        to: container.id,
        type: 'Started',
        by,
        ...(after > 0 ? { after } : {}),
        ...(options.attached ? { data: { attached: true } } : {}),
      },
    ],
  }
}

/** The event that stops a container: its stop signal, and KILL when the grace (ms; -1 for ever) is over. Nothing for one that does not run. */
export function stopContainer(
  _world: World,
  container: Container,
  options: {
    readonly by?: string | undefined
    readonly signal?: string | undefined
    readonly grace?: number | undefined
    readonly why?: string | undefined
  } = {},
): readonly Emission[] {
  if (!isAlive(container) && container.state !== 'restarting') return []
  const stop = {
    signal: options.signal ?? container.spec.stopSignal ?? 'TERM',
    grace: options.grace ?? container.spec.stopTimeout ?? 10_000,
    ...(options.why === undefined ? {} : { why: options.why }),
  }
  return [{ to: container.id, type: 'StopRequested', data: { stop }, by: options.by ?? container.engine }]
}

/** The events that remove a container; one that is alive is killed first. `volumes` takes its anonymous volumes along. */
export function removeContainer(
  _world: World,
  container: Container,
  options: { readonly by?: string | undefined; readonly volumes?: boolean | undefined } = {},
): readonly Emission[] {
  const by = options.by ?? container.engine
  const killed = isAlive(container)
    ? [{ to: container.id, type: 'Killed', data: { exitCode: 137, manual: true }, by }]
    : []
  const data = options.volumes ? { data: { volumes: true } } : {}
  return [...killed, { to: container.id, type: 'RemovalRequested', by, ...data }]
}

/** Whether an engine takes orders. */
export function engineWorks(world: World, engine: string): boolean {
  return engineOf(world, engine)?.state === 'Running'
}

/** A health check with docker's own defaults; times in ms. Undefined for `NONE`. */
export function healthCheck(
  options: Partial<HealthCheck> & { readonly test: readonly string[] },
): HealthCheck | undefined {
  if (options.test[0] === 'NONE' || options.test.length === 0) return undefined
  return {
    test: options.test,
    interval: options.interval || 30_000,
    timeout: options.timeout || 30_000,
    startPeriod: options.startPeriod ?? 0,
    startInterval: options.startInterval || 5_000,
    retries: options.retries || 3,
  }
}
