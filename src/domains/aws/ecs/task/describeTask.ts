import type { World } from '../../../../kernel/index.ts'
import { arnOfDefinition } from '../definition/taskDefinition.ts'
import type { ContainerInstance } from '../instance/containerInstance.ts'
import { agentConnected } from '../instance/containerInstance.ts'
import { apiTime, clusterArn, instanceArn, taskArn } from '../names.ts'
import type * as api from '../types.generated.ts'
import { definitionOf, type Task } from './task.ts'
import { describeContainers, taskHealth } from './taskContainers.ts'

export function arnOfTask({ region, cluster, taskId }: Pick<Task, 'region' | 'cluster' | 'taskId'>): string {
  return taskArn(region, cluster, taskId)
}

/** A task as the API describes it. */
export function describeTask(world: World, task: Task, include: readonly string[] = []): api.Task {
  const definition = definitionOf(world, task)
  const instance = task.instance === undefined ? undefined : (world.get(task.instance) as ContainerInstance | undefined)
  const { overrides, takes, eni } = task
  const fargate = task.launchType === 'FARGATE'
  return {
    attachments: eni || task.network ? [attachment(task)] : [],
    attributes: [
      {
        name: 'ecs.cpu-architecture',
        value: definition.spec.runtimePlatform?.cpuArchitecture?.toLowerCase() ?? 'x86_64',
      },
    ],
    ...(task.zone === undefined ? {} : { availabilityZone: task.zone }),
    ...(task.capacityProviderName === undefined ? {} : { capacityProviderName: task.capacityProviderName }),
    clusterArn: clusterArn(task.region, task.cluster),
    ...(task.startedAt === undefined
      ? {}
      : { connectivity: connectivity(world, instance), connectivityAt: apiTime(task.startedAt) }),
    ...(instance ? { containerInstanceArn: instanceArn(task.region, task.cluster, instance.instanceId) } : {}),
    containers: describeContainers(world, task),
    cpu: String(takes.cpu),
    createdAt: apiTime(task.createdAt),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: task.enableExecuteCommand ?? false,
    ...(task.executionStoppedAt === undefined ? {} : { executionStoppedAt: apiTime(task.executionStoppedAt) }),
    group: task.group,
    healthStatus: taskHealth(world, task),
    lastStatus: task.state,
    launchType: task.launchType,
    memory: String(takes.memory),
    overrides: {
      containerOverrides:
        overrides?.containerOverrides ?? definition.spec.containerDefinitions.map(({ name }) => ({ name })),
      ...(overrides?.cpu === undefined ? {} : { cpu: overrides.cpu }),
      ...(overrides?.memory === undefined ? {} : { memory: overrides.memory }),
      inferenceAcceleratorOverrides: [],
    },
    ...(fargate ? { platformVersion: '1.4.0', platformFamily: 'Linux' } : {}),
    ...(task.pulling ? { pullStartedAt: apiTime(task.pulling.from), pullStoppedAt: apiTime(task.pulling.until) } : {}),
    ...(task.startedAt === undefined ? {} : { startedAt: apiTime(task.startedAt) }),
    ...(task.startedBy === undefined ? {} : { startedBy: task.startedBy }),
    ...(task.stopCode === undefined ? {} : { stopCode: task.stopCode }),
    ...(task.stoppedAt === undefined ? {} : { stoppedAt: apiTime(task.stoppedAt) }),
    ...(task.stoppedReason === undefined ? {} : { stoppedReason: task.stoppedReason }),
    ...(task.stoppingAt === undefined ? {} : { stoppingAt: apiTime(task.stoppingAt) }),
    tags: include.includes('TAGS') ? (task.tags ?? []) : [],
    taskArn: arnOfTask(task),
    taskDefinitionArn: arnOfDefinition(definition),
    version: task.entry,
    ...(fargate ? { ephemeralStorage: definition.spec.ephemeralStorage ?? { sizeInGiB: 20 } } : {}),
  }
}

function connectivity(world: World, instance: ContainerInstance | undefined): string {
  return instance && !agentConnected(world, instance) ? 'DISCONNECTED' : 'CONNECTED'
}

function attachment({ eni, network, state }: Task): api.Attachment {
  return {
    id: eni?.attachmentId ?? '',
    type: 'ElasticNetworkInterface',
    status: !eni ? 'PRECREATED' : state === 'STOPPED' ? 'DELETED' : 'ATTACHED',
    details: eni
      ? [
          { name: 'subnetId', value: eni.subnet },
          { name: 'networkInterfaceId', value: eni.id },
          { name: 'macAddress', value: eni.mac },
          { name: 'privateDnsName', value: `ip-${eni.ip.replaceAll('.', '-')}.ec2.internal` },
          { name: 'privateIPv4Address', value: eni.ip },
        ]
      : [{ name: 'subnetId', value: network?.subnets[0] ?? '' }],
  }
}
