import type { Answer, Controller, World } from '../../../../kernel/index.ts'
import {
  type Container,
  createContainer,
  engineWorks,
  isAlive,
  pullImage,
  startContainer,
  stopContainer,
} from '../../../docker/index.ts'
import type { ContainerInstance } from '../instance/containerInstance.ts'
import { agentConnected } from '../instance/containerInstance.ts'
import { environmentFor } from './containerEnvironment.ts'
import { registryProblem } from './registryAccess.ts'
import { definitionOf, type Pulling, type Task, tasksOfInstance } from './task.ts'
import { containersOf, resultsOf } from './taskContainers.ts'
import { type ContainerPlan, taskShape } from './taskShape.ts'

/**
 * The ECS agents of all instances, and what does their work on Fargate: they make what runs equal to what is wanted, task by task, and
 * report what became of it. An agent that is not connected does nothing; its containers run on.
 * Models: amazon-ecs-agent agent/engine/task_manager.go
 */
export const agentController: Controller = {
  name: 'aws.ecs.agent',
  watches: {
    'aws.ecs.Task': [
      'Provisioned',
      'StopRequested',
      'StartFailed',
      'Deactivated',
      'EssentialContainerExited',
      'after.forget',
      'InstanceLost',
    ],
    'docker.Container': [
      'Created',
      'Started',
      'StartFailed',
      'Exited',
      'OOMKilled',
      'Killed',
      'after.grace',
      'HealthTurned',
    ],
    'aws.ecs.Agent': ['Started'],
    'docker.Engine': ['DaemonStarted'],
  },
  wakes(event, world) {
    if (event.kind === 'aws.ecs.Task') return event.to
    if (event.kind === 'docker.Container') {
      const owner = world.get(event.to)?.owner
      return owner?.startsWith('aws.ecs.Task/') ? owner : undefined
    }
    const instance = event.kind === 'aws.ecs.Agent' ? world.get(event.to)?.owner : instanceWith(world, event.to)
    return instance === undefined ? undefined : world.lookup(tasksOfInstance, instance).map(({ id }) => id)
  },
  delay: (id, world) => HEARD + Math.floor(HEARD_SPREAD * world.draw(id, world.get(id)?.entry ?? 0, 'agent')),
  reconcile(id, world) {
    const task = world.get(id) as Task | undefined
    if (!task) return cleanUp(id, world)
    const by = agentOf(task, world)
    const silent = silence(task, world)
    if (silent !== undefined) return WORKS_ON.has(task.state) ? [{ to: id, decline: silent, by }] : undefined
    switch (task.state) {
      case 'PENDING':
        return prepare(task, world, by)
      case 'RUNNING':
      case 'ACTIVATING':
        return supervise(task, world, by)
      case 'STOPPING':
        return stop(task, world, by)
      default:
        return undefined
    }
  },
}

/** ms from a change until the agent has acted upon it: its connection, its work, the runtime's. */
const HEARD = 60
const HEARD_SPREAD = 180
const WORKS_ON: ReadonlySet<string> = new Set(['PENDING', 'STOPPING'])

function instanceWith(world: World, engine: string): string | undefined {
  const owner = world.get(engine)?.owner
  for (const entity of owner === undefined ? [] : world.ownedBy(owner))
    if (entity.kind === 'aws.ecs.ContainerInstance') return entity.id
  return undefined
}

/** Who is named as the one that acts: the agent, or the hidden machine on Fargate. */
function agentOf(task: Task, world: World): string | undefined {
  const instance = task.instance === undefined ? undefined : (world.get(task.instance) as ContainerInstance | undefined)
  return instance?.agent ?? task.engine
}

/** Why nothing can be done about a task now. */
function silence(task: Task, world: World): string | undefined {
  if (task.engine === undefined) return undefined
  if (task.instance !== undefined) {
    const instance = world.get(task.instance) as ContainerInstance | undefined
    if (instance && !agentConnected(world, instance))
      return `The ECS agent of ${instance.ec2InstanceId} is not connected: nothing is started or stopped there.`
  }
  if (!engineWorks(world, task.engine)) return 'The container engine of its machine does not run.'
  return undefined
}

