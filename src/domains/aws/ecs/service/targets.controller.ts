import type { Answer, Controller, Entity, World } from '../../../../kernel/index.ts'
import { isAlive } from '../../../docker/index.ts'
import type { Task } from '../task/task.ts'
import { containersOf } from '../task/taskContainers.ts'
import { changeTargets, targetHealth, targetsFor } from './balancing.ts'
import type { Deployment } from './deployment.ts'
import { deploymentsOf, type Service, taskSetsOf } from './service.ts'

/**
 * Registers the running tasks of services with their target groups, and lets connections drain before a task's containers are stopped.
 * A task without targets is let go at once.
 * Models: Amazon ECS developer guide, "Service load balancing"
 */
export const targetsController: Controller = {
  name: 'aws.ecs.targets',
  watches: {
    'aws.ecs.Task': ['Started', 'ActivationBegan', 'StopRequested', 'EssentialContainerExited', 'InstanceLost'],
    'aws.elbv2.Target': '*',
  },
  wakes(event, world) {
    if (event.kind === 'aws.ecs.Task') {
      const task = world.get(event.to) as Task | undefined
      if (!task) return undefined
      if (event.into === 'DEACTIVATING') return event.to
      return task.service !== undefined && balanced(task, world) ? event.to : undefined
    }
    return event.into === 'Gone' || event.into === 'unused' ? drainingTasks(world) : undefined
  },
  delay: (id, world) => (world.get(id)?.state === 'DEACTIVATING' ? 0 : REGISTERS),
  reconcile(id, world) {
    const task = world.get(id) as Task | undefined
    if (!task) return undefined
    if (task.state === 'STOPPED') return task.targets ? deregister(task, task.targets, world).answers : undefined
    if (task.state === 'DEACTIVATING') return leave(task, world)
    if ((task.state === 'RUNNING' || task.state === 'ACTIVATING') && !task.targets) return enter(task, world)
    return undefined
  },
}

/** ms from a task's start until it is registered. */
const REGISTERS = 900
/** ms between two looks at whether connections have drained, where nothing wakes. */
const LOOKS = 5000

/** The deployment or task set that a task was started for. */
export function revisionOf(task: Task, world: World): Deployment | undefined {
  if (task.service === undefined) return undefined
  const all = [...deploymentsOf(world, task.service), ...taskSetsOf(world, task.service)] as readonly (Entity & {
    readonly deploymentId?: string
    readonly taskSetId?: string
  })[]
  return all.find((one) => (one.deploymentId ?? one.taskSetId) === task.deployment) as Deployment | undefined
}

function balanced(task: Task, world: World): boolean {
  return task.targets !== undefined || (revisionOf(task, world)?.loadBalancers.length ?? 0) > 0
}

function drainingTasks(world: World): readonly string[] {
  const ids: string[] = []
  if (world.count('aws.ecs.Task', 'DEACTIVATING') === 0) return ids
  for (const task of world.all('aws.ecs.Task')) if (task.state === 'DEACTIVATING') ids.push(task.id)
  return ids
}

function enter(task: Task, world: World): readonly Answer[] | undefined {
  const revision = revisionOf(task, world)
  const targets = revision ? targetsFor(world, task, revision) : []
  if (targets.length === 0) return task.state === 'ACTIVATING' ? [{ to: task.id, type: 'Started' }] : undefined
  const { emit, errors } = changeTargets(world, task.region, 'RegisterTargets', targets)
  const service = world.get(task.service ?? '') as Service | undefined
  const name = service?.serviceName ?? ''
  if (errors.length > 0)
    return (
      service && [
        {
          to: service.id,
          type: 'Told',
          data: {
            messages: [
              `(service ${name}) failed to register targets in (target-group ${targets[0]?.group}) with (error ${errors[0]})`,
            ],
          },
        },
      ]
    )
  const messages = groupsOf(targets).map((group) => `(service ${name}) registered 1 targets in (target-group ${group})`)
  return [
    ...emit,
    { to: task.id, type: 'TargetsRegistered', by: task.service, data: { targets } },
    ...(task.state === 'ACTIVATING' ? [{ to: task.id, type: 'Started' }] : []),
    ...(service ? [{ to: service.id, type: 'Told', data: { messages } }] : []),
  ]
}

function leave(task: Task, world: World): readonly Answer[] {
  const { targets, id: to } = task
  if (targets) {
    const { answers } = deregister(task, targets, world)
    const alive = containersOf(world, to).some(isAlive)
    return alive ? [...answers, { again: LOOKS }] : [...answers, { to, type: 'Deactivated' }]
  }
  const waits = containersOf(world, to).some(isAlive) && stillDraining(task, world)
  return waits ? [{ again: LOOKS }] : [{ to, type: 'Deactivated' }]
}

function deregister(
  task: Task,
  targets: Task['targets'] & object,
  world: World,
): { readonly answers: readonly Answer[] } {
  const { emit } = changeTargets(world, task.region, 'DeregisterTargets', targets)
  const service = world.get(task.service ?? '') as Service | undefined
  const name = service?.serviceName ?? ''
  const messages = [
    ...groupsOf(targets).map((group) => `(service ${name}) deregistered 1 targets in (target-group ${group})`),
    `(service ${name}, taskSet ${task.deployment}) has begun draining connections on 1 tasks.`,
  ]
  return {
    answers: [
      ...emit,
      { to: task.id, type: 'TargetsDeregistered', by: task.service },
      ...(service ? [{ to: service.id, type: 'Told', data: { messages } }] : []),
    ],
  }
}

function groupsOf(targets: Task['targets'] & object): readonly string[] {
  return [...new Set(targets.map(({ group }) => group))]
}

function stillDraining(task: Task, world: World): boolean {
  const revision = revisionOf(task, world)
  const targets = revision ? targetsFor(world, task, revision) : []
  return targets.some(
    ({ group, id, port }) => targetHealth(world, task.region, group).get(`${id}:${port}`) === 'draining',
  )
}
