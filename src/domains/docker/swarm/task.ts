import { defineIndex, defineKind, type Entity, type World } from '../../../kernel/index.ts'
import { swarmId } from './identity.ts'
import type { SwarmNode } from './node.ts'
import type { ServiceSpec } from './serviceSpec.ts'
import { taskLifecycle } from './task.lifecycle.ts'

export type Desired = 'ready' | 'running' | 'complete' | 'shutdown' | 'remove'

/** One task. Ids are `docker.Task/<service>.<slot>`, with `~n` behind for later ones of a slot. */
export interface Task extends Entity {
  /** Id of its service. */
  readonly service: string
  /** Number of its place, or the node's id for global services. */
  readonly slot: string
  /** The service as it was wanted when the task was made. */
  readonly spec: ServiceSpec
  readonly desired: Desired
  /** Id of its node. */
  readonly node?: string | undefined
  /** Addresses by network. */
  readonly addresses?: { readonly [network: string]: string } | undefined
  /** Id of its container. */
  readonly container?: string | undefined
  readonly error?: string | undefined
  readonly createdAt: number
  /** When it may be started at the earliest: the delay of the restart policy. */
  readonly startAt?: number | undefined
  /** When earlier tasks of its slot were restarted. */
  readonly restarts?: readonly number[] | undefined
  /** Set when an update made it: when that began. */
  readonly update?: number | undefined
  /** The task that has to end before this one starts. */
  readonly after?: string | undefined
  /** When its image will be there. */
  readonly pulled?: number | undefined
  readonly runningAt?: number | undefined
  readonly iteration?: number | undefined
}

export const taskKind = defineKind<Task>({
  kind: 'docker.Task',
  lifecycle: taskLifecycle,
  apply: {
    DesiredChanged: (_task, event) => ({ desired: (event.data as { desired: Desired }).desired }),
    Allocated: (_task, event) => event.data as Pick<Task, 'addresses'>,
    SchedulingFailed: (_task, event) => event.data as Pick<Task, 'error'>,
    Assigned: (_task, event) => ({ node: (event.data as { node: string }).node, error: undefined }),
    PullStarted: (_task, event) => event.data as Pick<Task, 'pulled'>,
    Prepared: (_task, event) => event.data as Pick<Task, 'container'>,
    RunningReported: (_task, event) => ({ runningAt: event.at }),
    Failed: (_task, event) => event.data as Pick<Task, 'error'>,
    Rejected: (_task, event) => event.data as Pick<Task, 'error'>,
  },
  tell: {
    Created: (event) => `The task [${nameIn(event.to)}](${event.to}) is made.`,
    SchedulingFailed: (event) => `${told(event.to)} finds no node: \`${(event.data as { error: string }).error}\`.`,
    Assigned: (event) => {
      const { node } = event.data as { node: string }
      return `The scheduler gives ${told(event.to)} to [${node.slice('docker.Node/'.length)}](${node}).`
    },
    RunningReported: (event) => `${told(event.to)} runs.`,
    Completed: (event) => `${told(event.to)} is complete.`,
    Failed: (event) => `${told(event.to)} fails: \`${(event.data as { error: string }).error}\`.`,
    Rejected: (event) => `${told(event.to)} is refused: \`${(event.data as { error: string }).error}\`.`,
    ShutDown: (event) => `${told(event.to)} has ended as it was told.`,
    DesiredChanged: (event) => `${told(event.to)} is wanted \`${(event.data as { desired: Desired }).desired}\`.`,
  },
})

function nameIn(id: string): string {
  return id.slice('docker.Task/'.length).replace(/~\d+$/, '')
}

function told(id: string): string {
  return `[${nameIn(id)}](${id})`
}

/** Tasks by service. */
export const tasksByService = defineIndex(
  'docker.tasksByService',
  ['docker.Task'],
  (entity) => (entity as Task).service,
)

/** Tasks by node. */
export const tasksByNode = defineIndex('docker.tasksByNode', ['docker.Task'], (entity) => (entity as Task).node)

/** Tasks that wait for a node. */
export const waitingTasks = defineIndex('docker.waitingTasks', ['docker.Task'], ({ state }) =>
  state === 'pending' ? 'pending' : undefined,
)

export function tasksOfService(world: World, service: string): readonly Task[] {
  return [...(world.lookup(tasksByService, service) as readonly Task[])].sort((a, b) => a.born - b.born)
}

export function tasksOnNode(world: World, node: string): readonly Task[] {
  return [...(world.lookup(tasksByNode, node) as readonly Task[])].sort((a, b) => a.born - b.born)
}

const TERMINAL: ReadonlySet<string> = new Set(['complete', 'failed', 'shutdown', 'rejected', 'orphaned'])

/** Whether it will not change any more. */
export function isTerminal(task: Task): boolean {
  return TERMINAL.has(task.state)
}

/** Whether the orchestrator wants it to run, now or soon. */
export function isWanted(task: Task): boolean {
  return task.desired === 'running' || task.desired === 'ready' || task.desired === 'complete'
}

/** Name as lists show it: `web.1`, `web.<node id>`. */
export function taskName(world: World, task: Task): string {
  const node = task.slot.startsWith('docker.Node/') ? (world.get(task.slot) as SwarmNode | undefined) : undefined
  return `${task.spec.name}.${node ? swarmId(node) : task.slot.replace(/^docker\.Node\//, '')}`
}

/** A free entity id for a new task in a slot. */
export function freeTaskId(world: World, service: string, slot: string): string {
  const base = `docker.Task/${service}.${slot.replace(/^docker\.Node\//, '')}`
  if (!world.get(base)) return base
  for (let i = 2; ; i++) if (!world.get(`${base}~${i}`)) return `${base}~${i}`
}
