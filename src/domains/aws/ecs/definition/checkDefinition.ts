import { ClusterQueryError, parseClusterQuery } from '../clusterQueryParser.ts'
import { type FargateSize, isFargateSize } from '../fargateSize.rule.ts'
import type * as api from '../types.generated.ts'
import { cpuUnits, memoryMiB } from './size.ts'

/** What ECS is given to register: a request's members, its shape already checked. */
export type DefinitionInput = api.RegisterTaskDefinitionRequest

/**
 * Why the service does not register a task definition, in the words of its ClientException; undefined when it does. `sized` says whether
 * Fargate has a size; a world asks its rule.
 * Models: ECS API RegisterTaskDefinition
 */
export function definitionProblem(
  input: DefinitionInput,
  sized: (size: FargateSize) => boolean = isFargateSize,
): string | undefined {
  return taskProblem(input) ?? fargateProblem(input, sized) ?? containersProblem(input)
}

const NAME = /^[\w-]+$/

function taskProblem(input: DefinitionInput): string | undefined {
  const { family, containerDefinitions, taskRoleArn, executionRoleArn, volumes = [], placementConstraints = [] } = input
  if (family.length > 255) return 'Family name is too long.'
  if (!NAME.test(family)) return 'Family contains invalid characters.'
  if (!containerDefinitions?.length) return 'Container list cannot be empty.'
  for (const role of [taskRoleArn, executionRoleArn]) if (role && !validRole(role)) return 'Role is not valid'
  if (input.cpu !== undefined && input.cpu !== '' && !(cpuUnits(input.cpu) ?? 0))
    return `Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`
  if (input.memory !== undefined && input.memory !== '' && !(memoryMiB(input.memory) ?? 0))
    return `Invalid 'memory' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`
  const cpu = cpuUnits(input.cpu)
  if (cpu !== undefined && (cpu < 128 || cpu > 196_608))
    return `Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`
  const names = new Set<string>()
  for (const { name = '' } of volumes) {
    if (name === '') return 'Volume name must be specified.'
    if (!NAME.test(name)) return 'Volume name contains invalid characters.'
    if (names.has(name)) return `Duplicate volume name: ${name}`
    names.add(name)
  }
  if (placementConstraints.length > 10) return 'Too many placement constraints: at most 10 are allowed.'
  for (const { type, expression } of placementConstraints) {
    if (type !== 'memberOf') return `Invalid placement constraint type: ${type}`
    const problem = expressionProblem(expression)
    if (problem) return problem
  }
  const size = input.ephemeralStorage?.sizeInGiB
  if (size !== undefined && (size < 21 || size > 200)) return 'Ephemeral storage size must be between 21 and 200 GiB.'
  return undefined
}

/** Why an expression of a memberOf constraint is none, in the service's words. */
export function expressionProblem(expression: string | undefined): string | undefined {
  try {
    parseClusterQuery(expression ?? '')
    return undefined
  } catch (error) {
    if (error instanceof ClusterQueryError) return `Invalid expression: ${expression ?? ''}`
    throw error
  }
}

/** A role is given by its name or by its ARN. */
function validRole(role: string): boolean {
  return role.startsWith('arn:') ? /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/.test(role) : /^[\w+=,.@/-]{1,512}$/.test(role)
}

