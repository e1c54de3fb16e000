import type { Answer, Controller, World } from '../../../kernel/index.ts'
import { type Container, containersOn, isAlive } from '../container/container.ts'
import { removeContainer, startContainer, stopContainer } from '../container/orders.ts'
import { engineOf } from '../engine/engine.ts'
import { findLocalImage } from '../image/index.ts'
import { fetching } from '../registry/fetching.ts'
import { nodeOfEngine, nodesOf, type SwarmNode } from './node.ts'
import { swarmOf } from './swarm.ts'
import { isTerminal, isWanted, type Task, tasksOnNode } from './task.ts'
import { taskContainer } from './taskContainer.ts'

/**
 * The agent of each node: takes the tasks that are assigned to it, makes, starts and stops their containers, and reports what becomes of
 * them. Models: swarmkit agent/exec/controller.go Do, moby daemon/cluster/executor/container/controller.go
 */
export const agentController: Controller = {
  name: 'docker.swarm.agent',
  watches: {
    'docker.Task': '*',
    'docker.Container': [
      'Started',
      'StartFailed',
      'Exited',
      'OOMKilled',
      'Killed',
      'after.grace',
      'HealthTurned',
      'after.removal',
    ],
    'docker.Node': ['Left', 'HeartbeatResumed'],
    'docker.Swarm': ['Elected', 'Dissolved'],
  },
  wakes(event, world) {
    if (event.kind === 'docker.Task') {
      if (event.type !== 'Removed') return event.to
      const { container } = (event.data ?? {}) as { container?: string }
      return container === undefined ? undefined : `${container}\nremove`
    }
    if (event.kind === 'docker.Container') {
      const owner = (world.get(event.to) as Container | undefined)?.owner
      return owner?.startsWith('docker.Task/') ? owner : undefined
    }
    if (event.kind === 'docker.Node') return [...tasksOnNode(world, event.to).map(({ id }) => id), `${event.to}\nsweep`]
    return [
      ...nodesOf(world).flatMap(({ id }) => tasksOnNode(world, id).map((task) => task.id)),
      ...(event.type === 'Dissolved' ? ['\nsweep'] : []),
    ]
  },
  delay: () => 30,
  reconcile(id, world) {
    const [to = '', what] = id.split('\n')
    if (what === 'remove') return discard(world, to)
    if (what === 'sweep') return sweep(world)
    const task = world.get(to) as Task | undefined
    const node = task?.node === undefined ? undefined : (world.get(task.node) as SwarmNode | undefined)
    if (!task || !node || swarmOf(world)?.state !== 'Led') return undefined
    if (engineOf(world, node.engine)?.state !== 'Running' || (node.state === 'down' && !node.left)) return undefined
    const container = task.container === undefined ? undefined : (world.get(task.container) as Container | undefined)
    if (isTerminal(task))
      return container && isAlive(container) && container.state !== 'stopping'
        ? stopContainer(world, container, { by: node.id })
        : undefined
    if (!isWanted(task) || node.left) return end(world, task, node, container)
    return advance(world, task, node, container)
  },
}

/** Removes the container of a task that is forgotten. */
function discard(world: World, id: string): readonly Answer[] | undefined {
  const container = world.get(id) as Container | undefined
  if (!container || engineOf(world, container.engine)?.state !== 'Running') return undefined
  return removeContainer(world, container, { volumes: true })
}

/** Removes containers of tasks that nobody knows any more. */
function sweep(world: World): readonly Answer[] {
  const answers: Answer[] = []
  for (const entity of world.all('docker.Engine')) {
    if (entity.state !== 'Running') continue
    const member = nodeOfEngine(world, entity.id)
    for (const container of containersOn(world, entity.id)) {
      if (!container.owner.startsWith('docker.Task/') || container.state === 'removing') continue
      if (!member || !world.get(container.owner)) answers.push(...removeContainer(world, container, { volumes: true }))
    }
  }
  return answers
}

function end(
  world: World,
  task: Task,
  node: SwarmNode,
  container: Container | undefined,
): readonly Answer[] | undefined {
  if (!container || !isAlive(container)) return [{ to: task.id, type: 'ShutDown', by: node.id }]
  if (container.state === 'stopping') return undefined
  return stopContainer(world, container, { by: node.id, why: 'its task is not wanted any more' })
}

function advance(
  world: World,
  task: Task,
  node: SwarmNode,
  container: Container | undefined,
): readonly Answer[] | undefined {
  const { id: to } = task
  const by = node.id
  if (task.state === 'assigned') return [{ to, type: 'Accepted', by }]
  if (task.state === 'accepted') return [{ to, type: 'PreparingStarted', by }]
  if (task.state === 'preparing') return makeReady(world, task, node)
  if (task.state === 'ready') {
    if (task.desired === 'ready') return undefined
    if (!container) return [{ to, type: 'Failed', data: { error: 'No such container' }, by }]
    const started = startContainer(world, container, { by })
    if ('error' in started)
      return [
        ...started.emit,
        { to, type: 'Failed', data: { error: `starting container failed: ${started.error}` }, by },
      ]
    return [{ to, type: 'Starting', by }, ...started.emit]
  }
  return watch(world, task, node, container)
}

/** Fetches the image where it is missing, and makes the container. */
function makeReady(world: World, task: Task, node: SwarmNode): readonly Answer[] {
  const { id: to, spec } = task
  const by = node.id
  const image = findLocalImage(world, node.engine, spec.task.image)
  if (!image) {
    const plan = fetching(world, node.engine, spec.task.image)
    const due = task.pulled ?? world.now + ('error' in plan ? 800 : plan.ms)
    if (due > world.now)
      return task.pulled === undefined
        ? [{ to, type: 'PullStarted', data: { pulled: due }, by }]
        : [{ again: due - world.now }]
    const name = /[:@][^/]*$/.test(spec.task.image) ? spec.task.image : `${spec.task.image}:latest`
    return 'error' in plan
      ? [{ to, type: 'Rejected', data: { error: `No such image: ${name}` }, by }]
      : [...plan.emit, { again: 1 }]
  }
  const ordered = taskContainer(world, task, node, image)
  if ('error' in ordered) return [{ to, type: 'Rejected', data: { error: ordered.error }, by }]
  return [...ordered.emit, { to, type: 'Prepared', data: { container: ordered.id }, by }]
}

/** Reports what has become of a container that was started. */
function watch(
  _world: World,
  task: Task,
  node: SwarmNode,
  container: Container | undefined,
): readonly Answer[] | undefined {
  const { id: to } = task
  const by = node.id
  if (!container) return [{ to, type: 'Failed', data: { error: 'No such container' }, by }]
  const { state, ended, health, error } = container
  if (state === 'exited' || state === 'dead' || state === 'removing') {
    const exitCode = ended?.exitCode ?? 137
    if (exitCode === 0) return [{ to, type: 'Completed', by }]
    return [{ to, type: 'Failed', data: { error: `task: non-zero exit (${exitCode})` }, by }]
  }
  if (state === 'created')
    return error === undefined
      ? undefined
      : [{ to, type: 'Failed', data: { error: `starting container failed: ${error}` }, by }]
  if (health?.status === 'unhealthy' && isAlive(container))
    return [{ to, type: 'Failed', data: { error: 'task: non-zero exit (143): dockerexec: unhealthy container' }, by }]
  if (task.state === 'starting' && state === 'running' && health?.status !== 'starting')
    return [{ to, type: 'RunningReported', by }]
  return undefined
}