function prepare(task: Task, world: World, by: string | undefined): readonly Answer[] | undefined {
  const { engine, id } = task
  if (engine === undefined) return undefined
  const { containers } = taskShape(definitionOf(world, task), task.overrides)
  const there = containersOf(world, id)
  if (there.length === 0) return pullThenCreate(task, engine, containers, world, by)
  return startReady(task, containers, there, world, by)
}

/** Images first, then all containers at once. */
function pullThenCreate(
  task: Task,
  engine: string,
  plans: readonly ContainerPlan[],
  world: World,
  by: string | undefined,
): readonly Answer[] {
  const { pulling, id } = task
  if (pulling && world.now < pulling.until) return [{ again: pulling.until - world.now }]
  if (pulling?.failure !== undefined) return [fail(task, pulling.failure, by)]
  const missing: string[] = []
  let until = world.now
  let failure: string | undefined
  const emit: Answer[] = []
  for (const { image } of plans) {
    const denied = registryProblem(world, task, image)
    const order = denied === undefined ? pullImage(world, engine, image) : { error: denied, ms: 900 }
    if ('present' in order && order.present) continue
    if (missing.includes(image)) continue
    missing.push(image)
    const other = 'error' in order ? undefined : pulledByOther(task, image, world)
    until = Math.max(until, other ?? world.now + order.ms)
    if ('error' in order) failure ??= `CannotPullContainerError: ${wordsOf(order.error)}`
    else if (other === undefined) emit.push(...order.emit.map((emission) => ({ ...emission, by })))
  }
  if (missing.length > 0) {
    const data: Pulling = { from: world.now, until, images: missing, ...(failure === undefined ? {} : { failure }) }
    return [
      { to: id, type: 'PullStarted', by, data },
      ...emit,
      ...(until > world.now ? [{ again: until - world.now }] : []),
    ]
  }
  const made: Answer[] = []
  for (const plan of plans) {
    const environment = environmentFor(world, task, plan)
    if ('error' in environment) return [fail(task, environment.error, by)]
    const order = createContainer(world, {
      engine,
      owner: id,
      name: nameOf(task, plan),
      spec: plan.spec,
      ...(task.eni ? { ip: task.eni.ip } : {}),
      ownEnv: environment.env,
      by,
    })
    if ('error' in order)
      return [fail(task, `CannotCreateContainerError: Error response from daemon: ${order.error}`, by)]
    made.push(...order.emit)
  }
  return made
}

/** Until when another task of the instance fetches the same image: it need not be fetched twice. */
function pulledByOther(task: Task, image: string, world: World): number | undefined {
  if (task.instance === undefined) return undefined
  for (const entity of world.lookup(tasksOfInstance, task.instance)) {
    const { pulling, id } = entity as Task
    if (id !== task.id && pulling && pulling.until > world.now && pulling.images.includes(image)) return pulling.until
  }
  return undefined
}

/** `ecs-web-3-nginx-` and twenty digits. */
function nameOf(task: Task, plan: ContainerPlan): string {
  const definition = task.definition.slice(task.definition.lastIndexOf('/') + 1).replace(':', '-')
  return `ecs-${definition}-${plan.name}-${task.taskId.slice(0, 20)}`
}

/** Starts those whose dependencies are as they must be; the task runs when all have started. */
function startReady(
  task: Task,
  plans: readonly ContainerPlan[],
  there: readonly Container[],
  world: World,
  by: string | undefined,
): readonly Answer[] | undefined {
  const broken = ended(task, plans, there, by)
  if (broken) return broken
  const byName = new Map(plans.map((plan, i) => [plan.name, there[i]]))
  const answers: Answer[] = []
  let waiting = 0
  for (const [i, plan] of plans.entries()) {
    const container = there[i]
    if (!container || container.life > 0) continue
    waiting++
    const ready = plan.dependsOn.map(({ containerName, condition }) => met(byName.get(containerName), condition))
    if (ready.includes('never'))
      return [
        fail(task, `TaskFailedToStart: a dependency of container '${plan.name}' did not come to what it waits for`, by),
      ]
    if (ready.includes('no')) continue
    const started = startContainer(world, container, { now: true, ...(by === undefined ? {} : { by }) })
    if ('error' in started)
      return [
        ...started.emit,
        fail(task, `CannotStartContainerError: Error response from daemon: ${started.error}`, by),
      ]
    answers.push(...started.emit)
  }
  if (waiting === 0) return [{ to: task.id, type: 'Started', by }]
  return answers
}

