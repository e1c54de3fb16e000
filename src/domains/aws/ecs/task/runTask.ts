import type { Emission } from '../../../../kernel/index.ts'
import { type ApiAnswer, type ApiCall, refuse } from '../../core/index.ts'
import { capacityProviders } from '../capacityProviders.rule.ts'
import { type Cluster, findCluster } from '../cluster/cluster.ts'
import { type TaskDefinition, usableDefinition } from '../definition/taskDefinition.ts'
import { instanceNamed, instancesOf } from '../instance/containerInstance.ts'
import { instanceArn } from '../names.ts'
import type { Step } from '../placement.ts'
import { subnetsOf } from '../subnets.ts'
import type * as api from '../types.generated.ts'
import { describeTask } from './describeTask.ts'
import { launchTask, type TaskOrder } from './launchTask.ts'
import { beginPlacing } from './placeTasks.ts'
import type { Task } from './task.ts'
import { isFargate, launchOf, launchProblem } from './taskOrder.ts'

/** Who runs tasks, where that is not the caller itself: an entity's id, and what tells its calls of one moment apart. */
export interface RunBy {
  readonly by?: string | undefined
  readonly keys?: readonly (string | number)[] | undefined
}

/** RunTask: tasks are placed at once, or fail with a reason for each instance. Models: ECS API RunTask */
export function runTask(call: ApiCall<api.RunTaskRequest>, { by, keys = [] }: RunBy = {}): ApiAnswer {
  const { input, world, region } = call
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const { cluster } = found
  const usable = usableDefinition(world, region, input.taskDefinition)
  if ('error' in usable) return usable
  const { definition } = usable
  const count = input.count ?? 1
  if (count < 1) return refuse('InvalidParameterException', 'count should be greater than 0.')
  if (count > 10) return refuse('InvalidParameterException', 'count cannot be greater than 10.')
  const problem = launchProblem(world, region, cluster, definition, input) ?? startedByProblem(input.startedBy)
  if (problem) return problem
  const launch = launchOf(cluster, input)
  const order = orderOf(input, cluster, definition, by)
  const tell = [...keys, world.revision, input.startedBy ?? '', definition.id]
  if (isFargate(launch)) return onFargate(call, order, launch.strategy, count, tell)
  if (!launch.strategy && instancesOf(world, cluster.id).length === 0)
    return refuse('InvalidParameterException', 'No Container Instances were found in your cluster.')
  return onInstances(call, order, launch.strategy, count, tell)
}

function startedByProblem(startedBy: string | undefined) {
  return startedBy !== undefined && startedBy.length > 128
    ? refuse('InvalidParameterException', 'startedBy should not be longer than 128 characters.')
    : undefined
}

function orderOf(
  input: Omit<api.RunTaskRequest, 'count'>,
  cluster: Cluster,
  definition: TaskDefinition,
  by: string | undefined,
): TaskOrder {
  const network = input.networkConfiguration?.awsvpcConfiguration
  return {
    region: cluster.region,
    clusterId: cluster.id,
    cluster: cluster.clusterName,
    definition,
    group: input.group ?? `family:${definition.family}`,
    launchType: 'EC2',
    ...(input.startedBy === undefined ? {} : { startedBy: input.startedBy }),
    ...(input.overrides ? { overrides: input.overrides } : {}),
    ...(network ? { network } : {}),
    ...(input.tags?.length ? { tags: input.tags } : {}),
    ...(input.enableExecuteCommand ? { enableExecuteCommand: true } : {}),
    ...(by === undefined ? {} : { by }),
  }
}

function onFargate(
  { world, region }: ApiCall<unknown>,
  order: TaskOrder,
  strategy: readonly api.CapacityProviderStrategyItem[] | undefined,
  count: number,
  keys: readonly (string | number)[],
): ApiAnswer {
  const providers = strategy ? sharesOf(world, strategy, count) : Array<undefined>(count).fill(undefined)
  const zones = subnetsOf(world, region, order.network?.subnets ?? []).known.map(({ zone }) => zone)
  const made = providers.map((provider, i) =>
    launchTask(
      world,
      { ...order, launchType: 'FARGATE', ...(provider === undefined ? {} : { capacityProviderName: provider }) },
      { zone: zones[i % Math.max(1, zones.length)] ?? `${region}a` },
      ...keys,
      i,
    ),
  )
  return {
    output: { tasks: made.map(({ task }) => describeTask(world, task)), failures: [] },
    emit: made.flatMap(({ emit }) => emit),
  }
}

