import type { Emission, World } from '../../../../kernel/index.ts'
import { type ApiAnswer, type ApiCall, callService, refuse, servicePrincipal, services } from '../../core/index.ts'
import { findCluster } from '../cluster/cluster.ts'
import { type TaskDefinition, usableDefinition } from '../definition/taskDefinition.ts'
import { deploymentName, hexId, serviceId } from '../names.ts'
import { isFargate, launchOf, launchProblem } from '../task/taskOrder.ts'
import type * as api from '../types.generated.ts'
import type { Deployment } from './deployment.ts'
import { describeService } from './describeService.ts'
import { activeService, type Launching, type Service } from './service.ts'
import type { TaskSet } from './taskSet.ts'

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
    balancerProblem(world, region, definition, input.loadBalancers ?? [])
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
    emit: [{ to: id, kind: 'aws.ecs.Service', type: 'Created', data: { ...service, owner: cluster.id } }, first],
  }
}

/** A new service is described with the deployment or the task set that its creation brings. */
function withFirst(world: World, service: Service, first: Emission): api.Service {
  const entity = { ...(first.data as object), id: first.to, kind: first.kind, entry: 1, since: world.now, born: 0 }
  const state = first.kind === 'aws.ecs.Deployment' ? 'IN_PROGRESS' : 'ACTIVE'
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

/** How tasks are launched, out of a request. */
export function launchingOf(
  definition: TaskDefinition,
  launch: ReturnType<typeof launchOf>,
  input: Pick<
    api.CreateServiceRequest,
    'networkConfiguration' | 'platformVersion' | 'loadBalancers' | 'serviceRegistries'
  >,
): Launching {
  const network = input.networkConfiguration?.awsvpcConfiguration
  return {
    definition: definition.id,
    launchType: launch.launchType,
    capacityProviderStrategy: launch.strategy,
    platformVersion: input.platformVersion,
    network,
    loadBalancers: input.loadBalancers ?? [],
    serviceRegistries: input.serviceRegistries ?? [],
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

/** Why a deployment configuration is not taken. */
export function configurationProblem(configuration: api.DeploymentConfiguration | undefined) {
  const bad = (message: string) => refuse('InvalidParameterException', message)
  if (!configuration) return undefined
  const {
    minimumHealthyPercent = 100,
    maximumPercent = 200,
    linearConfiguration,
    canaryConfiguration,
    strategy,
  } = configuration
  if (minimumHealthyPercent < 0 || minimumHealthyPercent > 100)
    return bad('minimumHealthyPercent should be between 0 and 100.')
  if (maximumPercent < 100) return bad('maximumPercent should be at least 100.')
  if (minimumHealthyPercent === 100 && maximumPercent === 100 && (strategy ?? 'ROLLING') === 'ROLLING')
    return bad('Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.')
  const step = linearConfiguration?.stepPercent
  if (step !== undefined && (step < 3 || step > 100)) return bad('stepPercent must be between 3.0 and 100.0.')
  const canary = canaryConfiguration?.canaryPercent
  if (canary !== undefined && (canary < 0.1 || canary > 100)) return bad('canaryPercent must be between 0.1 and 100.0.')
  return undefined
}

function balancerProblem(
  world: World,
  region: string,
  definition: TaskDefinition,
  balancers: readonly api.LoadBalancer[],
) {
  const bad = (message: string) => refuse('InvalidParameterException', message)
  if (balancers.length > 5) return bad('load balancers can have at most 5 items.')
  for (const { targetGroupArn, containerName, containerPort } of balancers) {
    const container = definition.spec.containerDefinitions.find(({ name }) => name === containerName)
    if (!container) return bad(`The container ${containerName} does not exist in the task definition.`)
    if (!container.portMappings?.some((mapping) => mapping.containerPort === containerPort))
      return bad(`The container ${containerName} did not have a container port ${containerPort} defined.`)
    if (targetGroupArn === undefined || !services.has('elasticloadbalancing')) continue
    const answer = callService({
      world,
      service: 'elasticloadbalancing',
      operation: 'DescribeTargetGroups',
      input: { TargetGroupArns: [targetGroupArn] },
      principal: servicePrincipal('ecs'),
      region,
    })
    if ('error' in answer) return bad(`Unable to describe target groups: ${answer.error.message}`)
    const [group] =
      (answer.output as { TargetGroups?: readonly { TargetType?: string; LoadBalancerArns?: readonly string[] }[] })
        .TargetGroups ?? []
    if (group?.LoadBalancerArns?.length === 0)
      return bad(`The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`)
    const wanted = definition.spec.networkMode === 'awsvpc' ? 'ip' : 'instance'
    if (
      group?.TargetType !== undefined &&
      group.TargetType !== wanted &&
      (wanted === 'ip' || group.TargetType === 'lambda')
    )
      return bad(
        `The provided target group ${targetGroupArn} has target type ${group.TargetType}, which is incompatible with the ${definition.spec.networkMode ?? 'bridge'} network mode specified in the task definition.`,
      )
  }
  return undefined
}

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

function firstTaskSet(world: World, service: Service): Emission {
  return newTaskSet(
    world,
    service,
    { ...service },
    { startedBy: 'ecs-service', scale: { value: 100, unit: 'PERCENT' } },
  )
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

/** UpdateService. Models: ECS API UpdateService */
export function updateService(call: ApiCall<api.UpdateServiceRequest>): ApiAnswer {
  const { input, world, region } = call
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const active = activeService(world, region, input.cluster, input.service)
  if ('error' in active) return active
  const { service } = active
  const bad = (message: string) => refuse('InvalidParameterException', message)
  if (service.schedulingStrategy === 'DAEMON' && input.desiredCount !== undefined)
    return bad(
      'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again',
    )
  if ((input.desiredCount ?? 0) < 0) return bad('Desired count should be greater than or equal to 0.')
  let definition = world.get(service.definition) as TaskDefinition
  if (input.taskDefinition !== undefined) {
    const usable = usableDefinition(world, region, input.taskDefinition)
    if ('error' in usable) return usable
    definition = usable.definition
  }
  if (
    service.controller !== 'ECS' &&
    (input.taskDefinition !== undefined ||
      input.forceNewDeployment ||
      input.loadBalancers ||
      input.networkConfiguration)
  )
    return bad(
      `Unable to update task definition on services with a ${service.controller} deployment controller. ${service.controller === 'CODE_DEPLOY' ? 'Use AWS CodeDeploy to trigger a new deployment.' : 'To update a task definition create a new task set.'}`,
    )
  const network = input.networkConfiguration?.awsvpcConfiguration
  const settings = {
    ...(input.capacityProviderStrategy
      ? { capacityProviderStrategy: input.capacityProviderStrategy }
      : service.launchType === undefined
        ? { capacityProviderStrategy: service.capacityProviderStrategy }
        : { launchType: service.launchType }),
    networkConfiguration: input.networkConfiguration ?? (service.network && { awsvpcConfiguration: service.network }),
    placementConstraints: input.placementConstraints ?? service.placementConstraints,
    placementStrategy: input.placementStrategy ?? service.placementStrategy,
  }
  const problem =
    launchProblem(world, region, found.cluster, definition, settings) ??
    configurationProblem(
      input.deploymentConfiguration && { ...service.deploymentConfiguration, ...input.deploymentConfiguration },
    ) ??
    balancerProblem(world, region, definition, input.loadBalancers ?? [])
  if (problem) return problem
  const data: Partial<Service> = {
    ...(input.desiredCount === undefined ? {} : { desiredCount: input.desiredCount }),
    ...(definition.id === service.definition ? {} : { definition: definition.id }),
    ...(input.capacityProviderStrategy?.length
      ? { capacityProviderStrategy: input.capacityProviderStrategy, launchType: undefined }
      : {}),
    ...(network ? { network } : {}),
    ...(input.platformVersion === undefined ? {} : { platformVersion: input.platformVersion }),
    ...(input.loadBalancers ? { loadBalancers: input.loadBalancers } : {}),
    ...(input.serviceRegistries ? { serviceRegistries: input.serviceRegistries } : {}),
    ...(input.deploymentConfiguration
      ? { deploymentConfiguration: { ...service.deploymentConfiguration, ...input.deploymentConfiguration } }
      : {}),
    ...(input.placementConstraints ? { placementConstraints: input.placementConstraints } : {}),
    ...(input.placementStrategy ? { placementStrategy: input.placementStrategy } : {}),
    ...(input.healthCheckGracePeriodSeconds === undefined
      ? {}
      : { healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds }),
    ...(input.enableExecuteCommand === undefined ? {} : { enableExecuteCommand: input.enableExecuteCommand }),
    ...(input.availabilityZoneRebalancing === undefined
      ? {}
      : { availabilityZoneRebalancing: input.availabilityZoneRebalancing }),
    ...(input.propagateTags === undefined ? {} : { propagateTags: input.propagateTags }),
    ...(input.enableECSManagedTags === undefined ? {} : { enableECSManagedTags: input.enableECSManagedTags }),
    ...(input.serviceConnectConfiguration ? { serviceConnectConfiguration: input.serviceConnectConfiguration } : {}),
    steady: false,
  }
  const next = { ...service, ...data } as Service
  const anew =
    service.controller === 'ECS' &&
    (input.forceNewDeployment === true || DEPLOYS.some((key) => key in data && data[key] !== service[key]))
  const emit: Emission[] = [{ to: service.id, type: 'Updated', data }]
  if (anew) emit.push(...supersede(world, next))
  return { output: { service: describeService(world, next) }, emit }
}

/** Members of a service whose change is a new deployment. */
const DEPLOYS = [
  'definition',
  'capacityProviderStrategy',
  'network',
  'platformVersion',
  'loadBalancers',
  'serviceRegistries',
  'serviceConnectConfiguration',
  'enableExecuteCommand',
] as const

/** A new deployment in the place of the present one. */
function supersede(world: World, service: Service): readonly Emission[] {
  const before = ([...world.ownedBy(service.id)] as unknown as readonly Deployment[]).filter(
    (one) => one.kind === 'aws.ecs.Deployment' && one.status === 'PRIMARY',
  )
  const current = before[0]
  const other = alternate(service, current)
  return [
    ...before.map(({ id }) => ({ to: id, type: 'Superseded' })),
    beginDeployment(world, service, other === undefined ? {} : { targetGroup: other }, before.length, world.revision),
  ]
}

/** The target group that the next revision's tasks go to, where the service has two of them. */
export function alternate(service: Service, current: Deployment | undefined): string | undefined {
  const [first] = service.loadBalancers
  const second = first?.advancedConfiguration?.alternateTargetGroupArn
  if (second === undefined || (service.deploymentConfiguration.strategy ?? 'ROLLING') === 'ROLLING') return undefined
  return (current?.targetGroup ?? first?.targetGroupArn) === second ? first?.targetGroupArn : second
}

/** DeleteService. Models: ECS API DeleteService */
export function deleteService({ input, world, region }: ApiCall<api.DeleteServiceRequest>): ApiAnswer {
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const active = activeService(world, region, input.cluster, input.service)
  if ('error' in active) return active
  const { service } = active
  if (service.desiredCount > 0 && !input.force && service.schedulingStrategy !== 'DAEMON')
    return refuse('InvalidParameterException', 'The service cannot be stopped while it is scaled above 0.')
  const next: Service = { ...service, state: 'DRAINING', desiredCount: 0 }
  return { output: { service: describeService(world, next) }, emit: [{ to: service.id, type: 'Deleted' }] }
}
