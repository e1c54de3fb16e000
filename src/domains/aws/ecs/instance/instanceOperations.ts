import type { Emission } from '../../../../kernel/index.ts'
import { type ApiAnswer, type ApiCall, defineOperation, type Operation, refuse } from '../../core/index.ts'
import { findCluster } from '../cluster/cluster.ts'
import { matchesQuery, type Query } from '../clusterQuery.ts'
import { ClusterQueryError, parseClusterQuery } from '../clusterQueryParser.ts'
import { clusterName, instanceArn, lastPart } from '../names.ts'
import { pageOf } from '../paging.ts'
import { type Task, tasksOfInstance } from '../task/task.ts'
import type * as api from '../types.generated.ts'
import { bookings } from './bookings.ts'
import {
  agentConnected,
  type ContainerInstance,
  describeInstance,
  factsOf,
  instanceNamed,
  instancesOf,
} from './containerInstance.ts'
import { registerInstance } from './registerInstance.ts'

/** The operations about container instances and their attributes. Models: ECS API */
export const instanceOperations: readonly Operation[] = [
  defineOperation<api.RegisterContainerInstanceRequest>('RegisterContainerInstance', register),
  defineOperation<api.DeregisterContainerInstanceRequest>('DeregisterContainerInstance', deregister),
  defineOperation<api.DescribeContainerInstancesRequest>('DescribeContainerInstances', ({ input, world, region }) => {
    const found = findCluster(world, region, input.cluster)
    if ('error' in found) return found
    const { clusterName: cluster } = found.cluster
    const each = input.containerInstances.map((text) => [text, instanceNamed(world, region, cluster, text)] as const)
    return {
      output: {
        containerInstances: each.flatMap(([, one]) => (one ? [describeInstance(world, one, input.include)] : [])),
        failures: each.flatMap(([text, one]) => (one ? [] : [missing(region, cluster, text)])),
      },
    }
  }),
  defineOperation<api.ListContainerInstancesRequest>('ListContainerInstances', ({ input, world, region }) => {
    const found = findCluster(world, region, input.cluster)
    if ('error' in found) return found
    const query = queryOf(input.filter)
    if (query && 'error' in query) return query
    const all = instancesOf(world, found.cluster.id).filter(
      (one) => (input.status === undefined || one.state === input.status) && (!query || selects(world, query, one)),
    )
    const page = pageOf(
      all.map((one) => instanceArn(region, one.cluster, one.instanceId)),
      input,
    )
    return 'error' in page ? page : { output: { containerInstanceArns: page.items, ...page.more } }
  }),
  defineOperation<api.UpdateContainerInstancesStateRequest>(
    'UpdateContainerInstancesState',
    ({ input, world, region }) => {
      const found = findCluster(world, region, input.cluster)
      if ('error' in found) return found
      if (input.status !== 'ACTIVE' && input.status !== 'DRAINING')
        return refuse('InvalidParameterException', 'Container instance status should be one of [ACTIVE,DRAINING].')
      const { clusterName: cluster } = found.cluster
      const each = input.containerInstances.map((text) => [text, instanceNamed(world, region, cluster, text)] as const)
      return {
        output: {
          containerInstances: each.flatMap(([, one]) =>
            one ? [describeInstance(world, { ...one, state: input.status })] : [],
          ),
          failures: each.flatMap(([text, one]) => (one ? [] : [missing(region, cluster, text)])),
        },
        emit: each.flatMap(([, one]) =>
          one ? [{ to: one.id, type: input.status === 'ACTIVE' ? 'Activated' : 'Drained' }] : [],
        ),
      }
    },
  ),
  defineOperation<api.UpdateContainerAgentRequest>('UpdateContainerAgent', ({ input, world, region }) => {
    const found = findCluster(world, region, input.cluster)
    if ('error' in found) return found
    const instance = instanceNamed(world, region, found.cluster.clusterName, input.containerInstance)
    if (!instance) return refuse('ClientException', 'The referenced container instance was not found.')
    return refuse('NoUpdateAvailableException', 'There is no update available for your container agent.')
  }),
  defineOperation<api.PutAttributesRequest>('PutAttributes', (call) => attributes(call, call.input.attributes, true)),
  defineOperation<api.DeleteAttributesRequest>('DeleteAttributes', (call) =>
    attributes(call, call.input.attributes, false),
  ),
  defineOperation<api.ListAttributesRequest>('ListAttributes', ({ input, world, region }) => {
    const found = findCluster(world, region, input.cluster)
    if ('error' in found) return found
    const all = instancesOf(world, found.cluster.id).flatMap((one) =>
      Object.entries(one.attributes).flatMap(([name, value]) =>
        (input.attributeName ?? name) === name && (input.attributeValue ?? value) === value
          ? [
              {
                name,
                ...(value === '' ? {} : { value }),
                targetId: instanceArn(region, one.cluster, one.instanceId),
                targetType: 'container-instance',
              },
            ]
          : [],
      ),
    )
    const page = pageOf(all, input)
    return 'error' in page ? page : { output: { attributes: page.items, ...page.more } }
  }),
  defineOperation<api.DiscoverPollEndpointRequest>('DiscoverPollEndpoint', ({ region }) => ({
    output: {
      endpoint: `https://ecs-a-1.${region}.amazonaws.com/`,
      telemetryEndpoint: `https://ecs-t-1.${region}.amazonaws.com/`,
      serviceConnectEndpoint: `https://ecs-sc.${region}.api.aws`,
    },
  })),
]

