import type { World } from '../../../../kernel/index.ts'
import { arnOf } from '../../core/index.ts'
import { arnOfDefinition, type TaskDefinition } from '../definition/taskDefinition.ts'
import { apiTime, clusterArn, uuid } from '../names.ts'
import { LIVE, type Task, tasksOfService } from '../task/task.ts'
import type * as api from '../types.generated.ts'
import type { Deployment } from './deployment.ts'
import { arnOfService, deploymentsOf, type Launching, type Service, taskSetsOf } from './service.ts'
import { computedDesired, type TaskSet } from './taskSet.ts'

interface Counts {
  running: number
  pending: number
}

/** Running and pending tasks of a service, all together under '' and by deployment or task set. */
export function countsOf(world: World, service: string): ReadonlyMap<string, Counts> {
  const counts = new Map<string, Counts>([['', { running: 0, pending: 0 }]])
  for (const entity of world.lookup(tasksOfService, service)) {
    const { deployment = '', state } = entity as Task
    if (!LIVE.has(state)) continue
    for (const key of ['', deployment]) {
      const known = counts.get(key) ?? { running: 0, pending: 0 }
      known[state === 'RUNNING' ? 'running' : 'pending']++
      counts.set(key, known)
    }
  }
  return counts
}

const NONE: Counts = { running: 0, pending: 0 }

/** A service as the API describes it. */
export function describeService(world: World, service: Service, include: readonly string[] = []): api.Service {
  const counts = countsOf(world, service.id)
  const all = counts.get('') ?? NONE
  const deployments = deploymentsOf(world, service.id)
  const [primary] = deployments
  const underWay = primary && ['IN_PROGRESS', 'SHIFTING', 'BAKING', 'BAKED'].includes(primary.state)
  return {
    serviceArn: arnOfService(service),
    serviceName: service.serviceName,
    clusterArn: clusterArn(service.region, service.cluster),
    ...launching(world, service),
    status: service.state,
    desiredCount: service.desiredCount,
    runningCount: all.running,
    pendingCount: all.pending,
    deploymentConfiguration: service.deploymentConfiguration,
    ...(service.controller === 'ECS'
      ? { deployments: deployments.map((one) => describeDeployment(world, one, service, counts)) }
      : {
          deployments: [],
          taskSets: taskSetsOf(world, service.id).map((one) => describeTaskSet(world, one, service)),
        }),
    ...(service.roleArn === undefined ? {} : { roleArn: service.roleArn }),
    events: service.events.map(({ at, message }, i) => ({
      id: uuid(world, 'event', service.id, at, service.events.length - i),
      createdAt: apiTime(at),
      message,
    })),
    createdAt: apiTime(service.createdAt),
    ...(underWay ? { currentServiceDeployment: serviceDeploymentArn(service, primary) } : {}),
    ...(primary
      ? {
          currentServiceRevisions: [
            {
              arn: serviceRevisionArn(service, primary),
              requestedTaskCount: service.desiredCount,
              runningTaskCount: counts.get(primary.deploymentId)?.running ?? 0,
              pendingTaskCount: counts.get(primary.deploymentId)?.pending ?? 0,
            },
          ],
        }
      : {}),
    placementConstraints: service.placementConstraints,
    placementStrategy: service.placementStrategy,
    ...(service.healthCheckGracePeriodSeconds === undefined
      ? {}
      : { healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds }),
    schedulingStrategy: service.schedulingStrategy,
    deploymentController: { type: service.controller },
    ...(include.includes('TAGS') ? { tags: service.tags } : {}),
    createdBy: service.createdBy,
    enableECSManagedTags: service.enableECSManagedTags,
    propagateTags: service.propagateTags,
    enableExecuteCommand: service.enableExecuteCommand,
    availabilityZoneRebalancing: service.availabilityZoneRebalancing,
  }
}

