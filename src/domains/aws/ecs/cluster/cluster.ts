import { defineIndex, type Entity, type World } from '../../../../kernel/index.ts'
import { refuse } from '../../core/index.ts'
import { clusterArn, clusterId, clusterName } from '../names.ts'
import type * as api from '../types.generated.ts'

/** A namespace of tasks and services with the capacity that they run on. Fields are the API's own. */
export interface Cluster extends Entity {
  readonly region: string
  readonly clusterName: string
  readonly settings: readonly api.ClusterSetting[]
  readonly configuration?: api.ClusterConfiguration | undefined
  readonly tags: readonly api.Tag[]
  readonly capacityProviders: readonly string[]
  readonly defaultCapacityProviderStrategy: readonly api.CapacityProviderStrategyItem[]
  readonly serviceConnectDefaults?: { readonly namespace: string } | undefined
}

/** What belongs to a cluster, by its id: container instances, tasks that are not stopped, services that are not deleted. */
export const ofCluster = defineIndex(
  'aws.ecs.ofCluster',
  ['aws.ecs.ContainerInstance', 'aws.ecs.Service'],
  (entity) => `${entity.kind} ${(entity as Entity & { readonly clusterId: string }).clusterId}`,
)

/** The tasks of a cluster, by its id and whether they are wanted: `<id> RUNNING`. */
export const tasksOfCluster = defineIndex('aws.ecs.tasksOfCluster', ['aws.ecs.Task'], (entity) => {
  const { clusterId: cluster, desiredStatus } = entity as Entity & {
    readonly clusterId: string
    readonly desiredStatus: string
  }
  return `${cluster} ${desiredStatus}`
})

/** An active cluster by the words of a request; `default` has to be created like any other. */
export function findCluster(
  world: World,
  region: string,
  text: string | undefined,
): { readonly cluster: Cluster } | ReturnType<typeof refuse> {
  const cluster = world.get(clusterId(region, clusterName(text))) as Cluster | undefined
  if (!cluster) return refuse('ClusterNotFoundException', 'Cluster not found.')
  if (cluster.state === 'INACTIVE') return refuse('ClusterNotFoundException', 'Cluster not found.')
  return { cluster }
}

/** A cluster as the API describes it; `include` as in DescribeClusters. */
export function describeCluster(world: World, cluster: Cluster, include: readonly string[] = []): api.Cluster {
  const { id, region, state } = cluster
  const counts = { running: 0, pending: 0, runningEc2: 0, runningFargate: 0, pendingEc2: 0, pendingFargate: 0 }
  for (const wanted of ['RUNNING', 'STOPPED'])
    for (const task of world.lookup(tasksOfCluster, `${id} ${wanted}`)) {
      const fargate = (task as Entity & { readonly launchType?: string }).launchType === 'FARGATE'
      if (task.state === 'RUNNING') {
        counts.running++
        counts[fargate ? 'runningFargate' : 'runningEc2']++
      } else if (task.state === 'PENDING' || task.state === 'PROVISIONING' || task.state === 'ACTIVATING') {
        counts.pending++
        counts[fargate ? 'pendingFargate' : 'pendingEc2']++
      }
    }
  const services = world
    .lookup(ofCluster, `aws.ecs.Service ${id}`)
    .filter((service) => service.state !== 'INACTIVE') as readonly (Entity & { readonly launchType?: string })[]
  const instances = world.lookup(ofCluster, `aws.ecs.ContainerInstance ${id}`).filter((one) => one.state !== 'INACTIVE')
  const of = (state: string, fargate: boolean) =>
    services.filter((service) => service.state === state && (service.launchType === 'FARGATE') === fargate).length
  return {
    clusterArn: clusterArn(region, cluster.clusterName),
    clusterName: cluster.clusterName,
    status: state,
    registeredContainerInstancesCount: instances.length,
    runningTasksCount: counts.running,
    pendingTasksCount: counts.pending,
    activeServicesCount: services.filter((service) => service.state === 'ACTIVE').length,
    statistics: include.includes('STATISTICS')
      ? [
          ['runningEC2TasksCount', counts.runningEc2],
          ['runningFargateTasksCount', counts.runningFargate],
          ['pendingEC2TasksCount', counts.pendingEc2],
          ['pendingFargateTasksCount', counts.pendingFargate],
          ['activeEC2ServiceCount', of('ACTIVE', false)],
          ['activeFargateServiceCount', of('ACTIVE', true)],
          ['drainingEC2ServiceCount', of('DRAINING', false)],
          ['drainingFargateServiceCount', of('DRAINING', true)],
        ].map(([name, value]) => ({ name: String(name), value: String(value) }))
      : [],
    tags: include.includes('TAGS') ? cluster.tags : [],
    settings: include.includes('SETTINGS') ? cluster.settings : [],
    ...(include.includes('CONFIGURATIONS') && cluster.configuration ? { configuration: cluster.configuration } : {}),
    capacityProviders: cluster.capacityProviders,
    defaultCapacityProviderStrategy: cluster.defaultCapacityProviderStrategy,
    ...(include.includes('ATTACHMENTS') && cluster.capacityProviders.length > 0
      ? { attachments: [], attachmentsStatus: 'UPDATE_COMPLETE' }
      : {}),
    ...(cluster.serviceConnectDefaults ? { serviceConnectDefaults: cluster.serviceConnectDefaults } : {}),
  }
}

/** Everything that DescribeClusters can be asked to include. */
export const ALL_OF_CLUSTER = ['SETTINGS', 'TAGS', 'CONFIGURATIONS', 'ATTACHMENTS'] as const
