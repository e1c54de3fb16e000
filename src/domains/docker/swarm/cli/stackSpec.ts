import type { Ask } from '../../cli/ask.ts'
import { pick } from '../../cli/pickDefined.ts'
import { Problem } from '../../cli/problem.ts'
import { bytesOf, durationOf } from '../../cli/units.ts'
import { textAt } from '../../compose/globals.ts'
import { fullName, type Project } from '../../compose/project.ts'
import { serviceSpec } from '../../compose/serviceSpec.ts'
import { isShape, list, mapping, type Shape, shape } from '../../compose/shape.ts'
import {
  type FileReference,
  NO_UPDATE,
  RESTART,
  type Resources,
  type ServiceSpec,
  type UpdateConfig,
} from '../serviceSpec.ts'
import { checkedConstraints, servicePort, validate } from './readService.ts'
import { resolved } from './serviceCommands.ts'

export const STACK = 'com.docker.stack.namespace'

/** Keys of a service that stacks leave out. Models: docker/cli cli/compose/types UnsupportedProperties */
const UNSUPPORTED = [
  'build',
  'cgroupns_mode',
  'cgroup_parent',
  'devices',
  'domainname',
  'external_links',
  'ipc',
  'links',
  'mac_address',
  'network_mode',
  'pid',
  'privileged',
  'restart',
  'security_opt',
  'shm_size',
  'userns_mode',
]
const DEPRECATED: { readonly [key: string]: string } = {
  container_name: 'Setting the container name is not supported.',
  expose:
    "Exposing ports is unnecessary - services on the same network can access each other's containers on any port.",
}

/** What a stack says that it leaves out. */
export function leftOut(project: Project): string {
  const found = new Set<string>()
  const old = new Set<string>()
  for (const service of Object.values(project.services)) {
    for (const key of UNSUPPORTED) if (service[key] !== undefined) found.add(key)
    for (const key of Object.keys(DEPRECATED)) if (service[key] !== undefined) old.add(key)
  }
  const first = found.size > 0 ? `Ignoring unsupported options: ${[...found].sort().join(', ')}\n\n` : ''
  const second =
    old.size > 0
      ? `Ignoring deprecated options:\n\n${[...old]
          .sort()
          .map((key) => `${key}: ${DEPRECATED[key]}\n\n`)
          .join('')}`
      : ''
  return first + second
}

/** Networks that a stack's services use, by key; the default one where a service names none. */
export function stackNetworks(project: Project): readonly string[] {
  const used = new Set<string>()
  for (const service of Object.values(project.services)) for (const key of networkKeys(service)) used.add(key)
  return [...used].sort()
}

function networkKeys(service: Shape): readonly string[] {
  const wish = service.networks
  const keys = Array.isArray(wish) ? wish.map(String) : Object.keys(shape(wish))
  return keys.length > 0 ? keys : ['default']
}

