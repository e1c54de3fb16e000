import type { Entity } from '../../../../kernel/index.ts'
import { type ApiAnswer, type ApiCall, defineOperation, type Operation, refuse } from '../../core/index.ts'
import { strategyProblem } from '../capacityProviders.rule.ts'
import { clusterArn, clusterId, clusterName, uuid } from '../names.ts'
import { pageOf } from '../paging.ts'
import type * as api from '../types.generated.ts'
import { capacityProviderNamed } from './capacityProvider.ts'
import { ALL_OF_CLUSTER, type Cluster, describeCluster, findCluster, ofCluster, tasksOfCluster } from './cluster.ts'

/** The operations about clusters. Models: ECS API */
export const clusterOperations: readonly Operation[] = [
  defineOperation<api.CreateClusterRequest>('CreateCluster', create),
  defineOperation<api.DescribeClustersRequest>('DescribeClusters', ({ input, world, region }) => {
    const names = (input.clusters ?? ['default']).map(clusterName)
    const found = names.map((name) => world.get(clusterId(region, name)) as Cluster | undefined)
    return {
      output: {
        clusters: found.flatMap((cluster) => (cluster ? [describeCluster(world, cluster, input.include)] : [])),
        failures: names.flatMap((name, i) => (found[i] ? [] : [{ arn: clusterArn(region, name), reason: 'MISSING' }])),
      },
    }
  }),
  defineOperation<api.ListClustersRequest>('ListClusters', ({ input, world, region }) => {
    const arns = [...world.all('aws.ecs.Cluster')].flatMap((entity) => {
      const cluster = entity as Cluster
      return cluster.region === region && cluster.state === 'ACTIVE' ? [clusterArn(region, cluster.clusterName)] : []
    })
    const page = pageOf(arns, input)
    return 'error' in page ? page : { output: { clusterArns: page.items, ...page.more } }
  }),
  defineOperation<api.DeleteClusterRequest>('DeleteCluster', remove, ({ input, region }) => ({
    resource: clusterArn(region, clusterName(input.cluster)),
  })),
  defineOperation<api.UpdateClusterRequest>('UpdateCluster', ({ input, world, region }) => {
    const { settings, configuration, serviceConnectDefaults } = input
    return change(world, region, input.cluster, {
      ...(settings ? { settings } : {}),
      ...(configuration ? { configuration } : {}),
      ...(serviceConnectDefaults ? { serviceConnectDefaults: { namespace: serviceConnectDefaults.namespace } } : {}),
    })
  }),
  defineOperation<api.UpdateClusterSettingsRequest>('UpdateClusterSettings', ({ input, world, region }) =>
    change(world, region, input.cluster, { settings: input.settings }),
  ),
  defineOperation<api.PutClusterCapacityProvidersRequest>('PutClusterCapacityProviders', ({ input, world, region }) => {
    const problem = providersProblem(
      { world, region } as ApiCall,
      input.capacityProviders,
      input.defaultCapacityProviderStrategy,
    )
    if (problem) return problem
    const before = world.get(clusterId(region, clusterName(input.cluster))) as Cluster | undefined
    const answer = change(world, region, input.cluster, {
      capacityProviders: input.capacityProviders,
      defaultCapacityProviderStrategy: input.defaultCapacityProviderStrategy.map(withDefaults),
    })
    if ('error' in answer) return answer
    const { cluster } = answer.output as { readonly cluster: api.Cluster }
    const attachments = scalingAttachments(world, region, before?.capacityProviders ?? [], input.capacityProviders)
    return { ...answer, output: { cluster: { ...cluster, attachments, attachmentsStatus: 'UPDATE_IN_PROGRESS' } } }
  }),
]

