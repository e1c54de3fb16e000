import type { World } from '../../../../kernel/index.ts'
import type { Ask } from '../../cli/ask.ts'
import { binarySize, humanDuration, nanoTime } from '../../cli/units.ts'
import type { ContainerSpec } from '../../container/containerSpec.ts'
import { networkHex, networkNamed } from '../../network/network.ts'
import { findBlob } from '../blob.ts'
import { swarmId } from '../identity.ts'
import type { Service } from '../service.ts'
import type { FileReference, Resources, ServicePort, ServiceSpec, TaskTemplate, UpdateConfig } from '../serviceSpec.ts'
import type { Task } from '../task.ts'

const nano = (ms: number): number => ms * 1_000_000

/** A service as the API has it. Models: moby daemon/cluster/convert/service.go */
export function serviceObject(ask: Ask, service: Service): Readonly<Record<string, unknown>> {
  const { world } = ask
  const { updateStatus: status } = service
  return {
    ID: swarmId(service),
    Version: { Index: 10 + service.born + service.version },
    CreatedAt: nanoTime(service.createdAt),
    UpdatedAt: nanoTime(service.updatedAt),
    Spec: specObject(world, service.spec),
    ...(service.previous ? { PreviousSpec: specObject(world, service.previous) } : {}),
    Endpoint: {
      Spec: service.ports.length > 0 || Object.keys(service.vips).length > 0 ? endpointSpec(service.spec) : {},
      ...(service.ports.length > 0 ? { Ports: service.ports.map(portObject) } : {}),
      ...(Object.keys(service.vips).length > 0
        ? {
            VirtualIPs: Object.entries(service.vips).map(([name, ip]) => {
              const network = networkNamed(world, ask.engine, name)
              return {
                NetworkID: network ? networkHex(network) : '',
                Addr: `${ip}/${network?.subnet?.split('/')[1] ?? 24}`,
              }
            }),
          }
        : {}),
    },
    ...(status
      ? {
          UpdateStatus: {
            State: status.state,
            StartedAt: nanoTime(status.startedAt),
            ...(status.completedAt === undefined ? {} : { CompletedAt: nanoTime(status.completedAt) }),
            Message: status.message,
          },
        }
      : {}),
  }
}

function endpointSpec(spec: ServiceSpec) {
  return { Mode: spec.endpointMode, ...(spec.ports.length > 0 ? { Ports: spec.ports.map(portObject) } : {}) }
}

function portObject({ protocol, target, published, mode }: ServicePort) {
  return {
    Protocol: protocol,
    TargetPort: target,
    ...(published === 0 ? {} : { PublishedPort: published }),
    PublishMode: mode,
  }
}

function specObject(world: World, spec: ServiceSpec) {
  return {
    Name: spec.name,
    Labels: spec.labels,
    TaskTemplate: templateObject(world, spec.task),
    Mode:
      spec.mode === 'global'
        ? { Global: {} }
        : spec.mode === 'global-job'
          ? { GlobalJob: {} }
          : spec.mode === 'replicated-job'
            ? { ReplicatedJob: { MaxConcurrent: spec.maxConcurrent ?? spec.replicas, TotalCompletions: spec.replicas } }
            : { Replicated: { Replicas: spec.replicas } },
    ...(spec.mode.endsWith('-job')
      ? {}
      : { UpdateConfig: configObject(spec.update), RollbackConfig: configObject(spec.rollback) }),
    EndpointSpec: endpointSpec(spec),
  }
}

function configObject(config: UpdateConfig) {
  return {
    Parallelism: config.parallelism,
    ...(config.delay > 0 ? { Delay: nano(config.delay) } : {}),
    FailureAction: config.failureAction,
    Monitor: nano(config.monitor),
    MaxFailureRatio: config.maxFailureRatio,
    Order: config.order,
  }
}

function resourceObject(part: Resources) {
  return {
    ...(part.cpuMilli === undefined ? {} : { NanoCPUs: part.cpuMilli * 1_000_000 }),
    ...(part.memory === undefined ? {} : { MemoryBytes: part.memory }),
    ...(part.pids === undefined ? {} : { Pids: part.pids }),
  }
}

/** Image with the digest that the registry gave. */
export function pinned(task: TaskTemplate): string {
  return task.digest === undefined ? task.image : `${task.image}@${task.digest}`
}

