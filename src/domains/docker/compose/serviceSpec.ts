import type { World } from '../../../kernel/index.ts'
import { volumeMount } from '../cli/mountFlags.ts'
import { pick } from '../cli/pickDefined.ts'
import { Problem } from '../cli/problem.ts'
import { portsOf, restartPolicy } from '../cli/readSpec.ts'
import { bytesOf, durationOf } from '../cli/units.ts'
import type { ContainerSpec, HealthCheck, Mount, NetworkWish, PortMapping } from '../container/containerSpec.ts'
import { healthCheck } from '../container/orders.ts'
import { readDotEnv } from './interpolate.ts'
import { absolute } from './load.ts'
import { fullName, type Project } from './project.ts'
import { isShape, list, mapping, type Shape, shape } from './shape.ts'

/** What a service's container is made of beyond the project. */
export interface ServiceContext {
  readonly world: World
  readonly read: (path: string) => string | undefined
  readonly session?: string | undefined
}

/** Name of the image of a service: its own, or what its build is called. */
export function imageName(project: Project, name: string): string {
  const image = project.services[name]?.image
  return typeof image === 'string' ? image : `${project.name}-${name}`
}

/** Name of a container of a service. */
export function containerName(project: Project, name: string, number: number): string {
  const own = project.services[name]?.container_name
  return typeof own === 'string' ? own : `${project.name}-${name}-${number}`
}

/** How many containers a service is to have. */
export function scaleOf(service: Shape): number {
  return Number(service.scale ?? shape(service.deploy).replicas ?? 1)
}

/** The spec of a service's containers. Models: docker/compose pkg/compose/create.go getCreateConfigs */
export function serviceSpec(project: Project, name: string, context: ServiceContext): ContainerSpec {
  const service = shape(project.services[name])
  const limits = shape(shape(shape(service.deploy).resources).limits)
  const env = environmentOf(project, service, context)
  const policy = typeof service.restart === 'string' ? service.restart.split(':') : undefined
  const mode = typeof service.network_mode === 'string' ? service.network_mode : undefined
  const networks = mode === undefined ? networksOf(project, name, service) : undefined
  const grace = typeof service.stop_grace_period === 'string' ? durationOf(service.stop_grace_period) : undefined
  const cpus = service.cpus ?? limits.cpus
  return {
    image: imageName(project, name),
    ...pick({
      command: words(service.command),
      entrypoint: words(service.entrypoint),
      env: Object.keys(env).length > 0 ? env : undefined,
      user: text(service.user),
      workdir: text(service.working_dir),
      hostname: text(service.hostname),
      labels: labelsOf(project, name, service),
      ports: portsOfService(service),
      expose: some(list(service.expose).map((port) => (String(port).includes('/') ? String(port) : `${port}/tcp`))),
      mounts: some(mountsOf(project, name, service, context)),
      networkMode: mode?.startsWith('service:')
        ? `container:${containerName(project, mode.slice('service:'.length), 1)}`
        : (mode ?? networks?.[0]?.name),
      networks,
      restart: policy ? restartPolicy(policy[0] ?? 'no', Number(policy[1] ?? 0)) : undefined,
      health: healthOf(service),
      memory: bytes(service.mem_limit ?? limits.memory),
      memoryReservation: bytes(service.mem_reservation),
      cpuMilli: cpus === undefined ? undefined : Math.round(Number(cpus) * 1000),
      cpuShares: service.cpu_shares === undefined ? undefined : Number(service.cpu_shares),
      stopSignal: text(service.stop_signal)?.replace(/^SIG/, ''),
      stopTimeout: grace,
      tty: truth(service.tty),
      stdin: truth(service.stdin_open),
      init: truth(service.init),
      privileged: truth(service.privileged),
      readOnly: truth(service.read_only),
      extraHosts: some(
        isShape(service.extra_hosts)
          ? Object.entries(service.extra_hosts).map(([host, ip]) => `${host}:${ip}`)
          : list(service.extra_hosts).map((one) => String(one).replace('=', ':')),
      ),
      dns: some(list(service.dns).map(String)),
      capAdd: some(list(service.cap_add).map(String)),
      capDrop: some(list(service.cap_drop).map(String)),
      platform: text(service.platform),
      logDriver: text(shape(service.logging).driver),
    }),
  }
}

const text = (value: unknown): string | undefined => (value === undefined || value === null ? undefined : String(value))
const truth = (value: unknown): boolean | undefined => (value === true || value === 'true' ? true : undefined)
const some = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined)

function bytes(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'number' ? value : bytesOf(String(value))
}

/** A command as a list; a text is taken apart as a shell would, without running one. Models: mattn/go-shellwords */
export function words(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value)) return value.map(String)
  const found: string[] = []
  let word = ''
  let quote = ''
  let any = false
  for (let i = 0; i < String(value).length; i++) {
    const c = String(value)[i] as string
    if (quote !== '') {
      if (c === quote) quote = ''
      else if (c === '\\' && quote === '"') word += String(value)[++i] ?? ''
      else word += c
    } else if (c === '"' || c === "'") {
      quote = c
      any = true
    } else if (c === '\\') word += String(value)[++i] ?? ''
    else if (/\s/.test(c)) {
      if (word !== '' || any) found.push(word)
      word = ''
      any = false
    } else word += c
  }
  if (word !== '' || any) found.push(word)
  return found
}

