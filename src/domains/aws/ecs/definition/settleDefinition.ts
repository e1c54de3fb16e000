import { type FargateSize, isFargateSize } from '../fargateSize.rule.ts'
import type * as api from '../types.generated.ts'
import type { DefinitionInput } from './checkDefinition.ts'
import { cpuUnits, memoryMiB } from './size.ts'
import type { DefinitionSpec } from './taskDefinition.ts'

/**
 * What is kept of a request: with the service's defaults, and what it computes of it. `sized` says whether Fargate has a size.
 * Models: ECS API RegisterTaskDefinition
 */
export function settleDefinition(
  input: DefinitionInput,
  sized: (size: FargateSize) => boolean = isFargateSize,
): DefinitionSpec {
  const { containerDefinitions, cpu, memory, volumes = [], networkMode, family: _family, tags: _tags, ...rest } = input
  const settled = {
    ...known(rest),
    containerDefinitions: containerDefinitions.map((container) => settleContainer(container, networkMode)),
    volumes: volumes.map((volume) =>
      volume.dockerVolumeConfiguration || volume.efsVolumeConfiguration || volume.configuredAtLaunch
        ? volume
        : { ...volume, host: volume.host ?? {} },
    ),
    placementConstraints: input.placementConstraints ?? [],
    ...(networkMode === undefined ? {} : { networkMode }),
    ...(cpu ? { cpu: String(cpuUnits(cpu)) } : {}),
    ...(memory ? { memory: String(memoryMiB(memory)) } : {}),
  }
  return {
    ...settled,
    compatibilities: compatibilities(input, sized),
    requiresAttributes: capabilities(input).map((name) => ({ name })),
  }
}

const KNOWN = [
  'taskRoleArn',
  'executionRoleArn',
  'requiresCompatibilities',
  'pidMode',
  'ipcMode',
  'proxyConfiguration',
  'inferenceAccelerators',
  'ephemeralStorage',
  'runtimePlatform',
  'enableFaultInjection',
] as const

function known(input: Partial<DefinitionInput>): Partial<DefinitionSpec> {
  return Object.fromEntries(KNOWN.flatMap((key) => (input[key] === undefined ? [] : [[key, input[key]]])))
}

function settleContainer(container: api.ContainerDefinition, mode: string | undefined): api.ContainerDefinition {
  return {
    ...container,
    cpu: container.cpu ?? 0,
    portMappings: (container.portMappings ?? []).map((mapping) => ({
      ...mapping,
      ...(mapping.containerPort === undefined
        ? {}
        : { hostPort: mode === 'awsvpc' || mode === 'host' ? mapping.containerPort : (mapping.hostPort ?? 0) }),
      protocol: mapping.protocol ?? 'tcp',
    })),
    essential: container.essential ?? true,
    environment: container.environment ?? [],
    mountPoints: container.mountPoints ?? [],
    volumesFrom: container.volumesFrom ?? [],
    systemControls: container.systemControls ?? [],
    ...(container.healthCheck
      ? { healthCheck: { interval: 30, timeout: 5, retries: 3, ...container.healthCheck } }
      : {}),
  }
}

function compatibilities(input: DefinitionInput, sized: (size: FargateSize) => boolean): readonly string[] {
  const { networkMode, containerDefinitions } = input
  const os = input.runtimePlatform?.operatingSystemFamily
  const cpu = cpuUnits(input.cpu)
  const memory = memoryMiB(input.memory)
  const fargate =
    networkMode === 'awsvpc' &&
    cpu !== undefined &&
    memory !== undefined &&
    sized({ cpu, memoryMiB: memory, os }) &&
    !input.placementConstraints?.length &&
    !containerDefinitions.some(({ privileged, links }) => privileged || links?.length)
  return [
    ...(networkMode === 'awsvpc' ? [] : ['EXTERNAL']),
    'EC2',
    ...(fargate ? ['FARGATE'] : []),
    ...(networkMode === 'awsvpc' || networkMode === 'host' ? ['MANAGED_INSTANCES'] : []),
  ].filter(
    (one, _i, all) =>
      !(input.requiresCompatibilities?.includes('FARGATE') && one === 'MANAGED_INSTANCES' && all.length > 2),
  )
}

/** The attributes that an instance's agent must have for such a task. */
function capabilities(input: DefinitionInput): readonly string[] {
  const found = new Set<string>()
  const docker = (version: string) => found.add(`com.amazonaws.ecs.capability.docker-remote-api.1.${version}`)
  for (const container of input.containerDefinitions) {
    const { image = '', logConfiguration, healthCheck, dependsOn, secrets = [] } = container
    const driver = logConfiguration?.logDriver
    if (driver) {
      found.add(`com.amazonaws.ecs.capability.logging-driver.${driver}`)
      docker(driver === 'awslogs' ? '19' : '18')
      if (driver === 'awslogs' && input.executionRoleArn) found.add('ecs.capability.execution-role-awslogs')
    }
    if (/^\d{12}\.dkr\.ecr\./.test(image)) {
      found.add('com.amazonaws.ecs.capability.ecr-auth')
      docker('19')
      if (input.executionRoleArn) found.add('ecs.capability.execution-role-ecr-pull')
    }
    if (healthCheck) {
      found.add('ecs.capability.container-health-check')
      docker('24')
    }
    if (container.memoryReservation) docker('21')
    if (container.privileged) found.add('com.amazonaws.ecs.capability.privileged-container')
    if (dependsOn?.length) found.add('ecs.capability.container-ordering')
    for (const { valueFrom } of secrets)
      found.add(
        `ecs.capability.secrets.${valueFrom.includes(':secretsmanager:') ? 'asm' : 'ssm'}.environment-variables`,
      )
    if (container.firelensConfiguration) found.add(`ecs.capability.firelens.${container.firelensConfiguration.type}`)
  }
  if (input.taskRoleArn) {
    found.add('com.amazonaws.ecs.capability.task-iam-role')
    docker('17')
  }
  if (input.networkMode === 'awsvpc') {
    found.add('ecs.capability.task-eni')
    docker('18')
  }
  if (input.pidMode || input.ipcMode) found.add('ecs.capability.pid-ipc-namespace-sharing')
  return [...found].sort()
}
