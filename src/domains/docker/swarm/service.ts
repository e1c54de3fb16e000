import { defineKind, type Entity, stable, type World } from '../../../kernel/index.ts'
import { swarmId } from './identity.ts'
import { serviceLifecycle } from './service.lifecycle.ts'
import type { ServicePort, ServiceSpec } from './serviceSpec.ts'

/** A service of the swarm. Ids are `docker.Service/<name>`. */
export interface Service extends Entity {
  readonly spec: ServiceSpec
  readonly previous?: ServiceSpec | undefined
  /** Grows with each change. */
  readonly version: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly updateStatus?: UpdateStatus | undefined
  /** Virtual addresses by network, once allocated. */
  readonly vips: { readonly [network: string]: string }
  /** Published ports with the numbers that were chosen. */
  readonly ports: readonly ServicePort[]
  /** Connections that were balanced so far. */
  readonly turns: number
  /** Runs of a job. */
  readonly iteration: number
}

export interface UpdateStatus {
  readonly state: 'updating' | 'paused' | 'completed' | 'rollback_started' | 'rollback_paused' | 'rollback_completed'
  readonly startedAt: number
  readonly completedAt?: number | undefined
  readonly message: string
  /** Slots that were to be replaced when it began. */
  readonly slots: number
}

export const serviceKind = defineKind<Service>({
  kind: 'docker.Service',
  lifecycle: serviceLifecycle,
  apply: {
    SpecChanged: (service, event) => {
      const { spec, iterate } = event.data as { spec: ServiceSpec; iterate?: boolean }
      return {
        spec,
        previous: service.spec,
        version: service.version + 1,
        updatedAt: event.at,
        updateStatus: undefined,
        ...(iterate ? { iteration: service.iteration + 1 } : {}),
      }
    },
    Published: (_service, event) => event.data as Pick<Service, 'vips' | 'ports'>,
    Balanced: (service) => ({ turns: service.turns + 1 }),
    UpdateStarted: (service, event) => ({
      updateStatus: begun('updating', event.at, 'update in progress', (event.data as { slots: number }).slots),
      version: service.version + 1,
    }),
    UpdateCompleted: (service, event) => over(service, event.at, 'completed', 'update completed'),
    UpdatePaused: (service, event) => over(service, undefined, 'paused', (event.data as { message: string }).message),
    RollbackStarted: (service, event) => {
      const { message, slots } = event.data as { message: string; slots: number }
      return {
        updateStatus: begun('rollback_started', event.at, message, slots),
        version: service.version + 1,
        updatedAt: event.at,
        ...(service.previous ? { spec: service.previous, previous: undefined } : {}),
      }
    },
    RollbackCompleted: (service, event) => over(service, event.at, 'rollback_completed', 'rollback completed'),
    RollbackPaused: (service, event) =>
      over(service, undefined, 'rollback_paused', (event.data as { message: string }).message),
  },
  tell: {
    Created: (event) => {
      const { spec } = event.data as Service
      return `The service [${spec.name}](${event.to}) is made: ${spec.mode}${spec.mode === 'replicated' ? `, ${spec.replicas}` : ''}, \`${spec.task.image}\`.`
    },
    SpecChanged: (event, entity) => `${named(event.to, entity)} is wanted otherwise.`,
    UpdatePaused: (event, entity) =>
      `The update of ${named(event.to, entity)} stops: \`${(event.data as { message: string }).message}\`.`,
    RollbackStarted: (event, entity) =>
      `${named(event.to, entity)} rolls back: \`${(event.data as { message: string }).message}\`.`,
    Removed: (event) => `The service \`${event.to.slice('docker.Service/'.length)}\` is removed.`,
  },
})

function begun(state: UpdateStatus['state'], startedAt: number, message: string, slots: number): UpdateStatus {
  return { state, startedAt, message, slots }
}

function over(service: Service, completedAt: number | undefined, state: UpdateStatus['state'], message: string) {
  const before = service.updateStatus ?? begun(state, service.since, message, 0)
  return {
    updateStatus: { ...before, state, message, ...(completedAt === undefined ? {} : { completedAt }) },
    version: service.version + 1,
  }
}

function named(id: string, entity: Entity | undefined): string {
  return `[${(entity as Service | undefined)?.spec.name ?? id.slice(id.lastIndexOf('/') + 1)}](${id})`
}

export function serviceId(name: string): string {
  return `docker.Service/${name}`
}

/** Services in the order of their names. */
export function servicesOf(world: World): readonly Service[] {
  return ([...world.all('docker.Service')] as unknown as Service[]).sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1))
}

/** The service that a name, an id or the beginning of one means. */
export function findService(world: World, text: string): Service | 'many' | undefined {
  const named = world.get(serviceId(text)) as Service | undefined
  if (named) return named
  const begun = text === '' ? [] : servicesOf(world).filter((service) => swarmId(service).startsWith(text))
  return begun.length > 1 ? 'many' : begun[0]
}

/** Whether two specs make the same tasks: everything of a task but where it may run counts. */
export function sameTasks(a: ServiceSpec, b: ServiceSpec): boolean {
  return a === b || taskText(a) === taskText(b)
}

function taskText(spec: ServiceSpec): string {
  let text = texts.get(spec)
  if (text === undefined) {
    const { placement: _placement, ...task } = spec.task
    text = stable({ task, host: spec.ports.filter(({ mode }) => mode === 'host') } as never)
    texts.set(spec, text)
  }
  return text
}

/** A function of the spec alone. */
const texts = new WeakMap<ServiceSpec, string>()

export function isJob(spec: ServiceSpec): boolean {
  return spec.mode === 'replicated-job' || spec.mode === 'global-job'
}