/** A service of a stack. Models: docker/cli cli/compose/convert/service.go */
export function stackService(
  ask: Ask,
  project: Project,
  key: string,
  names: { readonly config: Map<string, string>; readonly secret: Map<string, string> },
): ServiceSpec {
  const service = shape(project.services[key])
  if (typeof service.image !== 'string')
    throw new Problem(`invalid image reference for service ${key}: no image specified`)
  const deploy = shape(service.deploy)
  const parts = shape(deploy.resources)
  const placement = shape(deploy.placement)
  const restart = shape(deploy.restart_policy)
  const {
    image: _image,
    networks: _networks,
    networkMode: _mode,
    ports: _ports,
    memory,
    cpuMilli,
    restart: oldRestart,
    labels: _labels,
    ...container
  } = serviceSpec(
    {
      ...project,
      services: { ...project.services, [key]: { ...service, configs: undefined, secrets: undefined } as Shape },
    },
    key,
    { world: ask.world, read: (path) => textAt(ask.call, path), session: ask.call.session },
  )
  const files = (sort: 'config' | 'secret'): readonly FileReference[] =>
    list(service[`${sort}s`]).map((wish) => {
      const source = String(isShape(wish) ? wish.source : wish)
      const target =
        isShape(wish) && wish.target !== undefined ? String(wish.target) : sort === 'config' ? `/${source}` : source
      const mode = isShape(wish) && wish.mode !== undefined ? wish.mode : 0o444
      return {
        name: names[sort].get(source) ?? source,
        target,
        uid: String(isShape(wish) ? (wish.uid ?? '0') : '0'),
        gid: String(isShape(wish) ? (wish.gid ?? '0') : '0'),
        mode: typeof mode === 'number' ? mode : Number.parseInt(String(mode), 8),
      }
    })
  const mode = String(deploy.mode ?? 'replicated') as ServiceSpec['mode']
  const limits = resourcesOf(shape(parts.limits), memory, cpuMilli)
  const labels = Object.fromEntries(Object.entries(mapping(service.labels)).map(([name, value]) => [name, value ?? '']))
  const span = (value: unknown): number | undefined => (value === undefined ? undefined : durationOf(String(value)))
  const condition =
    restart.condition ??
    (oldRestart?.name === 'no' ? 'none' : oldRestart?.name === 'on-failure' ? 'on-failure' : undefined)
  return validate({
    name: `${project.name}_${key}`,
    labels: {
      ...Object.fromEntries(Object.entries(mapping(deploy.labels)).map(([name, value]) => [name, value ?? ''])),
      'com.docker.stack.image': service.image,
      [STACK]: project.name,
    },
    mode,
    replicas: Number(deploy.replicas ?? 1),
    task: {
      ...resolved(ask, service.image),
      container: { ...container, labels: { ...labels, [STACK]: project.name } },
      networks: networkKeys(service).map((network) => ({
        name: fullName(project, network, project.networks[network]),
        aliases: [key, ...list(shape(shape(service.networks)[network]).aliases).map(String)],
      })),
      secrets: files('secret'),
      configs: files('config'),
      limits,
      reservations: resourcesOf(shape(parts.reservations), undefined, undefined),
      restart: {
        ...RESTART,
        ...pick({
          condition: condition as 'any' | undefined,
          delay: span(restart.delay),
          maxAttempts: restart.max_attempts === undefined ? undefined : Number(restart.max_attempts),
          window: span(restart.window),
        }),
      },
      placement: {
        constraints: checkedConstraints(list(placement.constraints).map(String)),
        preferences: list(placement.preferences).map((one) => String(shape(one).spread)),
        maxReplicas: Number(placement.max_replicas_per_node ?? 0),
      },
      force: 0,
    },
    update: updateOf(shape(deploy.update_config)),
    rollback: updateOf(shape(deploy.rollback_config)),
    endpointMode: deploy.endpoint_mode === 'dnsrr' ? 'dnsrr' : 'vip',
    ports: list(service.ports).flatMap((port) =>
      servicePort(
        ask,
        isShape(port)
          ? Object.entries({ target: port.target, published: port.published, protocol: port.protocol, mode: port.mode })
              .filter(([, value]) => value !== undefined)
              .map(([name, value]) => `${name}=${String(value)}`)
              .join(',')
          : String(port).replace(/^\d+\.\d+\.\d+\.\d+:/, ''),
      ),
    ),
  })
}

function resourcesOf(part: Shape, memory: number | undefined, cpuMilli: number | undefined): Resources {
  return pick({
    cpuMilli: part.cpus === undefined ? cpuMilli : Math.round(Number(part.cpus) * 1000),
    memory: part.memory === undefined ? memory : bytesOf(String(part.memory)),
    pids: part.pids === undefined ? undefined : Number(part.pids),
  })
}

function updateOf(part: Shape): UpdateConfig {
  const span = (value: unknown): number | undefined => (value === undefined ? undefined : durationOf(String(value)))
  return {
    ...NO_UPDATE,
    ...pick({
      parallelism: part.parallelism === undefined ? undefined : Number(part.parallelism),
      delay: span(part.delay),
      order: part.order as UpdateConfig['order'] | undefined,
      failureAction: part.failure_action as UpdateConfig['failureAction'] | undefined,
      monitor: span(part.monitor),
      maxFailureRatio: part.max_failure_ratio === undefined ? undefined : Number(part.max_failure_ratio),
    }),
  }
}