/** How tasks are launched, as services, deployments, task sets and revisions tell it. */
function launching(world: World, of: Launching) {
  const definition = world.get(of.definition) as TaskDefinition | undefined
  const fargate =
    of.launchType === 'FARGATE' || of.capacityProviderStrategy?.[0]?.capacityProvider.startsWith('FARGATE')
  return {
    loadBalancers: of.loadBalancers,
    serviceRegistries: of.serviceRegistries,
    ...(of.launchType === undefined ? {} : { launchType: of.launchType }),
    ...(of.capacityProviderStrategy ? { capacityProviderStrategy: of.capacityProviderStrategy } : {}),
    ...(fargate ? { platformVersion: of.platformVersion ?? 'LATEST', platformFamily: 'Linux' } : {}),
    ...(definition ? { taskDefinition: arnOfDefinition(definition) } : {}),
    ...(of.network
      ? {
          networkConfiguration: {
            awsvpcConfiguration: { securityGroups: [], assignPublicIp: 'DISABLED', ...of.network },
          },
        }
      : {}),
  }
}

function describeDeployment(
  world: World,
  one: Deployment,
  service: Service,
  counts: ReadonlyMap<string, Counts>,
): api.Deployment {
  const { running, pending } = counts.get(one.deploymentId) ?? NONE
  const { loadBalancers: _balancers, serviceRegistries: _registries, ...launch } = launching(world, one)
  return {
    id: one.deploymentId,
    status: one.status,
    ...launch,
    desiredCount: one.status === 'PRIMARY' ? service.desiredCount : 0,
    pendingCount: pending,
    runningCount: running,
    failedTasks: one.failedTasks,
    createdAt: apiTime(one.createdAt),
    updatedAt: apiTime(one.updatedAt),
    rolloutState: rolloutState(one),
    rolloutStateReason: one.rolloutStateReason,
  }
}

/** IN_PROGRESS, COMPLETED or FAILED. */
export function rolloutState(one: Deployment): string {
  if (one.state === 'COMPLETED' || one.state === 'FAILED') return one.state
  return one.finishedAt === undefined
    ? 'IN_PROGRESS'
    : one.rolloutStateReason.includes('completed')
      ? 'COMPLETED'
      : 'FAILED'
}

/** A task set as the API describes it. */
export function describeTaskSet(world: World, set: TaskSet, service: Service): api.TaskSet {
  const { running, pending } = countsOf(world, service.id).get(set.taskSetId) ?? NONE
  return {
    id: set.taskSetId,
    taskSetArn: taskSetArn(service, set),
    serviceArn: arnOfService(service),
    clusterArn: clusterArn(service.region, service.cluster),
    ...(set.startedBy === undefined ? {} : { startedBy: set.startedBy }),
    ...(set.externalId === undefined ? {} : { externalId: set.externalId }),
    status: set.state,
    computedDesiredCount: computedDesired(set, service),
    pendingCount: pending,
    runningCount: running,
    createdAt: apiTime(set.createdAt),
    updatedAt: apiTime(set.updatedAt),
    ...launching(world, set),
    scale: set.scale,
    stabilityStatus: set.stabilityStatus,
    stabilityStatusAt: apiTime(set.stabilityStatusAt),
    tags: set.tags,
  }
}

export function taskSetArn(service: Service, set: TaskSet): string {
  return arnOf('ecs', service.region, `task-set/${service.cluster}/${service.serviceName}/${set.taskSetId}`)
}

export function serviceDeploymentArn(service: Service, one: Deployment): string {
  return arnOf(
    'ecs',
    service.region,
    `service-deployment/${service.cluster}/${service.serviceName}/${one.serviceDeploymentId}`,
  )
}

export function serviceRevisionArn(service: Service, one: Deployment): string {
  return arnOf('ecs', service.region, `service-revision/${service.cluster}/${service.serviceName}/${one.revisionId}`)
}

