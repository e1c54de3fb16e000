import type { Emission, World } from '../../../../kernel/index.ts'
import { type ApiAnswer, type ApiCall, refuse } from '../../core/index.ts'
import { findCluster } from '../cluster/cluster.ts'
import { usableDefinition } from '../definition/taskDefinition.ts'
import { serviceId } from '../names.ts'
import { isFargate, launchOf, launchProblem } from '../task/taskOrder.ts'
import type * as api from '../types.generated.ts'
import { describeService } from './describeService.ts'
import { beginDeployment, newTaskSet } from './newDeployment.ts'
import type { Service } from './service.ts'
import { balancerProblem, configurationProblem, launchingOf, shiftProblem } from './serviceInput.ts'

/** CreateService. Models: ECS API CreateService */
export function createService(call: ApiCall<api.CreateServiceRequest>): ApiAnswer {
  const { input, world, region, principal } = call
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const { cluster } = found
  const { serviceName } = input
  if (!/^[\w-]{1,255}$/.test(serviceName))
    return refuse(
      'InvalidParameterException',
      'Service name can only contain alphanumeric characters, hyphens, and underscores.',
    )
  const id = serviceId(region, cluster.clusterName, serviceName)
  const there = world.get(id) as Service | undefined
  if (there && there.state !== 'INACTIVE')
    return there.state === 'DRAINING'
      ? refuse('InvalidParameterException', 'Unable to Start a service that is still Draining.')
      : refuse('InvalidParameterException', 'Creation of service was not idempotent.')
  const controller = input.deploymentController?.type ?? 'ECS'
  if (!input.taskDefinition)
    return controller === 'EXTERNAL'
      ? refuse(
          'InvalidParameterException',
          'In the lab a service with the EXTERNAL deployment controller needs a task definition.',
        )
      : refuse('InvalidParameterException', 'TaskDefinition cannot be empty.')
  const usable = usableDefinition(world, region, input.taskDefinition)
  if ('error' in usable) return usable
  const { definition } = usable
  const scheduling = input.schedulingStrategy ?? 'REPLICA'
  const problem =
    strategyProblem(input, scheduling, controller) ??
    launchProblem(world, region, cluster, definition, input) ??
    balancerProblem(world, region, definition, input.loadBalancers ?? []) ??
    shiftProblem(input.deploymentConfiguration?.strategy, input.loadBalancers ?? [])
  if (problem) return problem
  const launch = launchOf(cluster, input)
  const daemon = scheduling === 'DAEMON'
  const service: Omit<Service, 'id' | 'kind' | 'state' | 'entry' | 'since' | 'born'> = {
    region,
    clusterId: cluster.id,
    cluster: cluster.clusterName,
    serviceName,
    desiredCount: daemon ? 0 : (input.desiredCount ?? 0),
    schedulingStrategy: scheduling,
    controller,
    deploymentConfiguration: settle(input.deploymentConfiguration, daemon),
    placementConstraints: input.placementConstraints ?? [],
    placementStrategy:
      input.placementStrategy ??
      (daemon || isFargate(launch) ? [] : [{ type: 'spread', field: 'attribute:ecs.availability-zone' }]),
    ...launchingOf(definition, launch, input),
    ...((input.loadBalancers?.length ?? 0) > 0 || input.healthCheckGracePeriodSeconds !== undefined
      ? { healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds ?? 0 }
      : {}),
    availabilityZoneRebalancing:
      input.availabilityZoneRebalancing ?? (daemon || controller !== 'ECS' ? 'DISABLED' : 'ENABLED'),
    enableECSManagedTags: input.enableECSManagedTags ?? false,
    propagateTags: input.propagateTags ?? 'NONE',
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    ...(input.serviceConnectConfiguration ? { serviceConnectConfiguration: input.serviceConnectConfiguration } : {}),
    createdAt: world.now,
    createdBy: principal.arn,
    tags: input.tags ?? [],
    ...(input.role === undefined ? {} : { roleArn: input.role }),
    events: [],
    steady: false,
    unplaced: undefined,
  }
  const born = {
    ...service,
    id,
    kind: 'aws.ecs.Service',
    state: 'ACTIVE',
    entry: 1,
    since: world.now,
    born: 0,
  } as Service
  const first = controller === 'ECS' ? beginDeployment(world, born, {}) : firstTaskSet(world, born)
  return {
    output: { service: withFirst(world, born, first) },
    emit: [
      { to: id, kind: 'aws.ecs.Service', type: 'Created', data: { ...service, owner: cluster.id } },
      first,
      ...(controller === 'CODE_DEPLOY' ? [{ to: first.to, type: 'Promoted' }] : []),
    ],
  }
}

/** A new service is described with the deployment or the task set that its creation brings. */
function withFirst(world: World, service: Service, first: Emission): api.Service {
  const entity = { ...(first.data as object), id: first.to, kind: first.kind, entry: 1, since: world.now, born: 0 }
  const state =
    first.kind === 'aws.ecs.Deployment' ? 'IN_PROGRESS' : service.controller === 'CODE_DEPLOY' ? 'PRIMARY' : 'ACTIVE'
  const record = { ...entity, state }
  const seen = Object.create(world, {
    lookup: {
      value: (index: never, key: string) =>
        key === service.id && (index as { name: string }).name === 'aws.ecs.revisionsOfService'
          ? [record]
          : world.lookup(index, key),
    },
  }) as World
  return describeService(seen, service)
}

/** The deployment configuration with the service's defaults. */
function settle(given: api.DeploymentConfiguration | undefined, daemon: boolean): api.DeploymentConfiguration {
  return {
    deploymentCircuitBreaker: { enable: false, rollback: false },
    maximumPercent: daemon ? 100 : 200,
    minimumHealthyPercent: daemon ? 0 : 100,
    strategy: 'ROLLING',
    bakeTimeInMinutes: 0,
    ...given,
  }
}

function strategyProblem(input: api.CreateServiceRequest, scheduling: string, controller: string) {
  const bad = (message: string) => refuse('InvalidParameterException', message)
  if (scheduling === 'DAEMON') {
    if (input.launchType === 'FARGATE')
      return bad('DAEMON scheduling strategy is not supported for FARGATE launch type.')
    if (controller !== 'ECS')
      return bad('DAEMON scheduling strategy is not supported for CODE_DEPLOY and EXTERNAL deployment controllers.')
    if (input.desiredCount !== undefined)
      return bad(
        'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again',
      )
    if (input.placementStrategy?.length)
      return bad(
        'The daemon scheduling strategy does not support placement strategies. Remove the placement strategies and try again',
      )
    if (input.availabilityZoneRebalancing === 'ENABLED')
      return bad('AvailabilityZoneRebalancing is not supported for services that use the DAEMON scheduling strategy.')
  } else if (input.desiredCount === undefined && controller !== 'EXTERNAL') return bad('Desired count can not be empty')
  if ((input.desiredCount ?? 0) < 0) return bad('Desired count should be greater than or equal to 0.')
  if (controller !== 'ECS' && input.deploymentConfiguration?.deploymentCircuitBreaker?.enable)
    return bad('Deployment circuit breaker is only supported for the ECS deployment controller.')
  return configurationProblem(input.deploymentConfiguration)
}

function firstTaskSet(world: World, service: Service): Emission {
  return newTaskSet(
    world,
    service,
    { ...service },
    { startedBy: 'ecs-service', scale: { value: 100, unit: 'PERCENT' } },
  )
}