function environmentOf(project: Project, service: Shape, context: ServiceContext): { readonly [name: string]: string } {
  const env: { [name: string]: string } = {}
  for (const entry of list(service.env_file)) {
    const path = absolute(project.directory, String(isShape(entry) ? entry.path : entry))
    const file = context.read(path)
    if (file === undefined) {
      if (isShape(entry) && entry.required === false) continue
      throw new Problem(`env file ${path} not found: stat ${path}: no such file or directory`)
    }
    Object.assign(env, readDotEnv(file, project.env))
  }
  for (const [name, value] of Object.entries(mapping(service.environment))) {
    if (value !== null) env[name] = value
    else if (project.env[name] !== undefined) env[name] = project.env[name] as string
  }
  return env
}

function labelsOf(project: Project, name: string, service: Shape): { readonly [name: string]: string } {
  return {
    ...Object.fromEntries(Object.entries(mapping(service.labels)).map(([key, value]) => [key, value ?? ''])),
    'com.docker.compose.project': project.name,
    'com.docker.compose.service': name,
    'com.docker.compose.oneoff': 'False',
    'com.docker.compose.project.config_files': project.files.join(','),
    'com.docker.compose.project.working_dir': project.directory,
    'com.docker.compose.version': '5.0.0',
  }
}

function portsOfService(service: Shape): readonly PortMapping[] | undefined {
  return some(
    list(service.ports).flatMap((port) => {
      if (!isShape(port)) return portsOf([String(port)]) ?? []
      const from = /^(\d+)/.exec(String(port.published ?? ''))?.[1]
      return [
        {
          container: Number(port.target),
          protocol: (port.protocol ?? 'tcp') as PortMapping['protocol'],
          ...pick({ host: from === undefined ? undefined : Number(from), hostIp: text(port.host_ip) }),
        },
      ]
    }),
  )
}

function networksOf(project: Project, name: string, service: Shape): readonly NetworkWish[] {
  const wish = service.networks
  const keys = Array.isArray(wish) ? wish.map(String) : Object.keys(shape(wish))
  return (keys.length > 0 ? keys : ['default']).map((key) => {
    const own = Array.isArray(wish) ? {} : shape(shape(wish)[key])
    const aliases = [name, ...list(own.aliases).map(String)]
    return { name: fullName(project, key, project.networks[key]), aliases, ...pick({ ip: text(own.ipv4_address) }) }
  })
}

function mountsOf(project: Project, _name: string, service: Shape, context: ServiceContext): readonly Mount[] {
  const session = pick({ session: context.session })
  const volumes = list(service.volumes).map((mount): Mount => {
    if (!isShape(mount)) {
      const home = String(mount).replace(/^~/, project.env.HOME ?? '/root')
      const read = volumeMount(home, project.directory, context.session)
      if (read.type !== 'volume' || read.source === undefined) return read
      return { ...read, source: fullName(project, read.source, project.volumes[read.source]) }
    }
    const type = (mount.type ?? 'volume') as Mount['type']
    const source = text(mount.source)
    return {
      type: type === 'bind' || type === 'tmpfs' ? type : 'volume',
      target: String(mount.target),
      ...(mount.read_only ? { readOnly: true } : {}),
      ...(source === undefined
        ? {}
        : {
            source:
              type === 'bind'
                ? absolute(project.directory, source)
                : fullName(project, source, project.volumes[source]),
          }),
      ...(type === 'bind' ? session : {}),
    }
  })
  const files = (['configs', 'secrets'] as const).flatMap((kind) =>
    list(service[kind]).flatMap((wish): Mount[] => {
      const source = String(isShape(wish) ? wish.source : wish)
      const file = project[kind][source]?.file
      const wanted = isShape(wish) ? text(wish.target) : undefined
      const target =
        wanted === undefined
          ? kind === 'secrets'
            ? `/run/secrets/${source}`
            : `/${source}`
          : wanted.startsWith('/')
            ? wanted
            : kind === 'secrets'
              ? `/run/secrets/${wanted}`
              : `/${wanted}`
      return typeof file === 'string'
        ? [{ type: 'bind', source: absolute(project.directory, file), target, readOnly: true, ...session }]
        : []
    }),
  )
  return [
    ...volumes,
    ...files,
    ...list(service.tmpfs).map((target): Mount => ({ type: 'tmpfs', target: String(target).split(':')[0] ?? '' })),
  ]
}

function healthOf(service: Shape): HealthCheck | undefined {
  const health = shape(service.healthcheck)
  if (health.disable === true || health.test === undefined) return undefined
  const test = Array.isArray(health.test) ? health.test.map(String) : ['CMD-SHELL', String(health.test)]
  const time = (value: unknown): number => (value === undefined ? 0 : (durationOf(String(value)) ?? 0))
  return healthCheck({
    test,
    interval: time(health.interval),
    timeout: time(health.timeout),
    startPeriod: time(health.start_period),
    startInterval: time(health.start_interval),
    retries: Number(health.retries ?? 0),
  })
}