function templateObject(world: World, task: TaskTemplate) {
  const { container, placement, restart } = task
  return {
    ContainerSpec: containerObject(world, task, container),
    Resources: { Limits: resourceObject(task.limits), Reservations: resourceObject(task.reservations) },
    RestartPolicy: {
      Condition: restart.condition,
      Delay: nano(restart.delay),
      MaxAttempts: restart.maxAttempts,
      ...(restart.window > 0 ? { Window: nano(restart.window) } : {}),
    },
    Placement: {
      ...(placement.constraints.length > 0 ? { Constraints: placement.constraints } : {}),
      ...(placement.preferences.length > 0
        ? { Preferences: placement.preferences.map((one) => ({ Spread: { SpreadDescriptor: one } })) }
        : {}),
      ...(placement.maxReplicas > 0 ? { MaxReplicas: placement.maxReplicas } : {}),
      Platforms: [{ Architecture: 'amd64', OS: 'linux' }],
    },
    ...(task.networks.length > 0
      ? {
          Networks: task.networks.map(({ name, aliases }) => {
            const network = networkNamed(world, 'docker.Engine/local', name)
            return { Target: network ? networkHex(network) : name, ...(aliases ? { Aliases: aliases } : {}) }
          }),
        }
      : {}),
    ...(container.logDriver
      ? { LogDriver: { Name: container.logDriver, ...(container.logOptions ? { Options: container.logOptions } : {}) } }
      : {}),
    ForceUpdate: task.force,
    Runtime: 'container',
  }
}

function containerObject(world: World, task: TaskTemplate, container: Omit<ContainerSpec, 'image'>) {
  const files = (sort: 'secret' | 'config', list: readonly FileReference[]) =>
    list.map((one) => {
      const blob = findBlob(world, sort, one.name)
      const title = sort === 'secret' ? 'Secret' : 'Config'
      return {
        File: { Name: one.target, UID: one.uid, GID: one.gid, Mode: one.mode },
        [`${title}ID`]: blob ? swarmId(blob) : '',
        [`${title}Name`]: one.name,
      }
    })
  return {
    Image: pinned(task),
    ...(container.labels ? { Labels: container.labels } : {}),
    ...(container.entrypoint ? { Command: container.entrypoint } : {}),
    ...(container.command ? { Args: container.command } : {}),
    ...(container.hostname ? { Hostname: container.hostname } : {}),
    ...(container.env ? { Env: Object.entries(container.env).map(([key, value]) => `${key}=${value}`) } : {}),
    ...(container.workdir ? { Dir: container.workdir } : {}),
    ...(container.user ? { User: container.user } : {}),
    Init: container.init ?? false,
    ...(container.readOnly ? { ReadOnly: true } : {}),
    ...(container.mounts && container.mounts.length > 0
      ? {
          Mounts: container.mounts.map(({ type, source, target, readOnly }) => ({
            Type: type,
            ...(source === undefined ? {} : { Source: source }),
            Target: target,
            ...(readOnly ? { ReadOnly: true } : {}),
          })),
        }
      : {}),
    ...(container.stopSignal ? { StopSignal: `SIG${container.stopSignal}` } : {}),
    StopGracePeriod: nano(container.stopTimeout ?? 10_000),
    ...(container.health
      ? {
          Healthcheck: {
            Test: container.health.test,
            Interval: nano(container.health.interval),
            Timeout: nano(container.health.timeout),
            Retries: container.health.retries,
          },
        }
      : {}),
    ...(container.extraHosts ? { Hosts: container.extraHosts } : {}),
    DNSConfig: container.dns ? { Nameservers: container.dns } : {},
    ...(task.secrets.length > 0 ? { Secrets: files('secret', task.secrets) } : {}),
    ...(task.configs.length > 0 ? { Configs: files('config', task.configs) } : {}),
    Isolation: 'default',
  }
}

/** A task as `docker inspect` shows it. */
export function taskObject(world: World, task: Task): Readonly<Record<string, unknown>> {
  const service = world.get(task.service)
  const node = task.node === undefined ? undefined : world.get(task.node)
  const container = task.container === undefined ? undefined : world.get(task.container)
  return {
    ID: swarmId(task),
    Version: { Index: 10 + task.born + task.entry },
    CreatedAt: nanoTime(task.createdAt),
    UpdatedAt: nanoTime(task.since),
    Labels: {},
    Spec: templateObject(world, task.spec.task),
    ServiceID: service ? swarmId(service) : '',
    ...(task.slot.startsWith('docker.') ? {} : { Slot: Number(task.slot) }),
    ...(node ? { NodeID: swarmId(node) } : {}),
    Status: {
      Timestamp: nanoTime(task.since),
      State: task.state,
      Message: task.state === 'running' ? 'started' : task.state,
      ...(task.error === undefined ? {} : { Err: task.error }),
      ContainerStatus: { ContainerID: container ? container.id : '', PID: 0, ExitCode: 0 },
      PortStatus: {},
    },
    DesiredState: task.desired,
    NetworksAttachments: Object.entries(task.addresses ?? {}).map(([name, ip]) => ({
      Network: {
        Spec: { Name: name },
        ID: ((network) => (network ? networkHex(network) : ''))(networkNamed(world, 'docker.Engine/local', name)),
      },
      Addresses: [`${ip}/24`],
    })),
    Volumes: null,
  }
}

