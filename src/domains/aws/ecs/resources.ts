import type { Emission, Json, JsonObject, World } from '../../../kernel/index.ts'
import { callService, type ResourceAnswer, type ResourceCall, type ResourceType } from '../core/index.ts'
import { clusterId, lastPart } from './names.ts'
import { deploymentsOf, type Service } from './service/service.ts'
import type { TaskSet } from './service/taskSet.ts'

/** Members whose keys are a learner's own and stay as they are. */
const MAPS: ReadonlySet<string> = new Set(['Options', 'DockerLabels', 'DriverOpts', 'Labels'])

/** Properties of a template as the API's own members: `ContainerDefinitions` becomes `containerDefinitions`. */
function camel(value: Json, key = ''): Json {
  if (Array.isArray(value)) return value.map((one) => camel(one as Json))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      MAPS.has(key) ? name : name.charAt(0).toLowerCase() + name.slice(1),
      camel(inner as Json, name),
    ]),
  )
}

type Answered =
  | { readonly output: JsonObject; readonly emit: readonly Emission[] }
  | Extract<ResourceAnswer, { readonly error: unknown }>

function ask({ world, principal, region }: ResourceCall, operation: string, input: JsonObject): Answered {
  const answer = callService({ world, service: 'ecs', operation, input, principal, region })
  return 'error' in answer ? answer : { output: answer.output as JsonObject, emit: answer.emit ?? [] }
}

function made(answer: Answered, id: (output: JsonObject) => string): ResourceAnswer {
  return 'error' in answer ? answer : { physicalId: id(answer.output), emit: answer.emit }
}

const at = (output: JsonObject, member: string, key: string) => String((output[member] as JsonObject)[key])

function input(properties: JsonObject, call: ResourceCall, drop: readonly string[] = []): JsonObject {
  const own = Object.fromEntries(Object.entries(properties).filter(([name]) => !drop.includes(name)))
  const given = camel(own) as { readonly [key: string]: Json }
  const tags = [
    ...Object.entries(call.tags).map(([key, value]) => ({ key, value })),
    ...((given.tags as readonly JsonObject[] | undefined) ?? []),
  ]
  return { ...given, ...(tags.length > 0 ? { tags } : {}) } as JsonObject
}

