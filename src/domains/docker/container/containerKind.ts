import { defineKind, type Entity, type Fields, type SimEvent, type World } from '../../../kernel/index.ts'
import type { FileChanges } from '../../../shell/files.ts'
import type { DockerImage } from '../image/index.ts'
import { withAddresses, withPorts } from '../network/allocate.ts'
import { containerLifecycle } from './container.lifecycle.ts'
import type { Container, ContainerFault, Ended, Endpoint, Health, Stop } from './container.ts'
import type { ContainerSpec } from './containerSpec.ts'
import { sortChanges } from './files.ts'
import { launchOf } from './launch.ts'

/** A container of an engine. What its fields say is the truth on the machine. */
export const containerKind = defineKind<Container>({
  kind: 'docker.Container',
  lifecycle: containerLifecycle,
  delays: {
    grace: ({ stop }) => (stop && stop.grace < 0 ? Number.POSITIVE_INFINITY : (stop?.grace ?? 10_000)),
    backOff: ({ backOff }) => backOff ?? 100,
    removal: () => REMOVAL_MS,
  },
  apply: {
    Started: begin,
    'after.backOff': begin,
    StartFailed: (container, event) => {
      const { error, exitCode } = event.data as { error: string; exitCode: number }
      return { error, ended: { ...NEVER, ...container.ended, exitCode, life: container.life } }
    },
    StopRequested: (container, event) =>
      container.state === 'restarting' ? { manual: true } : { manual: true, stop: (event.data as { stop: Stop }).stop },
    Exited: (container, event) => ended(container, event, (event.data as { exitCode: number }).exitCode),
    OOMKilled: (container, event) => ended(container, event, 137, true),
    Killed: (container, event) => {
      const { exitCode, manual } = (event.data ?? {}) as { exitCode?: number; manual?: boolean }
      return {
        ...(container.state === 'restarting' ? {} : ended(container, event, exitCode ?? 137)),
        ...(manual ? { manual: true as const } : {}),
      }
    },
    'after.grace': (container, event) => ended(container, event, 137),
    RestartDelayed: (container, event) => ({
      restarts: container.restarts + 1,
      backOff: (event.data as { wait: number }).wait,
    }),
    HealthTurned: (_container, event) => ({ health: (event.data as { health: Health }).health }),
    Renamed: (_container, event) => ({ name: (event.data as { name: string }).name }),
    Updated: (_container, event) => ({ spec: (event.data as { spec: ContainerSpec }).spec }),
    NetworkConnected: (container, event, world) => {
      const endpoints = [...container.endpoints, (event.data as { endpoint: Endpoint }).endpoint]
      const next = { ...container, endpoints }
      return { endpoints: ALIVE.has(container.state) ? withAddresses(world, next) : endpoints }
    },
    NetworkDisconnected: (container, event) => ({
      endpoints: container.endpoints.filter(({ network }) => network !== (event.data as { network: string }).network),
    }),
    FilesChanged: (container, event) => {
      const { changes } = event.data as { changes: FileChanges }
      if (!container.spec.mounts?.length) return { written: { ...container.written, ...changes } }
      const { own } = sortChanges(container, changes)
      return Object.keys(own).length > 0 ? { written: { ...container.written, ...own } } : {}
    },
    FaultBegan: (container, event) => ({ faults: [...(container.faults ?? []), event.data as ContainerFault] }),
    FaultEnded: (container, event) => ({
      faults: container.faults?.filter((fault) => fault.id !== (event.data as { id: string }).id),
    }),
  },
  tell: {
    Created: (event) => {
      const { name, spec } = event.data as Container
      return `The container [${name}](${event.to}) is created of \`${spec.image}\`.`
    },
    Started: (event, entity) => `${name(event, entity)} starts.`,
    'after.backOff': (event, entity) => `${name(event, entity)} starts again: the wait of its restart policy is over.`,
    StartFailed: (event, entity) => `${name(event, entity)} cannot start.`,
    Exited: (event, entity) =>
      `${name(event, entity)} ends with exit code ${(event.data as { exitCode: number }).exitCode}.`,
    OOMKilled: (event, entity) =>
      `${name(event, entity)} used more memory than its limit, and the kernel killed it (137).`,
    Killed: (event, entity) => `The process of ${name(event, entity)} is killed.`,
    StopRequested: (event, entity) => {
      const { signal, why } = (event.data as { stop: Stop }).stop
      return `${name(event, entity)} is sent SIG${signal}${why === undefined ? '' : `: ${why}`}.`
    },
    'after.grace': (event, entity) => `${name(event, entity)} did not end in time, and is killed (137).`,
    RestartDelayed: (event, entity) =>
      `The restart policy of ${name(event, entity)} starts it again in ${(event.data as { wait: number }).wait} ms.`,
    HealthTurned: (event, entity) => {
      const { status, streak } = (event.data as { health: Health }).health
      return streak > 0 && status !== 'unhealthy'
        ? `A health check of ${name(event, entity)} fails (${streak} in a row).`
        : `${name(event, entity)} is ${status} by its health check.`
    },
    Requested: (event, entity) => {
      const { method, path, status } = event.data as { method?: string; path?: string; status?: number }
      return `${name(event, entity)} answers \`${method} ${path}\` with ${status ?? 'nothing'}.`
    },
    Renamed: (event) => `The [container](${event.to}) is now called \`${(event.data as { name: string }).name}\`.`,
    'after.removal': (event, entity) => `${name(event, entity)} is removed.`,
  },
})

const ALIVE: ReadonlySet<string> = new Set(['running', 'paused', 'stopping'])

/** ms that deleting the file system of a container takes. */
const REMOVAL_MS = 20

const NEVER: Ended = { exitCode: 0, oom: false, startedAt: 0, finishedAt: 0, life: 0 }

function name(event: SimEvent, entity: Entity | undefined): string {
  return `[${(entity as Container | undefined)?.name ?? event.to.slice(event.to.lastIndexOf('/') + 1)}](${event.to})`
}

/** The process starts: another life, with addresses and ports of now. */
function begin(container: Container, event: SimEvent, world: World): Fields {
  const { spec, engine } = container
  const image = world.get(container.imageId) as DockerImage | undefined
  const byHand = event.type === 'Started'
  const exposed = spec.publishAll ? [...Object.keys(image?.config.ExposedPorts ?? {}), ...(spec.expose ?? [])] : NONE
  const { attached } = (event.data ?? {}) as { attached?: boolean }
  return {
    startedAt: event.at,
    life: container.life + 1,
    ended: undefined,
    error: undefined,
    stop: undefined,
    manual: undefined,
    restarts: byHand ? 0 : container.restarts,
    ...(byHand ? { backOff: undefined } : {}),
    attached: attached ? true : undefined,
    runs: launchOf(world, container)?.server ? 'daemon' : 'shell',
    endpoints: withAddresses(world, container),
    ports: withPorts(world, engine, spec, exposed),
    health: spec.health ? { status: 'starting', streak: 0, at: event.at } : undefined,
  }
}

const NONE: readonly string[] = []

function ended(container: Container, event: SimEvent, exitCode: number, oom = false): Fields {
  const startedAt = container.startedAt ?? event.at
  const { endpoints, health } = container
  return {
    ended: { exitCode, oom, startedAt, finishedAt: event.at, life: container.life } satisfies Ended,
    endpoints: endpoints.length === 0 ? endpoints : endpoints.map(({ ip: _ip, ...endpoint }) => endpoint),
    ports: [],
    health:
      health && health.status !== 'unhealthy' ? { status: 'unhealthy', streak: health.streak, at: event.at } : health,
  }
}