/** A filter as a parsed expression; undefined when there is none. */
export function queryOf(filter: string | undefined): Query | ReturnType<typeof refuse> | undefined {
  if (filter === undefined) return undefined
  try {
    return parseClusterQuery(filter)
  } catch (error) {
    if (error instanceof ClusterQueryError)
      return refuse('InvalidParameterException', `Invalid filter expression: ${filter}`)
    throw error
  }
}

function selects(world: ApiCall['world'], query: Query, instance: ContainerInstance): boolean {
  const booked = world.derived(bookings).get(instance.id)
  return matchesQuery(query, {
    ...factsOf(instance, agentConnected(world, instance)),
    runningTasksCount: booked?.running ?? 0,
    taskGroups: [...(booked?.groups.keys() ?? [])],
  })
}

function missing(region: string, cluster: string, text: string): api.Failure {
  return { arn: text.startsWith('arn:') ? text : instanceArn(region, cluster, text), reason: 'MISSING' }
}

/** An agent's own call: for machines that the lab has no EC2 record of. */
function register({ input, world, region }: ApiCall<api.RegisterContainerInstanceRequest>): ApiAnswer {
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const total = (name: string, otherwise: number) =>
    input.totalResources?.find((one) => one.name === name)?.integerValue ?? otherwise
  const ec2InstanceId = `i-${lastPart(input.containerInstanceArn ?? '').slice(0, 17) || '0'.repeat(17)}`
  const { instance, emit } = registerInstance(world, region, found.cluster.clusterName, {
    ec2InstanceId: documentId(input.instanceIdentityDocument) ?? ec2InstanceId,
    type: 'm5.large',
    zone: `${region}a`,
    vcpus: total('CPU', 2048) / 1024,
    memoryMiB: Math.ceil((total('MEMORY', 7680) + 32) / 0.97),
    interfaces: 3,
    trunkInterfaces: 12,
    ip: '10.0.0.10',
    attributes: Object.fromEntries((input.attributes ?? []).map(({ name, value }) => [name, value ?? ''])),
  })
  const born = { ...instance, kind: 'aws.ecs.ContainerInstance', state: 'ACTIVE', entry: 1, since: world.now, born: 0 }
  return { output: { containerInstance: describeInstance(world, born) }, emit }
}

function documentId(document: string | undefined): string | undefined {
  return /"instanceId"\s*:\s*"(i-[0-9a-f]+)"/.exec(document ?? '')?.[1]
}

function deregister({ input, world, region }: ApiCall<api.DeregisterContainerInstanceRequest>): ApiAnswer {
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const instance = instanceNamed(world, region, found.cluster.clusterName, input.containerInstance)
  if (!instance) return refuse('ClientException', 'The referenced container instance was not found.')
  const tasks = world.lookup(tasksOfInstance, instance.id) as readonly Task[]
  if (tasks.some(({ desiredStatus }) => desiredStatus === 'RUNNING') && !input.force)
    return refuse('InvalidParameterException', 'Found running tasks on the instance.')
  return {
    output: { containerInstance: { ...describeInstance(world, instance), status: 'INACTIVE' } },
    emit: [{ to: instance.id, type: 'Deregistered' }, ...orphaned(tasks)],
  }
}

/** Tasks of an instance that the service forgets: they stop for the service, though their containers may run on. */
function orphaned(tasks: readonly Task[]): readonly Emission[] {
  return tasks.map(({ id }) => ({
    to: id,
    type: 'InstanceLost',
    data: { stopCode: 'TerminationNotice', stoppedReason: 'Container instance deregistered' },
  }))
}

function attributes(
  { input, world, region }: ApiCall<{ readonly cluster?: string | undefined }>,
  given: readonly api.Attribute[],
  put: boolean,
): ApiAnswer {
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const changes = new Map<ContainerInstance, { [name: string]: string }>()
  for (const { name, value = '', targetId } of given) {
    if (!targetId) return refuse('InvalidParameterException', 'Attribute targetId cannot be blank.')
    const instance = instanceNamed(world, region, clusterName(input.cluster), targetId)
    if (!instance) return refuse('TargetNotFoundException', `Unable to find the specified target ${targetId}.`)
    if (!/^[\w./\\-]{1,128}$/.test(name) || !/^[\w.@:/\\ -]{0,128}$/.test(value))
      return refuse('InvalidParameterException', 'Attribute name or value contains invalid characters.')
    if (name.startsWith('ecs.') || name.startsWith('com.amazonaws.'))
      return refuse('InvalidParameterException', `Attribute ${name} is reserved.`)
    const next = changes.get(instance) ?? { ...instance.attributes }
    if (put) next[name] = value
    else delete next[name]
    changes.set(instance, next)
  }
  return {
    output: { attributes: given.map(({ name, value, targetId }) => ({ name, ...(value ? { value } : {}), targetId })) },
    emit: [...changes].map(([{ id }, next]) => ({ to: id, type: 'Updated', data: { attributes: next } })),
  }
}
