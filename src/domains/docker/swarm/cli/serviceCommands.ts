import type { Emission, Json } from '../../../../kernel/index.ts'
import { findImage, parseReference } from '../../../containerd/index.ts'
import type { Ask } from '../../cli/ask.ts'
import type { Command, CommandFlag, Reply } from '../../cli/command.ts'
import { filtersOf } from '../../cli/filters.ts'
import { randomName } from '../../cli/names.ts'
import { eachArgument } from '../../cli/pick.ts'
import { Problem } from '../../cli/problem.ts'
import { labelsOf } from '../../cli/readSpec.ts'
import { words } from '../../compose/serviceSpec.ts'
import { familiar } from '../../image/index.ts'
import { portOfAnother, publication } from '../allocate.ts'
import { swarmId } from '../identity.ts'
import { isJob, type Service, serviceId, servicesOf } from '../service.ts'
import { NO_UPDATE, RESTART, type ServiceSpec, type TaskTemplate } from '../serviceSpec.ts'
import { tasksOfService } from '../task.ts'
import { manager, rpc, serviceNamed } from './access.ts'
import { type Converging, converge } from './converging.ts'
import { checkedCount } from './flags.ts'
import { printInspected, printPretty } from './inspected.ts'
import * as read from './readService.ts'
import { CREATE_FLAGS, UPDATE_FLAGS } from './serviceFlags.ts'
import { logsCommand } from './serviceLogs.ts'
import { serviceObject, servicePretty } from './serviceObject.ts'
import { printServices } from './serviceRows.ts'
import { PS_FLAGS, printTasks } from './taskRows.ts'

/** Name and digest of an image as a registry knows it; a warning where none does. */
export function resolved(ask: Ask, image: string): Pick<TaskTemplate, 'image' | 'digest'> {
  const reference = parseReference(image)
  if (!reference) throw rpc('InvalidArgument', `ContainerSpec: "${image}" is not a valid repository/tag`)
  const name = familiar(reference)
  if (reference.digest !== undefined || ask.flag('no-resolve-image')) return { image: name }
  const found = findImage(ask.world, image)
  if ('image' in found) return { image: name, digest: found.image.digest }
  if (ask.call.why === 'start')
    ask.err(
      `image ${name} could not be accessed on a registry to record\nits digest. Each node will access ${name} independently,\npossibly leading to different nodes running different\nversions of the image.\n\n`,
    )
  return { image: name }
}

/** The events that make a service, or the refusal of the managers. */
export function creation(ask: Ask, spec: ServiceSpec): Emission {
  read.validate(spec)
  if (ask.world.get(serviceId(spec.name)))
    throw rpc('AlreadyExists', `name conflicts with an existing object: service ${spec.name} already exists`)
  refusePorts(ask, spec)
  const service = {
    spec,
    version: 0,
    createdAt: ask.world.now,
    updatedAt: ask.world.now,
    vips: {},
    ports: [],
    turns: 0,
    iteration: 0,
  }
  const published = publication(ask.world, { ...service, id: serviceId(spec.name) } as unknown as Service)
  return { to: serviceId(spec.name), kind: 'docker.Service', type: 'Created', data: { ...service, ...published } }
}

function refusePorts(ask: Ask, spec: ServiceSpec): void {
  const other = portOfAnother(ask.world, spec.name, spec.ports)
  if (other)
    throw rpc(
      'InvalidArgument',
      `port '${other.port.published}' is already in use by service '${other.service.spec.name}' (${swarmId(other.service)}) as an ingress port`,
    )
}

