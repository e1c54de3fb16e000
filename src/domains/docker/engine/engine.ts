import { defineKind, type Emission, type Entity, type World } from '../../../kernel/index.ts'
import { engineLifecycle } from './engine.lifecycle.ts'

/** The daemon of one machine: the learner's workstation, or an instance of ECS. Ids are `docker.Engine/<host>`. */
export interface Engine extends Entity {
  /** Name of the machine. */
  readonly host: string
  /** Thousandths of a core, and bytes, that the machine has. */
  readonly cpuMilli: number
  readonly memory: number
  /** Address of the machine. */
  readonly ip: string
  /** A machine of the lab by itself, which is drawn as such. */
  readonly standalone?: true | undefined
  /** What the machine calls itself, where that is not its name here. */
  readonly hostname?: string | undefined
  /** Labels that its daemon was given. */
  readonly labels?: { readonly [name: string]: string } | undefined
  /** Registries that somebody has logged in to, with the user. */
  readonly logins?: { readonly [registry: string]: string } | undefined
}

/** The engine of the learner's own machine: what the `docker` program speaks with. */
export const LOCAL = 'docker.Engine/local'

/** What the learner's own machine has. */
const WORKSTATION = { host: 'local', cpuMilli: 4000, memory: 8_218_034_176, ip: '198.18.0.1' } as const

export const engineKind = defineKind<Engine>({
  kind: 'docker.Engine',
  lifecycle: engineLifecycle,
  apply: { Configured: (_engine, event) => event.data as Partial<Engine> as never },
  tell: {
    Created: (event) => `The [engine](${event.to}) runs on \`${(event.data as Engine).host}\`.`,
    DaemonStopped: (event) => `The [engine](${event.to}) stops, and all of its containers with it.`,
  },
})

/** What a machine with an engine is like; `owner` goes with it (an EC2 instance). */
export interface EngineOptions {
  readonly host: string
  readonly cpuMilli: number
  readonly memory: number
  readonly ip: string
  readonly owner?: string
  readonly standalone?: true
}

/** The event that brings an engine into being on a machine. */
export function installEngine(options: EngineOptions, by?: string): Emission {
  return { to: engineId(options.host), kind: 'docker.Engine', type: 'Created', data: options, by }
}

export function engineId(host: string): string {
  return `docker.Engine/${host}`
}

/** Host of an engine's id. */
export function hostOf(engine: string): string {
  return engine.slice(engine.indexOf('/') + 1)
}

/** The events by which the workstation's engine is there; none when it is already. It is installed with the first need of it. */
export function ensureLocal(world: World): readonly Emission[] {
  return world.get(LOCAL) ? [] : [installEngine(WORKSTATION)]
}

/** The record of an engine; that of the workstation also before its first need. */
export function engineOf(world: World, id: string): Engine | undefined {
  const engine = world.get(id) as Engine | undefined
  return engine ?? (id === LOCAL ? UNBORN : undefined)
}

const UNBORN = {
  ...WORKSTATION,
  id: LOCAL,
  kind: 'docker.Engine',
  state: 'Running',
  entry: 0,
  since: 0,
  born: 0,
} as Engine

/**
 * Id of the engine that `docker` speaks with on a host of processes: the workstation's at a terminal, elsewhere what the host's record
 * names as its `daemon` (a privileged build has one of its own); undefined where there is no socket.
 */
export function engineAt(host: Entity): string | undefined {
  if (host.kind === 'shell.Session') return LOCAL
  const { daemon } = host as { readonly daemon?: unknown }
  return typeof daemon === 'string' ? daemon : undefined
}