/** A service's revision, as the API describes it. */
export function describeRevision(world: World, service: Service, one: Deployment): api.ServiceRevision {
  const definition = world.get(one.definition) as TaskDefinition | undefined
  const { networkConfiguration, ...launch } = launching(world, one)
  return {
    serviceRevisionArn: serviceRevisionArn(service, one),
    serviceArn: arnOfService(service),
    clusterArn: clusterArn(service.region, service.cluster),
    ...launch,
    ...(networkConfiguration ? { networkConfiguration } : {}),
    containerImages: (definition?.spec.containerDefinitions ?? []).map(({ name, image }) => ({
      containerName: name,
      image,
    })),
    guardDutyEnabled: false,
    createdAt: apiTime(one.createdAt),
  }
}

/** A deployment as DescribeServiceDeployments tells it. */
export function describeServiceDeployment(world: World, service: Service, one: Deployment): api.ServiceDeployment {
  const counts = countsOf(world, service.id).get(one.deploymentId) ?? NONE
  const others = ([...world.all('aws.ecs.Deployment')] as unknown as readonly Deployment[])
    .filter((other) => other.service === service.id && other.born < one.born)
    .slice(-1)
  const status = serviceDeploymentStatus(one)
  return {
    serviceDeploymentArn: serviceDeploymentArn(service, one),
    serviceArn: arnOfService(service),
    clusterArn: clusterArn(service.region, service.cluster),
    createdAt: apiTime(one.createdAt),
    startedAt: apiTime(one.createdAt),
    ...(one.finishedAt === undefined ? {} : { finishedAt: apiTime(one.finishedAt) }),
    updatedAt: apiTime(one.updatedAt),
    sourceServiceRevisions: others.map((other) => ({
      arn: serviceRevisionArn(service, other),
      requestedTaskCount: 0,
      runningTaskCount: countsOf(world, service.id).get(other.deploymentId)?.running ?? 0,
      pendingTaskCount: 0,
    })),
    targetServiceRevision: {
      arn: serviceRevisionArn(service, one),
      requestedTaskCount: one.desiredCount,
      runningTaskCount: counts.running,
      pendingTaskCount: counts.pending,
      ...(one.percent === undefined ? {} : { requestedProductionTrafficWeight: one.percent }),
    },
    status,
    ...(one.state === 'FAILED' ? { statusReason: one.rolloutStateReason } : {}),
    ...(status === 'IN_PROGRESS' ? { lifecycleStage: stageOf(one) } : {}),
    deploymentConfiguration: service.deploymentConfiguration,
    deploymentCircuitBreaker: {
      status: service.deploymentConfiguration.deploymentCircuitBreaker?.enable
        ? one.state === 'FAILED'
          ? 'TRIGGERED'
          : one.finishedAt === undefined
            ? 'MONITORING'
            : 'MONITORING_COMPLETE'
        : 'DISABLED',
      failureCount: one.failedTasks,
      threshold: 3,
    },
    alarms: {
      status: service.deploymentConfiguration.alarms?.enable ? 'MONITORING' : 'DISABLED',
      alarmNames: [],
      triggeredAlarmNames: [],
    },
  }
}

/** The status of a service deployment. */
export function serviceDeploymentStatus(one: Deployment): string {
  const rollout = rolloutState(one)
  if (one.rollbackFrom !== undefined && rollout === 'COMPLETED') return 'SUCCESSFUL'
  return rollout === 'COMPLETED' ? 'SUCCESSFUL' : rollout === 'FAILED' ? 'ROLLBACK_SUCCESSFUL' : 'IN_PROGRESS'
}

function stageOf({ state }: Deployment): string {
  return state === 'SHIFTING'
    ? 'PRODUCTION_TRAFFIC_SHIFT'
    : state === 'BAKING'
      ? 'BAKE_TIME'
      : state === 'BAKED'
        ? 'CLEAN_UP'
        : 'SCALE_UP'
}
