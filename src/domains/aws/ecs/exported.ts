import { type Entity, type JsonObject, STEP, type World } from '../../../kernel/index.ts'
import { capitals, type ExportedResource, lean, refer, type ServiceExporter, templateTags } from '../core/index.ts'
import type { CapacityProvider } from './cluster/capacityProvider.ts'
import type { Cluster } from './cluster/cluster.ts'
import type { TaskDefinition } from './definition/taskDefinition.ts'
import { definitionArn } from './names.ts'
import type { Service } from './service/service.ts'
import { arnOfService } from './service/service.ts'

const MAPS: ReadonlySet<string> = new Set(['options', 'dockerLabels', 'driverOpts', 'labels'])
/** What the API adds to a task definition that was registered. */
const ADDED = new Set(['compatibilities', 'requiresAttributes', 'revision', 'status', 'taskDefinitionArn'])

/** Clusters, capacity providers, the task definitions in use with the newest of each family, and services. */
export const exported: ServiceExporter = (region, world) => {
  const clusters = inRegion<Cluster>(world, 'aws.ecs.Cluster', region).filter(({ state }) => state === 'ACTIVE')
  const services = inRegion<Service>(world, 'aws.ecs.Service', region).filter(({ state }) => state === 'ACTIVE')
  const definitions = definitionsOf(world, region, services)
  return {
    resources: [
      ...clusters.flatMap(clusterOf),
      ...inRegion<CapacityProvider>(world, 'aws.ecs.CapacityProvider', region).map(providerOf),
      ...definitions.map((one) => definitionOf(one, definitions)),
      ...services.map((service) => serviceOf(service, world)),
    ],
    steps: waitsFor(world, clusters),
    files: definitions.map((definition) => ({
      path: `aws/task-definitions/${definition.family}-${definition.revision}.json`,
      text: `${JSON.stringify({ family: definition.family, ...specOf(definition) }, undefined, 2)}\n`,
    })),
  }
}

/** A service that is made before the instances are there has its tasks on the first few of them. */
function waitsFor(world: World, clusters: readonly Cluster[]) {
  return clusters.flatMap(({ clusterName, region, id }) => {
    const count = inRegion<{ readonly clusterId: string }>(world, 'aws.ecs.ContainerInstance', region).filter(
      ({ clusterId, state }) => clusterId === id && state === 'ACTIVE',
    ).length
    if (count === 0) return []
    const list = `aws ecs list-container-instances --region ${region} --cluster ${clusterName} --query 'length(containerInstanceArns)' --output text`
    return [
      {
        order: STEP.sources,
        says: `Until the instances of ${clusterName} are registered`,
        lines: [`until [ "$(${list})" -ge ${count} ]; do sleep 5; done`],
      },
    ]
  })
}

function clusterOf(cluster: Cluster): readonly ExportedResource[] {
  const { clusterName, settings, configuration, capacityProviders, defaultCapacityProviderStrategy, tags } = cluster
  const own = settings.filter(({ name, value }) => !(name === 'containerInsights' && value === 'disabled'))
  return [
    {
      type: 'AWS::ECS::Cluster',
      name: clusterName,
      physicalId: clusterName,
      properties: lean({
        ClusterName: clusterName,
        ClusterSettings: capitals(own),
        Configuration: capitals(configuration),
        Tags: templateTags(tags),
      }),
    },
    ...(capacityProviders.length > 0
      ? [
          {
            type: 'AWS::ECS::ClusterCapacityProviderAssociations',
            name: clusterName,
            physicalId: clusterName,
            properties: {
              Cluster: refer('AWS::ECS::Cluster', clusterName),
              CapacityProviders: capacityProviders.map((name) => refer('AWS::ECS::CapacityProvider', name)),
              DefaultCapacityProviderStrategy: capitals(defaultCapacityProviderStrategy) as JsonObject[],
            },
          },
        ]
      : []),
  ]
}

function providerOf({ name, autoScalingGroupProvider, tags }: CapacityProvider): ExportedResource {
  const group = autoScalingGroupProvider.autoScalingGroupArn?.split('/').at(-1) ?? ''
  return {
    type: 'AWS::ECS::CapacityProvider',
    name,
    physicalId: name,
    properties: lean({
      Name: name,
      AutoScalingGroupProvider: {
        ...(capitals(autoScalingGroupProvider) as JsonObject),
        AutoScalingGroupArn: refer('AWS::AutoScaling::AutoScalingGroup', group),
      },
      Tags: templateTags(tags),
    }),
  }
}