/** The provider of each of so many tasks. */
function sharesOf(
  world: ApiCall['world'],
  strategy: readonly api.CapacityProviderStrategyItem[],
  count: number,
): readonly string[] {
  const { placed } = world.decide(capacityProviders, { strategy, count })
  return Object.entries(placed).flatMap(([name, tasks]) => Array<string>(tasks).fill(name))
}

function onInstances(
  call: ApiCall<api.RunTaskRequest>,
  order: TaskOrder,
  strategy: readonly api.CapacityProviderStrategyItem[] | undefined,
  count: number,
  keys: readonly (string | number)[],
): ApiAnswer {
  const { world, region, input } = call
  const tasks: Task[] = []
  const failures: api.Failure[] = []
  const emit: Emission[] = []
  const providers = strategy ? sharesOf(world, strategy, count) : Array<undefined>(count).fill(undefined)
  let placing: ReturnType<typeof beginPlacing> | undefined
  let last: string | undefined | null = null
  for (const [i, provider] of providers.entries()) {
    if (!placing || provider !== last)
      placing = beginPlacing(world, {
        cluster: { id: order.clusterId },
        definition: order.definition,
        overrides: order.overrides,
        group: order.group,
        strategies: input.placementStrategy ?? [],
        constraints: input.placementConstraints ?? [],
        ...(provider === undefined ? {} : { provider }),
      })
    last = provider
    const place = placing.next(...keys, i)
    const own = provider === undefined ? order : { ...order, capacityProviderName: provider }
    if (place || provider !== undefined) {
      const made = launchTask(world, own, place ?? {}, ...keys, i)
      tasks.push(made.task)
      emit.push(...made.emit)
      continue
    }
    const { counts } = placing.failure()
    if (counts.has('memberOf')) failures.push({ reason: WORDS.memberOf })
    else if (counts.has('distinctInstance')) failures.push({ reason: WORDS.distinctInstance })
    else
      for (const instance of instancesOf(world, order.clusterId)) {
        const step = placing.refusalOf(instance.id)
        if (step) failures.push({ arn: instanceArn(region, order.cluster, instance.instanceId), reason: wordsOf(step) })
      }
    break
  }
  return { output: { tasks: tasks.map((task) => describeTask(world, task)), failures }, emit }
}

const WORDS = {
  memberOf: 'MemberOf placement constraint unsatisfied.',
  distinctInstance: 'DistinctInstance placement constraint unsatisfied.',
} as const

/** A step of a placement in the words of a failure's reason. */
export function wordsOf(step: Step): string {
  return step === 'memberOf' || step === 'distinctInstance' ? WORDS[step] : step
}

/** StartTask: on the instances that are named, whatever strategies would say. Models: ECS API StartTask */
export function startTask({ input, world, region }: ApiCall<api.StartTaskRequest>): ApiAnswer {
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const { cluster } = found
  const usable = usableDefinition(world, region, input.taskDefinition)
  if ('error' in usable) return usable
  const { definition } = usable
  if (input.containerInstances.length === 0)
    return refuse('InvalidParameterException', 'Container instances can not be empty.')
  if (input.containerInstances.length > 10)
    return refuse('InvalidParameterException', 'Container instances cannot be more than 10.')
  const problem = launchProblem(world, region, cluster, definition, { ...input, launchType: 'EC2' })
  if (problem) return problem
  const tasks: Task[] = []
  const failures: api.Failure[] = []
  const emit: Emission[] = []
  for (const [i, text] of input.containerInstances.entries()) {
    const instance = instanceNamed(world, region, cluster.clusterName, text)
    const arn = instance ? instanceArn(region, cluster.clusterName, instance.instanceId) : text
    if (!instance) {
      failures.push({ arn, reason: 'MISSING' })
      continue
    }
    const order = orderOf(input, cluster, definition, undefined)
    const placing = beginPlacing(world, {
      cluster,
      definition,
      overrides: input.overrides,
      group: order.group,
      strategies: [],
      constraints: [],
      among: new Set([instance.id]),
    })
    const place = placing.next(i)
    if (!place) {
      const step = placing.refusalOf(instance.id)
      failures.push({ arn, reason: step ? wordsOf(step) : 'INACTIVE' })
      continue
    }
    const made = launchTask(world, order, place, 'start', world.revision, input.startedBy ?? '', definition.id, i)
    tasks.push(made.task)
    emit.push(...made.emit)
  }
  return { output: { tasks: tasks.map((task) => describeTask(world, task)), failures }, emit }
}