function create({ input, world, region }: ApiCall<api.CreateClusterRequest>): ApiAnswer {
  const name = clusterName(input.clusterName)
  if (!/^[\w-]{1,255}$/.test(name))
    return refuse('InvalidParameterException', 'Cluster name should match the pattern [a-zA-Z0-9\\-_]{1,255}.')
  const id = clusterId(region, name)
  const there = world.get(id) as Cluster | undefined
  if (there?.state === 'ACTIVE') return { output: { cluster: describeCluster(world, there, ALL_OF_CLUSTER) } }
  const problem = providersProblem(
    { world, region } as ApiCall,
    input.capacityProviders,
    input.defaultCapacityProviderStrategy,
  )
  if (problem) return problem
  const data: Omit<Cluster, keyof Entity> = {
    region,
    clusterName: name,
    settings: input.settings ?? [{ name: 'containerInsights', value: 'disabled' }],
    tags: input.tags ?? [],
    capacityProviders: input.capacityProviders ?? [],
    defaultCapacityProviderStrategy: (input.defaultCapacityProviderStrategy ?? []).map(withDefaults),
    configuration: input.configuration,
    serviceConnectDefaults: input.serviceConnectDefaults && { namespace: input.serviceConnectDefaults.namespace },
  }
  const born = { ...data, id, kind: 'aws.ecs.Cluster', state: 'ACTIVE' } as Cluster
  return {
    output: { cluster: describeCluster(world, born, ALL_OF_CLUSTER) },
    emit: [{ to: id, kind: 'aws.ecs.Cluster', type: 'Created', data }],
  }
}

function remove({ input, world, region }: ApiCall<api.DeleteClusterRequest>): ApiAnswer {
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const { cluster } = found
  if (world.lookup(ofCluster, `aws.ecs.Service ${cluster.id}`).some((service) => service.state === 'ACTIVE'))
    return refuse('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.')
  if (world.lookup(tasksOfCluster, `${cluster.id} RUNNING`).length > 0)
    return refuse('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.')
  if (world.lookup(ofCluster, `aws.ecs.ContainerInstance ${cluster.id}`).some((one) => one.state !== 'INACTIVE'))
    return refuse(
      'ClusterContainsContainerInstancesException',
      'The Cluster cannot be deleted while Container Instances are active or draining.',
    )
  return {
    output: { cluster: { ...describeCluster(world, cluster, ALL_OF_CLUSTER), status: 'INACTIVE' } },
    emit: [{ to: cluster.id, type: 'Deleted' }],
  }
}

function change(world: ApiCall['world'], region: string, name: string | undefined, data: Partial<Cluster>): ApiAnswer {
  const found = findCluster(world, region, name)
  if ('error' in found) return found
  const next = { ...found.cluster, ...data } as Cluster
  return {
    output: { cluster: describeCluster(world, next, ALL_OF_CLUSTER) },
    emit: [{ to: found.cluster.id, type: 'Updated', data }],
  }
}

function providersProblem(
  { world, region }: Pick<ApiCall, 'world' | 'region'>,
  providers: readonly string[] = [],
  strategy: readonly api.CapacityProviderStrategyItem[] = [],
) {
  for (const name of providers)
    if (!capacityProviderNamed(world, region, name))
      return refuse(
        'InvalidParameterException',
        'The specified capacity provider was not found. Specify a valid name or ARN and try again.',
      )
  const stranger = strategy.find(({ capacityProvider }) => !providers.includes(capacityProvider))
  if (stranger)
    return refuse(
      'InvalidParameterException',
      'The specified capacity provider strategy contains a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.',
    )
  const problem = strategy.length > 0 ? strategyProblem(strategy) : undefined
  return problem === undefined ? undefined : refuse('InvalidParameterException', problem)
}

function withDefaults(item: api.CapacityProviderStrategyItem): api.CapacityProviderStrategyItem {
  return { capacityProvider: item.capacityProvider, weight: item.weight ?? 0, base: item.base ?? 0 }
}

/** The scaling plans that ECS attaches for providers with managed scaling, and takes away with them. */
function scalingAttachments(
  world: ApiCall['world'],
  region: string,
  before: readonly string[],
  after: readonly string[],
): readonly api.Attachment[] {
  return [...new Set([...before, ...after])].flatMap((name) => {
    const provider = capacityProviderNamed(world, region, name)
    if (typeof provider !== 'object' || provider.autoScalingGroupProvider.managedScaling?.status !== 'ENABLED')
      return []
    return [
      {
        id: uuid(world, 'attachment', provider.id),
        type: 'as_policy',
        status: !after.includes(name) ? 'DELETING' : before.includes(name) ? 'CREATED' : 'PRECREATED',
        details: [
          { name: 'capacityProviderName', value: name },
          { name: 'scalingPolicyName', value: `ECSManagedAutoScalingPolicy-${uuid(world, 'policy', provider.id)}` },
        ],
      },
    ]
  })
}