/** Revisions that services run, and the newest of every family, oldest first. */
function definitionsOf(world: World, region: string, services: readonly Service[]): readonly TaskDefinition[] {
  const all = inRegion<TaskDefinition>(world, 'aws.ecs.TaskDefinition', region).filter(
    ({ state }) => state === 'ACTIVE',
  )
  const used = new Set(services.map(({ definition }) => definition))
  return all
    .filter(
      (one) =>
        used.has(one.id) || !all.some(({ family, revision }) => family === one.family && revision > one.revision),
    )
    .sort((a, b) => a.born - b.born)
}

function specOf({ spec }: TaskDefinition): JsonObject {
  const { containerDefinitions, ...rest } = spec as unknown as { readonly [key: string]: unknown } & {
    readonly containerDefinitions: readonly object[]
  }
  const own = Object.fromEntries(Object.entries(rest).filter(([key]) => !ADDED.has(key)))
  return lean({
    ...own,
    containerDefinitions: containerDefinitions.map((one) => {
      const { cpu, ...container } = one as { readonly cpu?: number }
      return lean({ ...container, cpu: cpu === 0 ? undefined : cpu })
    }),
  })
}

function definitionOf(definition: TaskDefinition, all: readonly TaskDefinition[]): ExportedResource {
  const { family, revision, region, tags } = definition
  const before = all.filter((one) => one.family === family && one.revision < revision).at(-1)
  return {
    type: 'AWS::ECS::TaskDefinition',
    name: family,
    physicalId: definitionArn(region, family, revision),
    after: before ? [['AWS::ECS::TaskDefinition', definitionArn(region, family, before.revision)]] : [],
    properties: lean({
      Family: family,
      ...(capitals(specOf(definition), MAPS) as JsonObject),
      Tags: templateTags(tags),
    }),
  }
}

function serviceOf(service: Service, world: World): ExportedResource {
  const definition = world.get(service.definition) as TaskDefinition | undefined
  const { deploymentConfiguration, placementStrategy, placementConstraints, loadBalancers, network } = service
  const { strategy, bakeTimeInMinutes, maximumPercent, minimumHealthyPercent, ...deployment } =
    deploymentConfiguration as typeof deploymentConfiguration & JsonObject
  const listeners = loadBalancers.flatMap(({ targetGroupArn }) => sendersOf(world, targetGroupArn))
  return {
    type: 'AWS::ECS::Service',
    name: service.serviceName,
    physicalId: arnOfService(service),
    runs: true,
    after: listeners,
    properties: lean({
      ServiceName: service.serviceName,
      Cluster: refer('AWS::ECS::Cluster', service.cluster),
      TaskDefinition: definition ? definitionArn(definition.region, definition.family, definition.revision) : undefined,
      DesiredCount: service.schedulingStrategy === 'DAEMON' ? undefined : service.desiredCount,
      SchedulingStrategy: service.schedulingStrategy === 'DAEMON' ? 'DAEMON' : undefined,
      LaunchType: service.launchType,
      CapacityProviderStrategy: capitals(service.capacityProviderStrategy),
      DeploymentController: service.controller === 'ECS' ? undefined : { Type: service.controller },
      DeploymentConfiguration: lean({
        ...(capitals(deployment) as JsonObject),
        Strategy: strategy === 'ROLLING' ? undefined : strategy,
        BakeTimeInMinutes: bakeTimeInMinutes === 0 ? undefined : bakeTimeInMinutes,
        MaximumPercent: maximumPercent,
        MinimumHealthyPercent: minimumHealthyPercent,
      }),
      NetworkConfiguration: network ? { AwsvpcConfiguration: capitals(network) as JsonObject } : undefined,
      LoadBalancers: capitals(loadBalancers),
      ServiceRegistries: capitals(service.serviceRegistries),
      PlacementStrategies: capitals(placementStrategy),
      PlacementConstraints: capitals(placementConstraints),
      HealthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
      AvailabilityZoneRebalancing: service.availabilityZoneRebalancing,
      EnableECSManagedTags: service.enableECSManagedTags || undefined,
      PropagateTags: service.propagateTags === 'NONE' ? undefined : service.propagateTags,
      EnableExecuteCommand: service.enableExecuteCommand || undefined,
      Tags: templateTags(service.tags),
    }),
  }
}

/** Listeners that must stand before a service may register with a target group. */
function sendersOf(world: World, group: string | undefined): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = []
  for (const listener of world.all('aws.elbv2.Listener')) {
    const { arn } = listener as Entity & { readonly arn: string }
    if (group !== undefined && JSON.stringify(listener).includes(group))
      found.push(['AWS::ElasticLoadBalancingV2::Listener', arn])
  }
  return found
}

function inRegion<T>(world: World, kind: string, region: string): readonly (T & Entity)[] {
  return ([...world.all(kind)] as (T & Entity)[])
    .filter(({ id }) => id.startsWith(`${kind}/${region}/`))
    .sort((a, b) => a.born - b.born)
}
