import { defineIndex, type Entity, type World } from '../../../../kernel/index.ts'
import { refuse } from '../../core/index.ts'
import { clusterName, lastPart, serviceArn, serviceId } from '../names.ts'
import type * as api from '../types.generated.ts'
import type { Deployment } from './deployment.ts'
import type { TaskSet } from './taskSet.ts'

/** How tasks of a revision are launched: shared by a service's deployments and task sets, each of which keeps its own. */
export interface Launching {
  /** Entity id of the revision of the task definition. */
  readonly definition: string
  readonly launchType?: string | undefined
  readonly capacityProviderStrategy?: readonly api.CapacityProviderStrategyItem[] | undefined
  readonly platformVersion?: string | undefined
  readonly network?: api.AwsVpcConfiguration | undefined
  readonly loadBalancers: readonly api.LoadBalancer[]
  readonly serviceRegistries: readonly api.ServiceRegistry[]
}

/** Keeps a number of copies of a task definition running. */
export interface Service extends Entity, Launching {
  readonly region: string
  readonly clusterId: string
  readonly cluster: string
  readonly serviceName: string
  readonly desiredCount: number
  readonly schedulingStrategy: string
  readonly controller: string
  readonly deploymentConfiguration: api.DeploymentConfiguration
  readonly placementConstraints: readonly api.PlacementConstraint[]
  readonly placementStrategy: readonly api.PlacementStrategy[]
  readonly healthCheckGracePeriodSeconds?: number | undefined
  readonly availabilityZoneRebalancing: string
  readonly enableECSManagedTags: boolean
  readonly propagateTags: string
  readonly enableExecuteCommand: boolean
  readonly serviceConnectConfiguration?: api.ServiceConnectConfiguration | undefined
  readonly createdAt: number
  readonly createdBy: string
  readonly tags: readonly api.Tag[]
  readonly roleArn?: string | undefined
  /** Newest first, at most 100. */
  readonly events: readonly ServiceWord[]
  /** Whether it has said that it is steady, and nothing has changed since. */
  readonly steady?: boolean | undefined
  /** What it said last of a task that it cannot place: said once until it changes. */
  readonly unplaced?: string | undefined
}

export interface ServiceWord {
  readonly at: number
  readonly message: string
}

/** Services by the id of their task definition's revision. */
export const servicesOfDefinition = defineIndex('aws.ecs.servicesOfDefinition', ['aws.ecs.Service'], (entity) =>
  entity.state === 'INACTIVE' ? undefined : (entity as Service).definition,
)

/** Services by the name of an alarm that watches their deployments. */
export const servicesOfAlarm = defineIndex('aws.ecs.servicesOfAlarm', ['aws.ecs.Service'], (entity) => {
  const { alarms } = (entity as Service).deploymentConfiguration
  return entity.state === 'ACTIVE' && alarms?.enable ? alarms.alarmNames : undefined
})

/** Deployments and task sets of a service that are not over, by the service's id. */
export const revisionsOfService = defineIndex(
  'aws.ecs.revisionsOfService',
  ['aws.ecs.Deployment', 'aws.ecs.TaskSet'],
  (entity) => (entity.state === 'INACTIVE' ? undefined : (entity as Deployment).service),
)

/** A service by name or ARN. Inactive ones are found too. */
export function serviceNamed(
  world: World,
  region: string,
  cluster: string | undefined,
  text: string,
): Service | undefined {
  const parts = text.split('/')
  const inCluster = parts.length === 3 && text.startsWith('arn:') ? (parts[1] ?? 'default') : clusterName(cluster)
  return world.get(serviceId(region, inCluster, lastPart(text))) as Service | undefined
}

/** A service that is there, or the refusal. */
export function activeService(
  world: World,
  region: string,
  cluster: string | undefined,
  text: string,
): { readonly service: Service } | ReturnType<typeof refuse> {
  const service = serviceNamed(world, region, cluster, text)
  if (!service) return refuse('ServiceNotFoundException', 'Service not found.')
  if (service.state !== 'ACTIVE') return refuse('ServiceNotActiveException', 'Service was not ACTIVE.')
  return { service }
}

export function arnOfService({
  region,
  cluster,
  serviceName,
}: Pick<Service, 'region' | 'cluster' | 'serviceName'>): string {
  return serviceArn(region, cluster, serviceName)
}

/** Deployments of a service that are not over: the primary one first, then the newest. */
export function deploymentsOf(world: World, service: string): readonly Deployment[] {
  const all = world
    .lookup(revisionsOfService, service)
    .filter((one) => one.kind === 'aws.ecs.Deployment') as unknown as Deployment[]
  return all.sort((a, b) => (a.status === b.status ? b.born - a.born : a.status === 'PRIMARY' ? -1 : 1))
}

/** Task sets of a service: the primary one first. */
export function taskSetsOf(world: World, service: string): readonly TaskSet[] {
  const all = world
    .lookup(revisionsOfService, service)
    .filter((one) => one.kind === 'aws.ecs.TaskSet') as unknown as TaskSet[]
  return all.sort((a, b) => (a.state === b.state ? a.born - b.born : a.state === 'PRIMARY' ? -1 : 1))
}