function fargateProblem(input: DefinitionInput, sized: (size: FargateSize) => boolean): string | undefined {
  if (!input.requiresCompatibilities?.includes('FARGATE')) return undefined
  const { containerDefinitions, executionRoleArn, networkMode } = input
  if (networkMode !== 'awsvpc') return 'Fargate only supports network mode ‘awsvpc’.'
  const cpu = cpuUnits(input.cpu)
  const memory = memoryMiB(input.memory)
  if (cpu === undefined) return "Fargate requires that 'cpu' be defined at the task level."
  if (memory === undefined) return "Fargate requires that 'memory' be defined at the task level."
  const os = input.runtimePlatform?.operatingSystemFamily
  if (!sized({ cpu, memoryMiB: memory, os }))
    return `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory. See the Amazon ECS documentation for the valid values.`
  for (const { image = '', logConfiguration, privileged, links, name } of containerDefinitions) {
    if (/^\d{12}\.dkr\.ecr\./.test(image) && !executionRoleArn)
      return 'Fargate requires task definition to have execution role ARN to support ECR images.'
    const driver = logConfiguration?.logDriver
    if (driver === 'awslogs' && !executionRoleArn)
      return 'Fargate requires task definition to have execution role ARN to support log driver awslogs.'
    if (driver !== undefined && !['awslogs', 'splunk', 'awsfirelens'].includes(driver))
      return `Log driver ${driver} is not supported on Fargate.`
    if (privileged)
      return `Tasks using the Fargate launch type do not support 'privileged' setting for container '${name}'.`
    if (links?.length) return 'Links are not supported when networkMode=awsvpc.'
  }
  if (input.placementConstraints?.length) return 'PlacementConstraints are not supported with FARGATE launch type.'
  for (const volume of input.volumes ?? [])
    if (volume.host?.sourcePath) return 'host.sourcePath should not be set for volumes in Fargate.'
    else if (volume.dockerVolumeConfiguration)
      return 'dockerVolumeConfiguration should not be set for volumes in Fargate.'
  if (input.ipcMode || input.inferenceAccelerators?.length)
    return 'Fargate does not support ipcMode or inference accelerators.'
  return undefined
}

function containersProblem(input: DefinitionInput): string | undefined {
  const { containerDefinitions } = input
  const names = containerDefinitions.map(({ name }) => name)
  const volumes = new Set((input.volumes ?? []).map(({ name }) => name))
  for (const [i, container] of containerDefinitions.entries()) {
    const { name = '', image = '' } = container
    if (name === '') return 'Container.name should not be null or empty.'
    if (name.length > 255 || !NAME.test(name)) return 'Container.name contains invalid characters.'
    if (names.indexOf(name) !== i) return `Container name ${name} must be unique within a task definition.`
    if (image === '') return 'Container.image should not be null or empty.'
    if (/\s/.test(image)) return 'Container.image contains invalid characters.'
    const problem =
      memoryProblem(container, input) ??
      portsProblem(container, input) ??
      logProblem(container) ??
      healthProblem(container) ??
      relationsProblem(container, names, volumes)
    if (problem) return problem
    if (container.secrets?.length && !input.executionRoleArn)
      return "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."
  }
  if (!containerDefinitions.some(({ essential }) => essential !== false))
    return 'TaskDefinition must have at least one essential container.'
  if (cyclic(containerDefinitions)) return 'Container dependencies must not have a cycle.'
  const cpu = cpuUnits(input.cpu)
  const sum = containerDefinitions.reduce((total, one) => total + (one.cpu ?? 0), 0)
  if (cpu !== undefined && sum > cpu)
    return `Invalid 'cpu' setting for task. The total CPU of the containers (${sum}) is greater than the CPU of the task (${cpu}).`
  return undefined
}

function memoryProblem({ name, memory, memoryReservation }: api.ContainerDefinition, input: DefinitionInput) {
  const task = memoryMiB(input.memory)
  if (memory === undefined && memoryReservation === undefined && task === undefined)
    return `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`
  for (const [key, value] of [
    ['memory', memory],
    ['memoryReservation', memoryReservation],
  ] as const)
    if (value !== undefined && value !== 0 && value < 6)
      return `Invalid setting for container '${name}'. '${key}' must be at least 6 MiB.`
  if (memory !== undefined && memoryReservation !== undefined && memoryReservation > memory)
    return `Invalid setting for container '${name}'. 'memory' must be greater than or equal to 'memoryReservation'.`
  if (task !== undefined && (memory ?? memoryReservation ?? 0) > task)
    return `Invalid setting for container '${name}'. The container memory is greater than the task memory.`
  return undefined
}

