import type { Answer, Emission, World } from '../../../../kernel/index.ts'
import { capacityProviders } from '../capacityProviders.rule.ts'
import type { TaskDefinition } from '../definition/taskDefinition.ts'
import type { ContainerInstance } from '../instance/containerInstance.ts'
import { placement } from '../placement.rule.ts'
import { subnetsOf } from '../subnets.ts'
import { launchTask, type TaskOrder } from '../task/launchTask.ts'
import { beginPlacing, type PlacementFailure } from '../task/placeTasks.ts'
import { wordsOf } from '../task/runTask.ts'
import type { Task } from '../task/task.ts'
import type { Launching, Service } from './service.ts'

/** Ids of tasks that were started, what brings them about, and what is to be said. */
export interface Started {
  readonly tasks: readonly string[]
  readonly emit: readonly Answer[]
  /** Why not all could be placed, as the service event says it. */
  readonly unplaced?: string | undefined
}

/** Starts so many tasks for a deployment or task set; `there` are those that run for it already. */
export function startTasks(
  world: World,
  service: Service,
  name: string,
  launching: Launching,
  count: number,
  there: readonly Task[],
  among?: ReadonlySet<string>,
): Started {
  const definition = world.get(launching.definition) as TaskDefinition
  const order: TaskOrder = {
    region: service.region,
    clusterId: service.clusterId,
    cluster: service.cluster,
    definition,
    group: `service:${service.serviceName}`,
    startedBy: name,
    launchType: 'EC2',
    service: service.id,
    deployment: name,
    by: service.id,
    ...(launching.network ? { network: launching.network } : {}),
    ...(service.enableExecuteCommand ? { enableExecuteCommand: true } : {}),
    ...(service.propagateTags === 'SERVICE' && service.tags.length > 0 ? { tags: service.tags } : {}),
  }
  const strategy = launching.capacityProviderStrategy
  const shares = strategy ? sharesOf(world, strategy, count, there) : undefined
  if (launching.launchType === 'FARGATE' || strategy?.[0]?.capacityProvider.startsWith('FARGATE'))
    return onFargate(world, order, launching, count, there, shares)
  return onInstances(world, service, order, count, shares, among)
}

/** The capacity provider of each of so many more tasks. */
function sharesOf(
  world: World,
  strategy: Launching['capacityProviderStrategy'] & object,
  count: number,
  there: readonly Task[],
): readonly string[] {
  const running: Record<string, number> = {}
  for (const { capacityProviderName = '' } of there)
    running[capacityProviderName] = (running[capacityProviderName] ?? 0) + 1
  const { placed } = world.decide(capacityProviders, { strategy, count, running })
  return Object.entries(placed).flatMap(([provider, tasks]) => Array<string>(tasks).fill(provider))
}

/** Fargate spreads tasks over the zones of the subnets. */
function onFargate(
  world: World,
  order: TaskOrder,
  launching: Launching,
  count: number,
  there: readonly Task[],
  shares: readonly string[] | undefined,
): Started {
  const zones = [
    ...new Set(subnetsOf(world, order.region, launching.network?.subnets ?? []).known.map(({ zone }) => zone)),
  ]
  const load = new Map(zones.map((zone) => [zone, there.filter((task) => task.zone === zone).length]))
  const tasks: string[] = []
  const emit: Emission[] = []
  for (let i = 0; i < count; i++) {
    const [zone] = [...load].reduce<readonly [string, number]>(
      (best, one) => (one[1] < best[1] ? one : best),
      [zones[0] ?? `${order.region}a`, Number.POSITIVE_INFINITY],
    )
    load.set(zone, (load.get(zone) ?? 0) + 1)
    const own = {
      ...order,
      launchType: 'FARGATE',
      ...(shares?.[i] === undefined ? {} : { capacityProviderName: shares[i] }),
    }
    const made = launchTask(world, own, { zone }, order.deployment ?? '', world.revision, i)
    tasks.push(made.taskId)
    emit.push(...made.emit)
  }
  return { tasks, emit }
}