/** CloudFormation's types of ECS. Models: the AWS::ECS resource type reference */
export const resources: readonly ResourceType[] = [
  {
    type: 'AWS::ECS::Cluster',
    required: [],
    replaces: ['ClusterName'],
    create: (properties, call) => {
      const { clusterSettings: settings, ...rest } = input(
        { ClusterName: call.generatedName, ...properties },
        call,
      ) as { [key: string]: Json }
      return made(ask(call, 'CreateCluster', { ...rest, ...(settings ? { settings } : {}) } as JsonObject), (output) =>
        at(output, 'cluster', 'clusterName'),
      )
    },
    update: (physicalId, properties, _before, call) => {
      const { clusterSettings: settings, configuration } = camel(properties) as { [key: string]: Json }
      return made(
        ask(call, 'UpdateCluster', {
          cluster: physicalId,
          ...(settings ? { settings } : {}),
          ...(configuration ? { configuration } : {}),
        } as JsonObject),
        () => physicalId,
      )
    },
    remove: (physicalId, _properties, call) =>
      made(ask(call, 'DeleteCluster', { cluster: physicalId }), () => physicalId),
    state: (physicalId, world) => (stateOf(world, 'aws.ecs.Cluster', physicalId) === 'ACTIVE' ? 'ready' : 'gone'),
    watches: ['aws.ecs.Cluster'],
    attributes: (physicalId) => ({ Arn: `arn:aws:ecs:us-east-1:123456789012:cluster/${physicalId}` }),
  },
  {
    type: 'AWS::ECS::TaskDefinition',
    required: [],
    replaces: [
      'Family',
      'ContainerDefinitions',
      'Cpu',
      'Memory',
      'NetworkMode',
      'RequiresCompatibilities',
      'TaskRoleArn',
      'ExecutionRoleArn',
      'Volumes',
      'PlacementConstraints',
      'RuntimePlatform',
      'EphemeralStorage',
      'PidMode',
      'IpcMode',
      'ProxyConfiguration',
    ],
    create: (properties, call) =>
      made(
        ask(
          call,
          'RegisterTaskDefinition',
          input(textual({ Family: call.generatedName.replace(/[^\w-]/g, ''), ...properties }), call),
        ),
        (output) => at(output, 'taskDefinition', 'taskDefinitionArn'),
      ),
    remove: (physicalId, _properties, call) =>
      made(ask(call, 'DeregisterTaskDefinition', { taskDefinition: physicalId }), () => physicalId),
    state: (physicalId, world) =>
      stateOf(world, 'aws.ecs.TaskDefinition', lastPart(physicalId)) === 'ACTIVE' ? 'ready' : 'gone',
    watches: ['aws.ecs.TaskDefinition'],
    attributes: (physicalId) => ({ TaskDefinitionArn: physicalId }),
  },
  {
    type: 'AWS::ECS::Service',
    required: [],
    replaces: ['Cluster', 'ServiceName', 'SchedulingStrategy', 'LaunchType', 'Role', 'DeploymentController'],
    create: (properties, call) => {
      const { placementStrategies, ...given } = input({ ServiceName: call.generatedName, ...properties }, call, [
        'Role',
      ]) as { [key: string]: Json }
      const placement = placementStrategies === undefined ? {} : { placementStrategy: placementStrategies }
      const desired = given.schedulingStrategy === 'DAEMON' ? {} : { desiredCount: Number(given.desiredCount ?? 1) }
      return made(ask(call, 'CreateService', { ...given, ...placement, ...desired } as JsonObject), (output) =>
        at(output, 'service', 'serviceArn'),
      )
    },
    update: (physicalId, properties, _before, call) => {
      const given = camel(properties) as { [key: string]: Json }
      const {
        taskDefinition,
        desiredCount,
        networkConfiguration,
        deploymentConfiguration,
        loadBalancers,
        placementConstraints,
        placementStrategies,
        capacityProviderStrategy,
        healthCheckGracePeriodSeconds,
      } = given
      const change = {
        taskDefinition,
        desiredCount: desiredCount === undefined ? undefined : Number(desiredCount),
        networkConfiguration,
        deploymentConfiguration,
        loadBalancers,
        placementConstraints,
        placementStrategy: placementStrategies,
        capacityProviderStrategy,
        healthCheckGracePeriodSeconds,
      }
      const kept = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      return made(ask(call, 'UpdateService', { ...place(physicalId), ...kept } as JsonObject), () => physicalId)
    },
    remove: (physicalId, _properties, call) =>
      made(ask(call, 'DeleteService', { ...place(physicalId), force: true }), () => physicalId),
    state(physicalId, world) {
      const service = serviceAt(world, physicalId)
      if (!service || service.state === 'INACTIVE') return 'gone'
      if (service.state === 'DRAINING') return 'working'
      const [primary] = deploymentsOf(world, service.id)
      if (primary?.state === 'FAILED') return { failed: 'ECS Deployment Circuit Breaker was triggered.' }
      if (primary?.rollbackFrom !== undefined) return { failed: 'ECS Deployment Circuit Breaker was triggered.' }
      return service.steady ? 'ready' : 'working'
    },
    watches: ['aws.ecs.Service', 'aws.ecs.Deployment'],
    attributes: (physicalId) => ({ Name: lastPart(physicalId), ServiceArn: physicalId }),
  },
  {
    type: 'AWS::ECS::CapacityProvider',
    required: [],
    replaces: ['Name'],
    create: (properties, call) =>
      made(ask(call, 'CreateCapacityProvider', input({ Name: call.generatedName, ...properties }, call)), (output) =>
        at(output, 'capacityProvider', 'name'),
      ),
    update: (physicalId, properties, _before, call) =>
      made(
        ask(call, 'UpdateCapacityProvider', { ...(camel(properties) as JsonObject), name: physicalId }),
        () => physicalId,
      ),
    remove: (physicalId, _properties, call) =>
      made(ask(call, 'DeleteCapacityProvider', { capacityProvider: physicalId }), () => physicalId),
    state: (physicalId, world) =>
      stateOf(world, 'aws.ecs.CapacityProvider', physicalId) === 'ACTIVE' ? 'ready' : 'gone',
    watches: ['aws.ecs.CapacityProvider'],
  },
  {
    type: 'AWS::ECS::ClusterCapacityProviderAssociations',
    required: ['Cluster', 'CapacityProviders', 'DefaultCapacityProviderStrategy'],
    replaces: ['Cluster'],
    create: (properties, call) =>
      made(ask(call, 'PutClusterCapacityProviders', camel(properties) as JsonObject), () => String(properties.Cluster)),
    update: (physicalId, properties, _before, call) =>
      made(ask(call, 'PutClusterCapacityProviders', camel(properties) as JsonObject), () => physicalId),
    remove: (physicalId, properties, call) =>
      made(
        ask(call, 'PutClusterCapacityProviders', {
          cluster: String(properties.Cluster),
          capacityProviders: [],
          defaultCapacityProviderStrategy: [],
        }),
        () => physicalId,
      ),
    state: (physicalId, world) =>
      stateOf(world, 'aws.ecs.Cluster', lastPart(physicalId)) === 'ACTIVE' ? 'ready' : 'gone',
    watches: ['aws.ecs.Cluster'],
  },
  {
    type: 'AWS::ECS::TaskSet',
    required: ['Cluster', 'Service', 'TaskDefinition'],
    replaces: [
      'Cluster',
      'Service',
      'TaskDefinition',
      'LaunchType',
      'LoadBalancers',
      'NetworkConfiguration',
      'ExternalId',
    ],
    create: (properties, call) =>
      made(ask(call, 'CreateTaskSet', input(properties, call)), (output) => at(output, 'taskSet', 'id')),
    update: (physicalId, properties, _before, call) =>
      made(
        ask(call, 'UpdateTaskSet', {
          ...(pick(camel(properties) as JsonObject, ['cluster', 'service', 'scale']) as JsonObject),
          taskSet: physicalId,
        }),
        () => physicalId,
      ),
    remove: (physicalId, properties, call) =>
      made(
        ask(call, 'DeleteTaskSet', {
          ...(pick(camel(properties) as JsonObject, ['cluster', 'service']) as JsonObject),
          taskSet: physicalId,
          force: true,
        }),
        () => physicalId,
      ),
    state(physicalId, world) {
      for (const entity of world.all('aws.ecs.TaskSet')) {
        const set = entity as unknown as TaskSet
        if (set.taskSetId !== physicalId) continue
        return set.state === 'INACTIVE' ? 'gone' : set.state === 'DRAINING' ? 'working' : 'ready'
      }
      return 'gone'
    },
    watches: ['aws.ecs.TaskSet'],
  },
]

function pick(from: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]]))) as JsonObject
}

/** Numbers that the API wants as text. */
function textual(properties: JsonObject): JsonObject {
  const { Cpu, Memory } = properties
  return {
    ...properties,
    ...(Cpu === undefined ? {} : { Cpu: String(Cpu) }),
    ...(Memory === undefined ? {} : { Memory: String(Memory) }),
  }
}

function stateOf(world: World, kind: string, name: string): string | undefined {
  for (const entity of world.all(kind)) if (entity.id.endsWith(`/${name}`)) return entity.state
  return undefined
}

function place(serviceArn: string): { readonly cluster: string; readonly service: string } {
  const [, cluster = 'default', service = ''] = serviceArn.split('/')
  return { cluster, service }
}

function serviceAt(world: World, arn: string): Service | undefined {
  const { cluster, service } = place(arn)
  const region = arn.split(':')[3] ?? ''
  return world.get(`${clusterId(region, cluster).replace('.Cluster/', '.Service/')}/${service}`) as Service | undefined
}