function portsProblem(container: api.ContainerDefinition, { networkMode }: DefinitionInput): string | undefined {
  const seen = new Set<string>()
  for (const { containerPort, hostPort, protocol = 'tcp', containerPortRange, name } of container.portMappings ?? []) {
    if (containerPort === undefined && containerPortRange === undefined)
      return `Invalid 'containerPort' setting for container '${container.name}'.`
    for (const port of [containerPort, hostPort])
      if (port !== undefined && (port < 0 || port > 65_535))
        return `Invalid port ${port} for container '${container.name}'.`
    if (!['tcp', 'udp'].includes(protocol)) return `Invalid protocol '${protocol}' for container '${container.name}'.`
    if (networkMode === 'none') return 'Port mappings are not supported when networkMode=none.'
    if ((networkMode === 'awsvpc' || networkMode === 'host') && hostPort && hostPort !== containerPort)
      return `When networkMode=${networkMode}, the host ports and container ports in port mappings must match.`
    const key = `${hostPort}/${protocol}`
    if (hostPort && seen.has(key)) return `Duplicate host port ${hostPort} in container '${container.name}'.`
    seen.add(key)
    if (name !== undefined && !/^[a-z0-9_][a-z0-9_-]{0,63}$/.test(name)) return `Invalid port mapping name '${name}'.`
  }
  if (container.links?.length && networkMode !== undefined && networkMode !== 'bridge')
    return `Links are not supported when networkMode=${networkMode}.`
  if (networkMode === 'awsvpc' && (container.dnsServers?.length || container.extraHosts?.length))
    return container.extraHosts?.length ? 'Extra hosts are not supported when networkMode=awsvpc.' : undefined
  return undefined
}

function logProblem({ logConfiguration }: api.ContainerDefinition): string | undefined {
  if (logConfiguration?.logDriver !== 'awslogs') return undefined
  const missing = ['awslogs-region', 'awslogs-group'].filter((option) => !logConfiguration.options?.[option])
  return missing.length > 0 ? `Log driver awslogs requires options: ${missing.join(', ')}` : undefined
}

const HEALTH = { interval: [5, 300], timeout: [2, 60], retries: [1, 10], startPeriod: [0, 300] } as const

function healthProblem({ healthCheck, name, stopTimeout }: api.ContainerDefinition): string | undefined {
  if (stopTimeout !== undefined && stopTimeout < 0) return `Invalid stopTimeout for container '${name}'.`
  if (!healthCheck) return undefined
  const [first] = healthCheck.command ?? []
  if (first === undefined) return `Health check command of container '${name}' must not be empty.`
  for (const [key, [least, most]] of Object.entries(HEALTH)) {
    const value = healthCheck[key as keyof typeof HEALTH]
    if (value !== undefined && (value < least || value > most))
      return `Health check ${key} of container '${name}' must be between ${least} and ${most}.`
  }
  return undefined
}

function relationsProblem(
  { name, mountPoints = [], dependsOn = [], volumesFrom = [] }: api.ContainerDefinition,
  names: readonly (string | undefined)[],
  volumes: ReadonlySet<string | undefined>,
): string | undefined {
  for (const { sourceVolume, containerPath } of mountPoints) {
    if (!volumes.has(sourceVolume)) return `Unknown volume '${sourceVolume}'.`
    if (!containerPath) return `Container path of a mount point of container '${name}' must be specified.`
  }
  for (const { containerName } of dependsOn)
    if (!names.includes(containerName) || containerName === name)
      return `Container '${name}' depends on container '${containerName}', which is not in the task definition.`
  for (const { sourceContainer } of volumesFrom)
    if (!names.includes(sourceContainer)) return `Unknown container '${sourceContainer}' in volumesFrom.`
  return undefined
}

function cyclic(containers: readonly api.ContainerDefinition[]): boolean {
  const done = new Set<string | undefined>()
  for (let round = 0; round <= containers.length; round++)
    for (const { name, dependsOn = [] } of containers)
      if (dependsOn.every(({ containerName }) => done.has(containerName))) done.add(name)
  return done.size < containers.length
}
