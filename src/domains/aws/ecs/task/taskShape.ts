import type { ContainerSpec, Mount } from '../../../docker/index.ts'
import { cpuUnits, memoryMiB } from '../definition/size.ts'
import type { DefinitionSpec, TaskDefinition } from '../definition/taskDefinition.ts'
import type { Wanted } from '../placement.ts'
import type * as api from '../types.generated.ts'

/** What a revision comes to when a task is started of it: what it takes of an instance, and its containers as docker takes them. */
export interface TaskShape extends Wanted {
  readonly cpu: number
  readonly memory: number
  readonly ports: readonly string[]
  readonly eni: boolean
  readonly containers: readonly ContainerPlan[]
}

export interface ContainerPlan {
  readonly name: string
  readonly image: string
  readonly essential: boolean
  readonly spec: ContainerSpec
  readonly dependsOn: readonly api.ContainerDependency[]
  readonly secrets: readonly api.Secret[]
  readonly definition: api.ContainerDefinition
}

/** The shape of a task; made once for each revision and override, and shared by all of its tasks. */
export function taskShape(definition: TaskDefinition, overrides?: api.TaskOverride): TaskShape {
  if (overrides && hasOverrides(overrides)) {
    let known = overridden.get(overrides)
    if (!known) {
      known = make(definition, overrides)
      overridden.set(overrides, known)
    }
    return known
  }
  let known = shapes.get(definition.spec)
  if (!known) {
    known = make(definition)
    shapes.set(definition.spec, known)
  }
  return known
}

const shapes = new WeakMap<DefinitionSpec, TaskShape>()
const overridden = new WeakMap<api.TaskOverride, TaskShape>()

function hasOverrides(overrides: api.TaskOverride): boolean {
  return (
    (overrides.containerOverrides?.length ?? 0) > 0 || overrides.cpu !== undefined || overrides.memory !== undefined
  )
}

function make(definition: TaskDefinition, overrides?: api.TaskOverride): TaskShape {
  const { spec } = definition
  const containers = spec.containerDefinitions.map((one) => {
    const over = overrides?.containerOverrides?.find(({ name }) => name === one.name)
    return planOf(over ? withOverride(one, over) : one, definition)
  })
  const sum = (of: (container: api.ContainerDefinition) => number) =>
    containers.reduce((total, container) => total + of(container.definition), 0)
  const mode = spec.networkMode ?? 'bridge'
  const gpu = sum(({ resourceRequirements = [] }) =>
    resourceRequirements.reduce((total, { type, value }) => total + (type === 'GPU' ? Number(value) : 0), 0),
  )
  return {
    cpu: cpuUnits(overrides?.cpu ?? spec.cpu) ?? sum(({ cpu = 0 }) => cpu),
    memory:
      memoryMiB(overrides?.memory ?? spec.memory) ??
      sum(({ memory, memoryReservation }) => memoryReservation ?? memory ?? 0),
    ...(gpu > 0 ? { gpu } : {}),
    eni: mode === 'awsvpc',
    ports:
      mode === 'awsvpc'
        ? []
        : containers.flatMap(({ definition: { portMappings = [] } }) =>
            portMappings.flatMap(({ hostPort, protocol = 'tcp' }) => (hostPort ? [`${hostPort}/${protocol}`] : [])),
          ),
    containers,
  }
}

function withOverride(container: api.ContainerDefinition, over: api.ContainerOverride): api.ContainerDefinition {
  const { environment = [], name: _name, environmentFiles: _files, ...rest } = over
  const names = new Set(environment.map(({ name }) => name))
  return {
    ...container,
    ...rest,
    environment: [...(container.environment ?? []).filter(({ name }) => !names.has(name)), ...environment],
  }
}

const MIB = 1_048_576
/** Seconds until SIGKILL where a container does not say. */
const STOP_TIMEOUT = 30

