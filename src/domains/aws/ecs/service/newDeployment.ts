import type { Emission, World } from '../../../../kernel/index.ts'
import { deploymentName, hexId } from '../names.ts'
import type { Deployment } from './deployment.ts'
import type { Launching, Service } from './service.ts'
import type { TaskSet } from './taskSet.ts'

/** The event that begins a deployment of a service as it is, or as `change` makes it. */
export function beginDeployment(
  world: World,
  service: Service,
  change: Partial<Pick<Deployment, 'definition' | 'rollbackFrom' | 'rolloutStateReason' | 'targetGroup' | 'strategy'>>,
  ...keys: readonly (string | number)[]
): Emission {
  const deploymentId = deploymentName(world, service.id, world.now, ...keys)
  const digits = deploymentId.slice(8)
  const data: Omit<Deployment, 'id' | 'kind' | 'state' | 'entry' | 'since' | 'born'> = {
    owner: service.id,
    service: service.id,
    region: service.region,
    deploymentId,
    serviceDeploymentId: hexId(world, 21, 'deployment', service.id, world.now, ...keys),
    revisionId: deploymentName(world, 'revision', service.id, world.now, ...keys).slice(8),
    status: 'PRIMARY',
    strategy: service.deploymentConfiguration.strategy ?? 'ROLLING',
    createdAt: world.now,
    updatedAt: world.now,
    desiredCount: service.desiredCount,
    failedTasks: 0,
    rolloutStateReason: `ECS deployment ${deploymentId} in progress.`,
    definition: service.definition,
    launchType: service.launchType,
    capacityProviderStrategy: service.capacityProviderStrategy,
    platformVersion: service.platformVersion,
    network: service.network,
    loadBalancers: service.loadBalancers,
    serviceRegistries: service.serviceRegistries,
    ...change,
  }
  return {
    to: `aws.ecs.Deployment/${service.region}/${service.cluster}/${service.serviceName}/${digits}`,
    kind: 'aws.ecs.Deployment',
    type: 'Began',
    data,
  }
}

/** The event that creates a task set of a service. */
export function newTaskSet(
  world: World,
  service: Service,
  launching: Launching,
  more: Partial<Pick<TaskSet, 'startedBy' | 'externalId' | 'scale' | 'tags'>>,
): Emission {
  const taskSetId = deploymentName(world, 'set', service.id, world.now, launching.definition)
  const data: Omit<TaskSet, 'id' | 'kind' | 'state' | 'entry' | 'since' | 'born'> = {
    owner: service.id,
    service: service.id,
    region: service.region,
    taskSetId,
    definition: launching.definition,
    launchType: launching.launchType,
    capacityProviderStrategy: launching.capacityProviderStrategy,
    platformVersion: launching.platformVersion,
    network: launching.network,
    loadBalancers: launching.loadBalancers,
    serviceRegistries: launching.serviceRegistries,
    scale: { value: 0, unit: 'PERCENT' },
    createdAt: world.now,
    updatedAt: world.now,
    stabilityStatus: 'STABILIZING',
    stabilityStatusAt: world.now,
    tags: [],
    ...more,
  }
  return {
    to: `aws.ecs.TaskSet/${service.region}/${service.cluster}/${service.serviceName}/${taskSetId.slice(8)}`,
    kind: 'aws.ecs.TaskSet',
    type: 'Created',
    data,
  }
}