function onInstances(
  world: World,
  service: Service,
  order: TaskOrder,
  count: number,
  shares: readonly string[] | undefined,
  among: ReadonlySet<string> | undefined,
): Started {
  const tasks: string[] = []
  const emit: Answer[] = []
  let placing: ReturnType<typeof beginPlacing> | undefined
  let last: string | undefined
  for (let i = 0; i < count; i++) {
    const provider = shares?.[i]
    if (!placing || provider !== last)
      placing = beginPlacing(world, {
        cluster: { id: service.clusterId },
        definition: order.definition,
        group: order.group,
        strategies: service.placementStrategy,
        constraints: service.placementConstraints,
        ...(provider === undefined ? {} : { provider }),
        ...(among ? { among } : {}),
      })
    last = provider
    const place = placing.next(order.deployment ?? '', world.revision, i)
    if (!place && provider === undefined) {
      const failure = placing.failure()
      emit.push({
        to: service.id,
        decline: reasonOf(failure),
        rule: placement.id,
        inputs: placing.table(),
      })
      return { tasks, emit, unplaced: unplacedWords(world, service, failure) }
    }
    const own = provider === undefined ? order : { ...order, capacityProviderName: provider }
    const made = launchTask(world, own, place ?? {}, order.deployment ?? '', world.revision, i)
    tasks.push(made.taskId)
    emit.push(...made.emit)
  }
  return { tasks, emit }
}

/** In few words, for whoever asks why it waits. */
function reasonOf({ instances, counts }: PlacementFailure): string {
  if (instances === 0) return 'There is no container instance in the cluster.'
  const parts = [...counts].map(([step, number]) => `${number} ${wordsOf(step)}`)
  return `None of ${instances} container instances can take another task: ${parts.join(', ')}`
}

const MORE = 'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'

/** Models: Amazon ECS developer guide, service event messages */
export function unplacedWords(world: World, service: Service, { instances, closest }: PlacementFailure): string {
  const head = `(service ${service.serviceName}) was unable to place a task because no container instance met all of its requirements.`
  if (instances === 0) return `${head} Reason: No Container Instances were found in your cluster. ${MORE}`
  if (!closest) return `${head} ${MORE}`
  const instance = world.get(closest.instance.id) as ContainerInstance
  const the = `The closest matching (container-instance ${instance.instanceId})`
  switch (closest.step) {
    case 'RESOURCE:CPU':
      return `${head} ${the} has insufficient CPU units available. ${MORE}`
    case 'RESOURCE:MEMORY':
      return `${head} ${the} has insufficient memory available. ${MORE}`
    case 'RESOURCE:PORTS':
      return `${head} ${the} is already using a port required by your task. ${MORE}`
    case 'INACTIVE':
      return `${head} ${MORE}`
    default:
      return `${head} ${the} encountered error "${wordsOf(closest.step)}". ${MORE}`
  }
}

/** What the service says of tasks that it has started: at most ten in one message. */
export function startedWords(service: Service, tasks: readonly string[]): readonly string[] {
  return inTens(tasks, (some) => `(service ${service.serviceName}) has started ${some.length} tasks: ${listed(some)}.`)
}

/** What the service says of tasks that it stops. */
export function stoppedWords(service: Service, tasks: readonly Task[]): readonly string[] {
  return inTens(
    tasks.map(({ taskId }) => taskId),
    (some) => `(service ${service.serviceName}) has stopped ${some.length} running tasks: ${listed(some)}.`,
  )
}

function listed(tasks: readonly string[]): string {
  return tasks.map((id) => `(task ${id})`).join(' ')
}

/** Only the newest hundred messages are kept, so that no more are made. */
function inTens(tasks: readonly string[], say: (tasks: readonly string[]) => string): readonly string[] {
  const messages: string[] = []
  for (let at = Math.max(0, tasks.length - 1000); at < tasks.length; at += 10)
    messages.push(say(tasks.slice(at, at + 10)))
  return messages
}

/** The event that stops a task of a service. */
export function stopTask(service: Service, task: Task, stoppedReason: string): Emission {
  return {
    to: task.id,
    type: 'StopRequested',
    by: service.id,
    data: { stopCode: 'ServiceSchedulerInitiated', stoppedReason },
  }
}