const create: Command = {
  path: 'service create',
  summary: 'Create a new service',
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  args: [1, Number.POSITIVE_INFINITY],
  stopsAtArgument: true,
  flags: CREATE_FLAGS,
  run(ask) {
    const [image = '', ...command] = ask.args
    const mode = ask.text('mode') ?? 'replicated'
    if (mode !== 'replicated' && mode !== 'global' && mode !== 'replicated-job' && mode !== 'global-job')
      throw new Problem(`Unknown mode: ${mode}, only replicated and global supported`)
    const replicas = checkedCount(ask, 'replicas')
    if (replicas !== undefined && (mode === 'global' || mode === 'global-job'))
      throw new Problem(`replicas can only be used with replicated or replicated-job mode`)
    if (ask.has('max-concurrent') && mode !== 'replicated-job')
      throw new Problem('max-concurrent can only be used with replicated-job mode')
    const most = checkedCount(ask, 'replicas-max-per-node') ?? 0
    if (most > 0 && mode !== 'replicated' && mode !== 'replicated-job')
      throw new Problem('replicas-max-per-node can only be used with replicated or replicated-job mode')
    manager(ask)
    const env = read.environment(ask, ask.all('env'))
    const endpoint = ask.text('endpoint-mode') ?? 'vip'
    if (endpoint !== 'vip' && endpoint !== 'dnsrr') throw new Problem(`invalid endpoint mode: ${endpoint}`)
    const job = mode.endsWith('-job')
    const mounts = ask.all('mount').map((text) => read.serviceMount(ask, text))
    const container = read.containerPart(ask, {
      ...(command.length > 0 ? { command } : {}),
      ...(Object.keys(env).length > 0 ? { env } : {}),
      ...(ask.has('container-label') ? { labels: labelsOf(ask.all('container-label')) } : {}),
      ...(mounts.length > 0 ? { mounts } : {}),
      ...(ask.has('host') ? { extraHosts: ask.all('host') } : {}),
      ...(ask.has('dns') ? { dns: ask.all('dns') } : {}),
    })
    const spec: ServiceSpec = {
      name: ask.text('name') ?? randomName(ask.world, ask.engine),
      labels: labelsOf(ask.all('label')) ?? {},
      mode,
      replicas: replicas ?? 1,
      ...(ask.has('max-concurrent') ? { maxConcurrent: checkedCount(ask, 'max-concurrent') } : {}),
      task: {
        ...resolved(ask, image),
        container,
        ...(ask.flag('no-healthcheck') ? { noHealth: true as const } : {}),
        networks: ask.all('network').map((text) => read.networkWish(ask, text)),
        secrets: ask.all('secret').map((text) => read.fileReference(ask, 'secret', text)),
        configs: ask.all('config').map((text) => read.fileReference(ask, 'config', text)),
        limits: read.resources(ask, 'limit', {}),
        reservations: read.resources(ask, 'reserve', {}),
        restart: read.restartCondition(ask, job ? { ...RESTART, condition: 'on-failure' } : RESTART),
        placement: {
          constraints: read.checkedConstraints(ask.all('constraint')),
          preferences: ask.all('placement-pref').map((text) => read.preference(ask, text)),
          maxReplicas: most,
        },
        force: 0,
      },
      update: read.updateConfig(ask, 'update', NO_UPDATE),
      rollback: read.updateConfig(ask, 'rollback', NO_UPDATE),
      endpointMode: endpoint,
      ports: ask.all('publish').flatMap((text) => read.servicePort(ask, text)),
    }
    if (job && (ask.has('update-parallelism') || ask.has('update-delay')))
      throw new Problem('update config is not valid for jobs')
    ask.emit([creation(ask, spec)])
    return { wait: { after: 60 }, state: { names: [spec.name], said: 0, since: undefined } as unknown as Json }
  },
  resume(ask, state) {
    const { names, said } = state as unknown as Converging
    if (said === 0 && ask.call.why !== 'signal') {
      ask.out(`${swarmId(serviceNamed(ask, names[0] ?? ''))}\n`)
      if (ask.flag('detach')) return { exit: 0 }
    }
    return converge(ask, { ...(state as unknown as Converging), said: 1 })
  },
}

