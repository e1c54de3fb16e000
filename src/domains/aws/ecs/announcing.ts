import type { Entity, World } from '../../../kernel/index.ts'
import type { AwsService, BusEvent, Happened } from '../core/index.ts'
import type { ContainerInstance } from './instance/containerInstance.ts'
import { describeInstance } from './instance/containerInstance.ts'
import { apiTime, clusterArn, instanceArn } from './names.ts'
import type { Deployment } from './service/deployment.ts'
import { arnOfService, type Service } from './service/service.ts'
import { arnOfTask, describeTask } from './task/describeTask.ts'
import type { Task } from './task/task.ts'

/** What ECS tells the default event bus. Models: Amazon ECS developer guide, "Amazon ECS events" */
export const announces: NonNullable<AwsService['announces']> = {
  'aws.ecs.Task': Object.fromEntries(
    [
      'Requested',
      'Provisioned',
      'Started',
      'ActivationBegan',
      'StopRequested',
      'StartFailed',
      'EssentialContainerExited',
      'Deactivated',
      'ContainersStopped',
      'InstanceLost',
      'after.release',
    ].map((type) => [type, taskChange]),
  ),
  'aws.ecs.ContainerInstance': Object.fromEntries(
    ['Registered', 'Drained', 'Activated', 'Deregistered'].map((type) => [type, instanceChange]),
  ),
  'aws.ecs.Service': { Told: serviceAction },
  'aws.ecs.Deployment': {
    Began: (event, world) => deploymentChange(event, world, 'SERVICE_DEPLOYMENT_IN_PROGRESS'),
    Completed: (event, world) => deploymentChange(event, world, 'SERVICE_DEPLOYMENT_COMPLETED'),
    Failed: (event, world) => deploymentChange(event, world, 'SERVICE_DEPLOYMENT_FAILED'),
  },
}

function taskChange(event: Happened, world: World): BusEvent | undefined {
  const task = world.get(event.to) as Task | undefined
  if (!task) return undefined
  return {
    source: 'aws.ecs',
    detailType: 'ECS Task State Change',
    resources: [arnOfTask(task)],
    detail: { ...describeTask(world, task), updatedAt: apiTime(world.now) } as never,
  }
}

function instanceChange(event: Happened, world: World): BusEvent | undefined {
  const instance = world.get(event.to) as ContainerInstance | undefined
  if (!instance) return undefined
  return {
    source: 'aws.ecs',
    detailType: 'ECS Container Instance State Change',
    resources: [instanceArn(instance.region, instance.cluster, instance.instanceId)],
    detail: {
      ...describeInstance(world, instance),
      clusterArn: clusterArn(instance.region, instance.cluster),
      updatedAt: apiTime(world.now),
    } as never,
  }
}

/** Service events that have a name of their own on the bus. */
const NAMES: readonly (readonly [RegExp, string, string])[] = [
  [/has reached a steady state/, 'SERVICE_STEADY_STATE', 'INFO'],
  [/was unable to place a task/, 'SERVICE_TASK_PLACEMENT_FAILURE', 'ERROR'],
  [/unable to consistently start tasks/, 'SERVICE_TASK_START_IMPAIRED', 'WARN'],
  [/service deployment configuration/, 'SERVICE_TASK_CONFIGURATION_FAILURE', 'ERROR'],
]

function serviceAction(event: Happened, world: World): BusEvent | undefined {
  const service = world.get(event.to) as Service | undefined
  const { messages } = event.data as { readonly messages: readonly string[] }
  if (!service) return undefined
  for (const message of messages)
    for (const [pattern, eventName, eventType] of NAMES)
      if (pattern.test(message))
        return {
          source: 'aws.ecs',
          detailType: 'ECS Service Action',
          resources: [arnOfService(service)],
          detail: {
            eventType,
            eventName,
            clusterArn: clusterArn(service.region, service.cluster),
            ...(eventType === 'INFO' ? {} : { reason: message }),
            createdAt: apiTime(world.now),
          },
        }
  return undefined
}

function deploymentChange(event: Happened, world: World, eventName: string): BusEvent | undefined {
  const deployment = world.get(event.to) as Deployment | undefined
  const service = deployment && (world.get(deployment.service) as (Service & Entity) | undefined)
  if (!deployment || !service) return undefined
  return {
    source: 'aws.ecs',
    detailType: 'ECS Deployment State Change',
    resources: [arnOfService(service)],
    detail: {
      eventType: eventName.endsWith('FAILED') ? 'ERROR' : 'INFO',
      eventName,
      deploymentId: deployment.deploymentId,
      updatedAt: apiTime(deployment.updatedAt),
      reason: deployment.rolloutStateReason,
    },
  }
}
