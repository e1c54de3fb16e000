import type { Answer, Controller, World } from '../../../../kernel/index.ts'
import { callService, servicePrincipal } from '../../core/index.ts'
import { bookings } from '../instance/bookings.ts'
import { instancesOf } from '../instance/containerInstance.ts'
import type { Service } from '../service/service.ts'
import { beginPlacing } from '../task/placeTasks.ts'
import { definitionOf, type Task, waitingTasks } from '../task/task.ts'
import { type CapacityProvider, capacityProviderNamed } from './capacityProvider.ts'
import type { Cluster } from './cluster.ts'

/**
 * Finds places for tasks that wait for the capacity of a provider, and asks its Auto Scaling group for more where managed scaling is on.
 * Models: Amazon ECS developer guide, "Amazon ECS cluster auto scaling"
 */
export const capacityController: Controller = {
  name: 'aws.ecs.capacity',
  watches: {
    'aws.ecs.Task': ['Requested', 'after.release', 'InstanceLost', 'ContainersStopped'],
    'aws.ecs.ContainerInstance': ['Registered', 'Activated'],
    'aws.ecs.Agent': ['Started'],
  },
  wakes(event, world) {
    if (event.kind === 'aws.ecs.Agent') {
      const instance = world.get(event.to)?.owner
      return instance === undefined ? undefined : clusterOf(world, instance)
    }
    if (event.kind === 'aws.ecs.ContainerInstance') return clusterOf(world, event.to)
    const task = world.get(event.to) as Task | undefined
    if (task?.capacityProviderName === undefined || task.launchType === 'FARGATE') return undefined
    return task.clusterId
  },
  delay: () => 1200,
  reconcile(id, world) {
    const cluster = world.get(id) as Cluster | undefined
    if (!cluster) return undefined
    const waiting = world.lookup(waitingTasks, id) as readonly Task[]
    const answers: Answer[] = []
    const still: Task[] = []
    for (const task of waiting) {
      const placed = place(world, cluster, task, answers)
      if (!placed) still.push(task)
    }
    for (const name of cluster.capacityProviders) answers.push(...scale(world, cluster, name, still))
    if (still.length > 0) answers.push({ again: 60_000 })
    return answers
  },
}

function clusterOf(world: World, instance: string): string | undefined {
  return (world.get(instance) as unknown as { readonly clusterId?: string } | undefined)?.clusterId
}

function place(world: World, cluster: Cluster, task: Task, answers: Answer[]): boolean {
  const service = task.service === undefined ? undefined : (world.get(task.service) as Service | undefined)
  const taken = answers.flatMap((answer) => ('type' in answer && answer.type === 'Placed' ? [answer] : []))
  const placing = beginPlacing(world, {
    cluster,
    definition: definitionOf(world, task),
    overrides: task.overrides,
    group: task.group,
    strategies: service?.placementStrategy ?? [],
    constraints: service?.placementConstraints ?? [],
    provider: task.capacityProviderName,
  })
  for (const { data } of taken) placing.reserve((data as { readonly instance: string }).instance)
  const found = placing.next(task.id)
  if (!found) return false
  const { instance, rule, inputs } = found
  answers.push({
    to: task.id,
    type: 'Placed',
    rule,
    inputs,
    data: { instance: instance.id, engine: instance.engine, zone: instance.zone },
  })
  if (definitionOf(world, task).spec.networkMode !== 'awsvpc') answers.push({ to: task.id, type: 'Provisioned' })
  return true
}

/** Asks the group for as many instances as its tasks need, and no fewer than one that is in use. */
function scale(world: World, cluster: Cluster, name: string, waiting: readonly Task[]): readonly Answer[] {
  const provider = capacityProviderNamed(world, cluster.region, name) as CapacityProvider | undefined
  if (typeof provider !== 'object' || provider.autoScalingGroupProvider.managedScaling?.status !== 'ENABLED') return []
  const { managedScaling, autoScalingGroupArn } = provider.autoScalingGroupProvider
  const group = autoScalingGroupArn.slice(autoScalingGroupArn.lastIndexOf('/') + 1)
  const mine = waiting.filter(({ capacityProviderName }) => capacityProviderName === name)
  if (mine.length === 0) return []
  const books = world.derived(bookings)
  const instances = instancesOf(world, cluster.id).filter((one) => one.capacityProviderName === name)
  const used = instances.filter(({ id }) => books.has(id)).length
  const [size] = instances
  const perInstance = size
    ? Math.max(
        1,
        Math.min(
          ...mine.map(({ takes }) =>
            Math.min(
              Math.floor(size.cpu / Math.max(1, takes.cpu)),
              Math.floor(size.memory / Math.max(1, takes.memory)),
            ),
          ),
        ),
      )
    : 1
  const needed = used + Math.ceil(mine.length / perInstance)
  const wanted = Math.ceil((needed * 100) / (managedScaling.targetCapacity ?? 100))
  const described = call(world, cluster.region, 'DescribeAutoScalingGroups', { AutoScalingGroupNames: [group] })
  if ('error' in described) return []
  const [asg] =
    (described.output as { AutoScalingGroups?: readonly { DesiredCapacity?: number; MaxSize?: number }[] })
      .AutoScalingGroups ?? []
  const from = asg?.DesiredCapacity ?? 0
  const step = Math.min(
    Math.max(wanted - from, managedScaling.minimumScalingStepSize ?? 1),
    managedScaling.maximumScalingStepSize ?? 10_000,
  )
  const to = Math.min(asg?.MaxSize ?? wanted, from + step)
  if (wanted <= from || to <= from) return []
  const set = call(world, cluster.region, 'SetDesiredCapacity', { AutoScalingGroupName: group, DesiredCapacity: to })
  if ('error' in set) return []
  return [{ to: provider.id, type: 'Scaled', by: cluster.id, data: { from, to, needed } }, ...(set.emit ?? [])]
}

function call(world: World, region: string, operation: string, input: object) {
  return callService({
    world,
    service: 'autoscaling',
    operation,
    input: input as never,
    principal: servicePrincipal('ecs'),
    region,
  })
}