function planOf(container: api.ContainerDefinition, definition: TaskDefinition): ContainerPlan {
  const { name = '', image = '', environment = [], portMappings = [], healthCheck, logConfiguration } = container
  const mode = definition.spec.networkMode ?? 'bridge'
  const mounts = mountsOf(container, definition.spec)
  const spec: ContainerSpec = {
    image,
    ...(container.command?.length ? { command: container.command } : {}),
    ...(container.entryPoint?.length ? { entrypoint: container.entryPoint } : {}),
    env: Object.fromEntries(environment.map(({ name: key = '', value = '' }) => [key, value])),
    ...(container.user ? { user: container.user } : {}),
    ...(container.workingDirectory ? { workdir: container.workingDirectory } : {}),
    ...(container.hostname ? { hostname: container.hostname } : {}),
    labels: {
      ...container.dockerLabels,
      'com.amazonaws.ecs.container-name': name,
      'com.amazonaws.ecs.task-definition-family': definition.family,
      'com.amazonaws.ecs.task-definition-version': String(definition.revision),
    },
    ...(mode === 'bridge' && portMappings.length > 0
      ? {
          ports: portMappings.flatMap(({ containerPort, hostPort = 0, protocol = 'tcp' }) =>
            containerPort === undefined
              ? []
              : [{ container: containerPort, host: hostPort, protocol: protocol as 'tcp' | 'udp' }],
          ),
        }
      : {}),
    networkMode: mode,
    ...(mounts.length > 0 ? { mounts } : {}),
    ...(healthCheck
      ? {
          health: {
            test: healthCheck.command.length === 1 ? ['CMD-SHELL', ...healthCheck.command] : healthCheck.command,
            interval: (healthCheck.interval ?? 30) * 1000,
            timeout: (healthCheck.timeout ?? 5) * 1000,
            retries: healthCheck.retries ?? 3,
            startPeriod: (healthCheck.startPeriod ?? 0) * 1000,
            startInterval: (healthCheck.interval ?? 30) * 1000,
          },
        }
      : {}),
    ...(container.memory ? { memory: container.memory * MIB } : memoryOfTask(definition)),
    ...(container.memoryReservation ? { memoryReservation: container.memoryReservation * MIB } : {}),
    cpuShares: Math.max(2, container.cpu ?? 0),
    stopTimeout: (container.stopTimeout ?? STOP_TIMEOUT) * 1000,
    ...(container.pseudoTerminal ? { tty: true } : {}),
    ...(container.interactive ? { stdin: true } : {}),
    ...(container.privileged ? { privileged: true } : {}),
    ...(container.readonlyRootFilesystem ? { readOnly: true } : {}),
    ...(container.linuxParameters?.initProcessEnabled ? { init: true } : {}),
    ...(logConfiguration ? { logDriver: logConfiguration.logDriver, logOptions: logConfiguration.options ?? {} } : {}),
  }
  return {
    name,
    image,
    essential: container.essential !== false,
    spec,
    dependsOn: container.dependsOn ?? [],
    secrets: container.secrets ?? [],
    definition: container,
  }
}

/** A task's memory is a limit for all of its containers together; for one of them alone it is its own. */
function memoryOfTask({ spec }: TaskDefinition): Partial<ContainerSpec> {
  const task = memoryMiB(spec.memory)
  return task === undefined ? {} : { memory: task * MIB }
}

function mountsOf({ mountPoints = [] }: api.ContainerDefinition, { volumes = [] }: DefinitionSpec): readonly Mount[] {
  return mountPoints.flatMap(({ sourceVolume, containerPath, readOnly }) => {
    const volume = volumes.find(({ name }) => name === sourceVolume)
    if (!volume || containerPath === undefined) return []
    const path = volume.host?.sourcePath
    return [
      {
        type: path ? ('bind' as const) : ('volume' as const),
        source: path ?? sourceVolume,
        target: containerPath,
        ...(readOnly ? { readOnly: true } : {}),
      },
    ]
  })
}
