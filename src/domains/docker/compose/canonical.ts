import { absolute, dependenciesOf } from './load.ts'
import { fullName, type Project } from './project.ts'
import { words } from './serviceSpec.ts'
import { isShape, list, mapping, type Shape, shape } from './shape.ts'

/** A project in the long forms that `docker compose config` prints, keys in order. Models: compose-go types.Project MarshalYAML */
export function canonical(project: Project, only: readonly string[]): Shape {
  const services = Object.fromEntries(
    Object.keys(project.services)
      .sort()
      .filter((name) => only.length === 0 || only.includes(name))
      .map((name) => [name, sorted(serviceOf(project, shape(project.services[name])))]),
  )
  const networks: Record<string, unknown> = {}
  const used = new Set(Object.values(services).flatMap((service) => Object.keys(shape((service as Shape).networks))))
  for (const key of [...new Set([...used, ...Object.keys(project.networks)])].sort())
    networks[key] = sorted({ name: fullName(project, key, project.networks[key]), ...project.networks[key] })
  const volumes = Object.fromEntries(
    Object.keys(project.volumes)
      .sort()
      .map((key) => [key, sorted({ name: fullName(project, key, project.volumes[key]), ...project.volumes[key] })]),
  )
  const files = (kind: 'configs' | 'secrets') =>
    Object.fromEntries(
      Object.entries(project[kind]).map(([key, value]) => [
        key,
        sorted({
          name: fullName(project, key, value),
          ...value,
          ...(typeof value.file === 'string' ? { file: absolute(project.directory, value.file) } : {}),
        }),
      ]),
    )
  return {
    name: project.name,
    services,
    ...(Object.keys(networks).length > 0 ? { networks } : {}),
    ...(Object.keys(volumes).length > 0 ? { volumes } : {}),
    ...(Object.keys(project.configs).length > 0 ? { configs: files('configs') } : {}),
    ...(Object.keys(project.secrets).length > 0 ? { secrets: files('secrets') } : {}),
  }
}

function serviceOf(project: Project, service: Shape): Shape {
  const waits = dependenciesOf({ depends_on: service.depends_on })
  const environment = Object.fromEntries(
    Object.entries(mapping(service.environment))
      .map(([key, value]) => [key, value ?? project.env[key] ?? null] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  const networks = service.network_mode === undefined ? networksOf(service) : undefined
  const build = service.build
  const context = isShape(build) ? build : { context: String(build ?? '.') }
  return {
    ...service,
    ...(build === undefined
      ? {}
      : {
          build: sorted({
            dockerfile: 'Dockerfile',
            ...context,
            context: absolute(project.directory, String(context.context ?? '.')),
            ...(context.args ? { args: mapping(context.args) } : {}),
          }),
        }),
    command: words(service.command) ?? null,
    entrypoint: words(service.entrypoint) ?? null,
    ...(waits.length > 0
      ? {
          depends_on: Object.fromEntries(
            waits.map(({ service: name, condition, required }) => [name, { condition, required }]),
          ),
        }
      : {}),
    ...(service.environment === undefined ? {} : { environment }),
    ...(service.labels === undefined ? {} : { labels: mapping(service.labels) }),
    ...(service.expose === undefined ? {} : { expose: list(service.expose).map(String) }),
    ...(networks ? { networks } : {}),
    ...(service.ports === undefined ? {} : { ports: list(service.ports).flatMap(longPort) }),
    ...(service.volumes === undefined
      ? {}
      : { volumes: list(service.volumes).map((mount) => longMount(project, mount)) }),
  }
}

function networksOf(service: Shape): Shape {
  if (Array.isArray(service.networks)) return Object.fromEntries(service.networks.map((key) => [String(key), null]))
  return Object.keys(shape(service.networks)).length > 0 ? shape(service.networks) : { default: null }
}

function longPort(port: unknown): readonly unknown[] {
  if (isShape(port))
    return [
      {
        mode: 'ingress',
        ...port,
        ...(port.published === undefined ? {} : { published: String(port.published) }),
        protocol: port.protocol ?? 'tcp',
      },
    ]
  const parts = /^(?:(?:(\[[^\]]*\]|[^:]*):)?([^:]*):)?([^:/]*)(?:\/(\w+))?$/.exec(String(port))
  if (!parts) return [port]
  const [, ip, published, target, protocol = 'tcp'] = parts
  return [
    {
      mode: 'ingress',
      ...(ip ? { host_ip: ip } : {}),
      target: Number(target),
      ...(published ? { published } : {}),
      protocol,
    },
  ]
}

function longMount(project: Project, mount: unknown): unknown {
  if (isShape(mount))
    return mount.type === 'bind' && typeof mount.source === 'string'
      ? { ...mount, source: absolute(project.directory, mount.source) }
      : mount
  const [first = '', second, mode] = String(mount).split(':')
  if (second === undefined) return { type: 'volume', target: first, volume: {} }
  const readOnly = mode?.split(',').includes('ro') ? { read_only: true } : {}
  if (/^[./~]/.test(first))
    return {
      type: 'bind',
      source: absolute(project.directory, first.replace(/^~/, project.env.HOME ?? '/root')),
      target: second,
      ...readOnly,
      bind: {},
    }
  return { type: 'volume', source: first, target: second, ...readOnly, volume: {} }
}

function sorted(value: Shape): Shape {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
