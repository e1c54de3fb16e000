import type { Emission, World } from '../../../../kernel/index.ts'
import { installEngine } from '../../../docker/index.ts'
import { placeEmissions } from '../../../places/index.ts'
import { accountSetting } from '../cluster/accountSetting.ts'
import { eniCapacity } from '../eniCapacity.rule.ts'
import { clusterId, hexId, instanceId } from '../names.ts'
import type { ContainerInstance } from './containerInstance.ts'

/** What an agent knows of the machine that it runs on. */
export interface MachineFacts {
  readonly ec2InstanceId: string
  readonly type: string
  readonly zone: string
  readonly vcpus: number
  readonly memoryMiB: number
  readonly interfaces: number
  readonly trunkInterfaces?: number | undefined
  readonly architecture?: string | undefined
  readonly ip: string
  readonly ami?: string | undefined
  readonly vpc?: string | undefined
  readonly subnet?: string | undefined
  /** Id of the machine's own entity, with which agent and engine go. */
  readonly owner?: string | undefined
  /** `ECS_INSTANCE_ATTRIBUTES` of the agent's configuration. */
  readonly attributes?: { readonly [name: string]: string } | undefined
  readonly capacityProviderName?: string | undefined
}

/** MiB that the operating system and the agent keep of an instance's memory, besides the share that firmware takes. */
const RESERVED_MIB = 32
const AGENT_VERSION = '1.99.0'
const DOCKER_VERSION = '25.0.8'

/**
 * What happens when an agent starts on a machine for the first time: an engine, the agent, and the registration with a cluster.
 * Models: amazon-ecs-agent, RegisterContainerInstance
 */
export function registerInstance(
  world: World,
  region: string,
  cluster: string,
  machine: MachineFacts,
): {
  readonly instance: Omit<ContainerInstance, 'state' | 'entry' | 'since' | 'born' | 'kind'>
  readonly emit: readonly Emission[]
} {
  const { ec2InstanceId, type, zone, vcpus, memoryMiB, interfaces, trunkInterfaces, ip } = machine
  const id = hexId(world, 32, 'instance', ec2InstanceId, cluster)
  const engine = `docker.Engine/${ec2InstanceId}`
  const agent = `aws.ecs.Agent/${region}/${ec2InstanceId}`
  const trunking = trunkInterfaces !== undefined && accountSetting(world, region, 'awsvpcTrunking') === 'enabled'
  const { awsvpcTasks } = world.decide(eniCapacity, {
    instanceEniLimit: trunking ? trunkInterfaces : interfaces,
    trunking,
  })
  const attributes = {
    'ecs.availability-zone': zone,
    'ecs.instance-type': type,
    'ecs.os-type': 'linux',
    'ecs.os-family': 'LINUX',
    'ecs.cpu-architecture': machine.architecture ?? 'x86_64',
    ...(machine.ami === undefined ? {} : { 'ecs.ami-id': machine.ami }),
    ...(machine.vpc === undefined ? {} : { 'ecs.vpc-id': machine.vpc }),
    ...(machine.subnet === undefined ? {} : { 'ecs.subnet-id': machine.subnet }),
    ...(trunking ? { 'ecs.awsvpc-trunk-id': hexId(world, 32, 'trunk', ec2InstanceId) } : {}),
    ...CAPABILITIES,
    ...machine.attributes,
  }
  const fields = {
    region,
    clusterId: clusterId(region, cluster),
    cluster,
    instanceId: id,
    ec2InstanceId,
    engine,
    agent,
    zone,
    attributes,
    cpu: vcpus * 1024,
    memory: Math.max(1, Math.floor(memoryMiB * 0.97) - RESERVED_MIB),
    eniTasks: awsvpcTasks,
    agentVersion: AGENT_VERSION,
    dockerVersion: DOCKER_VERSION,
    registeredAt: world.now,
    tags: [],
    ...(machine.capacityProviderName === undefined ? {} : { capacityProviderName: machine.capacityProviderName }),
    ...(machine.owner === undefined ? {} : { owner: machine.owner }),
  }
  const to = instanceId(region, cluster, id)
  const owner = machine.owner === undefined ? {} : { owner: machine.owner }
  return {
    instance: { ...fields, id: to },
    emit: [
      ...placeEmissions(world, region, zone),
      ...(world.get(engine)
        ? []
        : [
            installEngine({ host: ec2InstanceId, cpuMilli: vcpus * 1000, memory: memoryMiB * 1_048_576, ip, ...owner }),
          ]),
      {
        to: agent,
        kind: 'aws.ecs.Agent',
        type: world.get(agent) ? 'Started' : 'Installed',
        data: { region, ec2InstanceId, version: AGENT_VERSION, owner: to },
      },
      { to, kind: 'aws.ecs.ContainerInstance', type: 'Registered', by: agent, data: fields },
    ],
  }
}

/** What this agent can do: attributes without a value. */
const CAPABILITIES: { readonly [name: string]: string } = Object.fromEntries(
  [
    'com.amazonaws.ecs.capability.docker-remote-api.1.17',
    'com.amazonaws.ecs.capability.docker-remote-api.1.18',
    'com.amazonaws.ecs.capability.docker-remote-api.1.19',
    'com.amazonaws.ecs.capability.docker-remote-api.1.21',
    'com.amazonaws.ecs.capability.docker-remote-api.1.24',
    'com.amazonaws.ecs.capability.ecr-auth',
    'com.amazonaws.ecs.capability.logging-driver.awslogs',
    'com.amazonaws.ecs.capability.logging-driver.json-file',
    'com.amazonaws.ecs.capability.privileged-container',
    'com.amazonaws.ecs.capability.task-iam-role',
    'ecs.capability.container-health-check',
    'ecs.capability.container-ordering',
    'ecs.capability.execution-role-awslogs',
    'ecs.capability.execution-role-ecr-pull',
    'ecs.capability.secrets.asm.environment-variables',
    'ecs.capability.secrets.ssm.environment-variables',
    'ecs.capability.task-eni',
  ].map((name) => [name, '']),
)