/** A list with some added in the place of those with the same key, and some taken away. */
function changed<T>(
  before: readonly T[],
  added: readonly T[],
  removed: (one: T) => boolean,
  key: (one: T) => string,
): readonly T[] {
  const keys = new Set(added.map(key))
  return [...before.filter((one) => !removed(one) && !keys.has(key(one))), ...added]
}

function changedMap(
  ask: Ask,
  name: string,
  before: { readonly [name: string]: string } | undefined,
  added: { readonly [name: string]: string } | undefined,
) {
  const next: { [name: string]: string } = { ...before, ...added }
  for (const key of ask.all(`${name}-rm`)) delete next[key]
  return next
}

const update: Command = {
  path: 'service update',
  summary: 'Update a service',
  usage: '[OPTIONS] SERVICE',
  args: [1, 1],
  flags: UPDATE_FLAGS,
  run(ask) {
    manager(ask)
    const [text = ''] = ask.args
    const service = serviceNamed(ask, text)
    if (ask.flag('rollback')) return rollingBack(ask, service, text)
    const { spec } = service
    const { task } = spec
    const { container } = task
    const replicas = checkedCount(ask, 'replicas')
    if (replicas !== undefined && spec.mode !== 'replicated' && spec.mode !== 'replicated-job')
      throw new Problem('replicas can only be used with replicated or replicated-job mode')
    const env = changedMap(ask, 'env', container.env, read.environment(ask, ask.all('env-add')))
    const labels = changedMap(ask, 'container-label', container.labels, labelsOf(ask.all('container-label-add')))
    const mounts = changed(
      container.mounts ?? [],
      ask.all('mount-add').map((one) => read.serviceMount(ask, one)),
      ({ target }) => ask.all('mount-rm').includes(target),
      ({ target }) => target,
    )
    const args = ask.text('args')
    const image = ask.text('image')
    const ports = changed(
      spec.ports,
      ask.all('publish-add').flatMap((one) => read.servicePort(ask, one)),
      (port) => ask.all('publish-rm').some((one) => /^(?:.*target=)?(\d+)/.exec(one)?.[1] === String(port.target)),
      ({ published, target, protocol }) => `${published} ${target} ${protocol}`,
    )
    const files = (sort: 'secret' | 'config', before: TaskTemplate['secrets']) =>
      changed(
        before,
        ask.all(`${sort}-add`).map((one) => read.fileReference(ask, sort, one)),
        ({ name }) => ask.all(`${sort}-rm`).includes(name),
        ({ target }) => target,
      )
    const gone = (name: string, one: string): boolean => ask.all(`${name}-rm`).includes(one)
    const most = checkedCount(ask, 'replicas-max-per-node')
    const endpoint = ask.text('endpoint-mode')
    const part = read.containerPart(ask, container)
    const {
      env: _env,
      labels: _labels,
      mounts: _mounts,
      command: _command,
      extraHosts: _hosts,
      dns: _dns,
      ...rest
    } = part
    const hosts = [...(container.extraHosts ?? []).filter((one) => !gone('host', one)), ...ask.all('host-add')]
    const dns = [...(container.dns ?? []).filter((one) => !gone('dns', one)), ...ask.all('dns-add')]
    const command = args === undefined ? container.command : words(args)
    const next: ServiceSpec = {
      ...spec,
      labels: changedMap(ask, 'label', spec.labels, labelsOf(ask.all('label-add'))),
      replicas: replicas ?? spec.replicas,
      ...(ask.has('max-concurrent') ? { maxConcurrent: checkedCount(ask, 'max-concurrent') } : {}),
      task: {
        ...task,
        ...(image === undefined ? {} : { digest: undefined, ...resolved(ask, image) }),
        container: {
          ...rest,
          ...(command && command.length > 0 ? { command } : {}),
          ...(Object.keys(env).length > 0 ? { env } : {}),
          ...(Object.keys(labels).length > 0 ? { labels } : {}),
          ...(mounts.length > 0 ? { mounts } : {}),
          ...(hosts.length > 0 ? { extraHosts: hosts } : {}),
          ...(dns.length > 0 ? { dns } : {}),
        },
        ...(ask.flag('no-healthcheck') ? { noHealth: true as const } : {}),
        networks: changed(
          task.networks,
          ask.all('network-add').map((one) => read.networkWish(ask, one)),
          ({ name }) => gone('network', name),
          ({ name }) => name,
        ),
        secrets: files('secret', task.secrets),
        configs: files('config', task.configs),
        limits: read.resources(ask, 'limit', task.limits),
        reservations: read.resources(ask, 'reserve', task.reservations),
        restart: read.restartCondition(ask, task.restart),
        placement: {
          constraints: read.checkedConstraints([
            ...task.placement.constraints.filter((one) => !gone('constraint', one)),
            ...ask.all('constraint-add'),
          ]),
          preferences: [
            ...task.placement.preferences.filter((one) => !gone('placement-pref', `spread=${one}`)),
            ...ask.all('placement-pref-add').map((one) => read.preference(ask, one)),
          ],
          maxReplicas: most ?? task.placement.maxReplicas,
        },
        force: task.force + (ask.flag('force') ? 1 : 0),
      },
      update: read.updateConfig(ask, 'update', spec.update),
      rollback: read.updateConfig(ask, 'rollback', spec.rollback),
      endpointMode: endpoint === 'dnsrr' || endpoint === 'vip' ? endpoint : spec.endpointMode,
      ports,
    }
    read.validate(next)
    refusePorts(ask, next)
    ask.emit([{ to: service.id, type: 'SpecChanged', data: { spec: next, ...(isJob(next) ? { iterate: true } : {}) } }])
    ask.out(`${text}\n`)
    if (ask.flag('detach')) return { exit: 0 }
    return { wait: { after: 60 }, state: { names: [spec.name], said: 1 } as unknown as Json }
  },
  resume: (ask, state) => converge(ask, state as unknown as Converging),
}