/** A service in words. Models: docker/cli cli/command/formatter, serviceInspectPrettyTemplate */
export function servicePretty(ask: Ask, service: Service): string {
  const { spec, updateStatus: status } = service
  const { task } = spec
  const { container, placement } = task
  const labels = Object.entries(spec.labels).map(([key, value]) => ` - ${key}=${value}`)
  const title = spec.mode.replace(
    /(^|-)([a-z])/g,
    (_, dash: string, letter: string) => (dash ? ' ' : '') + letter.toUpperCase(),
  )
  const config = (name: string, one: UpdateConfig): readonly string[] => [
    `${name}:`,
    ` Parallelism:\t${one.parallelism}`,
    ...(one.delay > 0 ? [` Delay:\t\t${span(one.delay)}`] : []),
    ` On failure:\t${one.failureAction}`,
    ` Monitoring Period: ${span(one.monitor)}`,
    ` Max failure ratio: ${one.maxFailureRatio}`,
    ` ${name === 'UpdateConfig' ? 'Update' : 'Rollback'} order:      ${one.order}`,
  ]
  const part = (name: string, one: Resources): readonly string[] =>
    one.cpuMilli === undefined && one.memory === undefined
      ? []
      : [
          ` ${name}:`,
          ...(one.cpuMilli === undefined ? [] : [`  CPU:\t\t${one.cpuMilli / 1000}`]),
          ...(one.memory === undefined ? [] : [`  Memory:\t${binarySize(one.memory)}`]),
        ]
  return [
    '',
    `ID:\t\t${swarmId(service)}`,
    `Name:\t\t${spec.name}`,
    ...(labels.length > 0 ? ['Labels:', ...labels] : []),
    `Service Mode:\t${title}`,
    ...(spec.mode === 'replicated' ? [` Replicas:\t${spec.replicas}`] : []),
    ...(spec.mode === 'replicated-job'
      ? [` Concurrent:\t${spec.maxConcurrent ?? spec.replicas}`, ` Completions:\t${spec.replicas}`]
      : []),
    ...(status
      ? [
          'UpdateStatus:',
          ` State:\t\t${status.state}`,
          ` Started:\t${humanDuration(ask.world.now - status.startedAt).toLowerCase()} ago`,
          ...(status.completedAt === undefined
            ? []
            : [` Completed:\t${humanDuration(ask.world.now - status.completedAt).toLowerCase()} ago`]),
          ` Message:\t${status.message}`,
        ]
      : []),
    'Placement:',
    ...(placement.constraints.length > 0 ? [` Constraints:\t[${placement.constraints.join(' ')}]`] : []),
    ...(placement.preferences.length > 0
      ? [` Preferences:\t${placement.preferences.map((one) => `spread=${one}`).join(' ')}`]
      : []),
    ...(placement.maxReplicas > 0 ? [` Max Replicas Per Node:\t${placement.maxReplicas}`] : []),
    ...config('UpdateConfig', spec.update),
    ...config('RollbackConfig', spec.rollback),
    'ContainerSpec:',
    ` Image:\t\t${pinned(task)}`,
    ...(container.command ? [` Args:\t\t${container.command.join(' ')} `] : []),
    ...(container.env
      ? [
          ` Env:\t\t${Object.entries(container.env)
            .map(([key, value]) => `${key}=${value}`)
            .join(' ')} `,
        ]
      : []),
    ...(container.workdir ? [` Dir:\t\t${container.workdir}`] : []),
    ...(container.user ? [` User: ${container.user}`] : []),
    ` Init:\t\t${container.init ?? false}`,
    ...(container.mounts && container.mounts.length > 0
      ? [
          'Mounts:',
          ...container.mounts.flatMap(({ type, source, target, readOnly }) => [
            ` Target:\t${target}`,
            `  Source:\t${source ?? ''}`,
            `  ReadOnly:\t${readOnly ?? false}`,
            `  Type:\t\t${type}`,
          ]),
        ]
      : []),
    ...(task.configs.length > 0
      ? ['Configs:', ...task.configs.map(({ name, target }) => ` Target:\t${target}\n  Source:\t${name}`)]
      : []),
    ...(task.secrets.length > 0
      ? ['Secrets:', ...task.secrets.map(({ name, target }) => ` Target:\t${target}\n  Source:\t${name}`)]
      : []),
    'Resources:',
    ...part('Reservations', task.reservations),
    ...part('Limits', task.limits),
    ...(task.networks.length > 0 ? [`Networks: ${task.networks.map(({ name }) => name).join(' ')} `] : []),
    `Endpoint Mode:\t${spec.endpointMode}`,
    ...(service.ports.length > 0
      ? [
          'Ports:',
          ...service.ports.flatMap(({ published, protocol, target, mode }) => [
            ` PublishedPort = ${published}`,
            `  Protocol = ${protocol}`,
            `  TargetPort = ${target}`,
            `  PublishMode = ${mode}`,
          ]),
        ]
      : []),
    '',
  ]
    .slice(1)
    .join('\n')
}

/** A span as Go writes it: `1m30s`. */
export function span(ms: number): string {
  if (ms < 1000) return `${ms}ms`
  const hours = Math.floor(ms / 3_600_000)
  const minutes = Math.floor((ms % 3_600_000) / 60_000)
  const seconds = (ms % 60_000) / 1000
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}s`
}