function met(container: Container | undefined, condition: string): 'yes' | 'no' | 'never' {
  if (!container || container.life === 0) return 'no'
  const over = container.state === 'exited'
  switch (condition) {
    case 'START':
      return 'yes'
    case 'COMPLETE':
      return over ? 'yes' : 'no'
    case 'SUCCESS':
      return !over ? 'no' : container.ended?.exitCode === 0 ? 'yes' : 'never'
    default:
      return container.health?.status === 'healthy'
        ? 'yes'
        : over || container.health?.status === 'unhealthy'
          ? 'never'
          : 'no'
  }
}

function supervise(task: Task, world: World, by: string | undefined): readonly Answer[] | undefined {
  const { containers } = taskShape(definitionOf(world, task), task.overrides)
  return ended(task, containers, containersOf(world, task.id), by)
}

/** The end of the task because an essential container has ended; others may be started again by their restart policy. */
function ended(
  task: Task,
  plans: readonly ContainerPlan[],
  there: readonly Container[],
  by: string | undefined,
): readonly Answer[] | undefined {
  const again: Answer[] = []
  for (const [i, plan] of plans.entries()) {
    const container = there[i]
    if (container?.state !== 'exited' || !container.ended) continue
    const policy = plan.definition.restartPolicy
    const { exitCode, startedAt, finishedAt, oom } = container.ended
    if (
      policy?.enabled &&
      !policy.ignoredExitCodes?.includes(exitCode) &&
      finishedAt - startedAt >= (policy.restartAttemptPeriod ?? 300) * 1000
    )
      again.push({ to: container.id, type: 'Started', by })
    else if (plan.essential)
      return [
        {
          to: task.id,
          type: 'EssentialContainerExited',
          by,
          data: {
            stopCode: 'EssentialContainerExited',
            stoppedReason: oom
              ? 'OutOfMemoryError: Container killed due to memory usage'
              : 'Essential container in task exited',
          },
          inputs: { container: plan.name, exitCode },
        },
      ]
  }
  return again.length > 0 ? again : undefined
}

function stop(task: Task, world: World, by: string | undefined): readonly Answer[] | undefined {
  const there = containersOf(world, task.id)
  const alive = there.filter((container) => isAlive(container) || container.state === 'restarting')
  if (alive.length > 0)
    return alive.flatMap((container) =>
      container.state === 'stopping' ? [] : stopContainer(world, container, { by, why: task.stoppedReason }),
    )
  const { containers } = taskShape(definitionOf(world, task), task.overrides)
  return [{ to: task.id, type: 'ContainersStopped', by, data: { results: resultsOf(containers, there) } }]
}

function fail(task: Task, stoppedReason: string, by: string | undefined): Answer {
  return { to: task.id, type: 'StartFailed', by, data: { stopCode: 'TaskFailedToStart', stoppedReason } }
}

/** What the engine says of a pull, as the agent passes it on. */
function wordsOf(error: string): string {
  return `pull image manifest has been retried 1 time(s): ${error.replace(/^rpc error: code = \w+ desc = /, '').replace(/^failed to pull and unpack image "[^"]*": /, '')}`
}

/** What a forgotten task leaves behind: its containers are removed. */
function cleanUp(id: string, world: World): readonly Answer[] {
  return containersOf(world, id).map((container) => ({
    to: container.id,
    type: 'RemovalRequested',
    by: container.engine,
    data: { volumes: true },
  }))
}