function rollingBack(ask: Ask, service: Service, text: string): Reply {
  if (!service.previous) throw rpc('FailedPrecondition', `service ${service.spec.name} does not have a previous spec`)
  const slots = tasksOfService(ask.world, service.id).filter(({ desired }) => desired === 'running').length
  ask.emit([{ to: service.id, type: 'RollbackStarted', data: { message: 'manually requested rollback', slots } }])
  ask.out(`${text}\n`)
  if (ask.flag('detach')) return { exit: 0 }
  return { wait: { after: 60 }, state: { names: [service.spec.name], said: 1, rollback: true } as unknown as Json }
}

const WAITING: readonly CommandFlag[] = [
  { name: 'detach', short: 'd', says: 'Exit immediately instead of waiting for the service to converge' },
  { name: 'quiet', short: 'q', says: 'Suppress progress output' },
]

const scale: Command = {
  path: 'service scale',
  summary: 'Scale one or multiple replicated services',
  usage: 'SERVICE=REPLICAS [SERVICE=REPLICAS...]',
  args: [1, Number.POSITIVE_INFINITY],
  flags: WAITING.slice(0, 1),
  run(ask) {
    for (const text of ask.args) {
      const [, count] = text.split('=')
      if (count === undefined)
        throw new Problem(
          `invalid scale specifier '${text}'\n\nUsage:  docker service scale ${ask.command.usage}\n\nScale one or multiple replicated services`,
        )
    }
    manager(ask)
    const names: string[] = []
    const { exit } = eachArgument(ask, (text) => {
      const [name = '', count = ''] = text.split('=')
      if (!/^\d+$/.test(count))
        throw new Problem(
          `${name}: invalid replicas value ${count}: strconv.ParseUint: parsing "${count}": invalid syntax`,
        )
      const service = serviceNamed(ask, name)
      if (service.spec.mode !== 'replicated' && service.spec.mode !== 'replicated-job')
        throw new Problem(`${name}: scale can only be used with replicated or replicated-job mode`)
      ask.emit([{ to: service.id, type: 'SpecChanged', data: { spec: { ...service.spec, replicas: Number(count) } } }])
      ask.out(`${name} scaled to ${Number(count)}\n`)
      names.push(service.spec.name)
    })
    if (ask.flag('detach') || names.length === 0) return { exit }
    return { wait: { after: 60 }, state: { names, said: 1 } as unknown as Json }
  },
  resume: (ask, state) => converge(ask, state as unknown as Converging),
}

const rollback: Command = {
  path: 'service rollback',
  summary: "Revert changes to a service's configuration",
  usage: '[OPTIONS] SERVICE',
  args: [1, 1],
  flags: WAITING,
  run(ask) {
    manager(ask)
    const [text = ''] = ask.args
    return rollingBack(ask, serviceNamed(ask, text), text)
  },
  resume: (ask, state) => converge(ask, state as unknown as Converging),
}

const ls: Command = {
  path: 'service ls',
  aliases: ['service list'],
  summary: 'List services',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [
    { name: 'filter', short: 'f', type: 'filter', says: 'Filter output based on conditions provided' },
    { name: 'format', type: 'string', says: 'Format output using a custom template' },
    { name: 'quiet', short: 'q', says: 'Only display IDs' },
  ],
  run(ask) {
    manager(ask)
    return printServices(ask, servicesOf(ask.world), filtersOf(ask, ['id', 'label', 'mode', 'name', 'runtime']))
  },
}

const ps: Command = {
  path: 'service ps',
  summary: 'List the tasks of one or more services',
  usage: '[OPTIONS] SERVICE [SERVICE...]',
  args: [1, Number.POSITIVE_INFINITY],
  flags: PS_FLAGS,
  run(ask) {
    manager(ask)
    const found: Service[] = []
    const problems: string[] = []
    for (const text of ask.args)
      try {
        found.push(serviceNamed(ask, text))
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem
        problems.push(`no such service: ${text}`)
      }
    const reply =
      found.length > 0
        ? printTasks(
            ask,
            found.flatMap(({ id }) => tasksOfService(ask.world, id)).filter(({ desired }) => desired !== 'remove'),
            ['id', 'name', 'node', 'desired-state'],
          )
        : { exit: 0 }
    for (const problem of problems) ask.err(`${problem}\n`)
    return problems.length > 0 ? { exit: 1 } : reply
  },
}

const inspect: Command = {
  path: 'service inspect',
  summary: 'Display detailed information on one or more services',
  usage: '[OPTIONS] SERVICE [SERVICE...]',
  args: [1, Number.POSITIVE_INFINITY],
  flags: [
    { name: 'format', short: 'f', type: 'string', says: 'Format output using a custom template' },
    { name: 'pretty', says: 'Print the information in a human friendly format' },
  ],
  run(ask) {
    manager(ask)
    const named = (text: string): Service => {
      try {
        return serviceNamed(ask, text)
      } catch (problem) {
        if (problem instanceof Problem && problem.message.endsWith('not found'))
          throw new Problem(`Error: no such service: ${text}`)
        throw problem
      }
    }
    if (ask.flag('pretty') || ask.text('format') === 'pretty')
      return printPretty(ask, (text) => servicePretty(ask, named(text)))
    return printInspected(ask, (text) => serviceObject(ask, named(text)))
  },
}

const rm: Command = {
  path: 'service rm',
  aliases: ['service remove'],
  summary: 'Remove one or more services',
  usage: 'SERVICE [SERVICE...]',
  args: [1, Number.POSITIVE_INFINITY],
  run(ask) {
    manager(ask)
    return eachArgument(ask, (text) => {
      ask.emit([{ to: serviceNamed(ask, text).id, type: 'Removed' }])
      ask.out(`${text}\n`)
    })
  },
}

/** `docker service`. Models: docker/cli cli/command/service and swarmkit manager/controlapi/service.go */
export const serviceCommands: readonly Command[] = [create, update, scale, rollback, ls, ps, inspect, rm, logsCommand]
