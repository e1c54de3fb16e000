import type { World } from '../../../../kernel/index.ts'
import { definitionOf, LIVE, type Task, tasksOfService } from '../task/task.ts'
import { taskHealth } from '../task/taskContainers.ts'
import { taskShape } from '../task/taskShape.ts'
import { targetHealth, targetsFor } from './balancing.ts'
import type { Deployment } from './deployment.ts'
import type { Service } from './service.ts'

/** ms that a task without any health check must have run before it counts as healthy. */
export const SETTLES = 40_000

/** The tasks of one deployment or task set, sorted by how they are. */
export interface Fleet {
  /** Wanted and not stopping, in the order in which they came. */
  readonly live: readonly Task[]
  readonly healthy: readonly Task[]
  /** Running, but a health check says that they must be replaced, each with its reason. */
  readonly ailing: ReadonlyMap<Task, string>
  /** On instances that are drained. */
  readonly leaving: readonly Task[]
  /** ms until one more counts as healthy without further news. */
  readonly wait: number
}

/** The tasks of a service by deployment or task set; `''` holds those of ones that are over. Counted once for each look. */
export function fleetsOf(
  world: World,
  service: Service,
  revisions: readonly {
    readonly name: string
    readonly revision: Pick<Deployment, 'loadBalancers' | 'targetGroup' | 'definition'>
  }[],
): { readonly byName: ReadonlyMap<string, Fleet>; readonly stopping: ReadonlySet<string> } {
  const groups = new Map<string, Task[]>()
  const stopping = new Set<string>()
  for (const entity of world.lookup(tasksOfService, service.id)) {
    const task = entity as Task
    if (!LIVE.has(task.state)) {
      stopping.add(task.deployment ?? '')
      continue
    }
    const key = task.deployment ?? ''
    const known = groups.get(key)
    if (known) known.push(task)
    else groups.set(key, [task])
  }
  const byName = new Map<string, Fleet>()
  for (const { name, revision } of revisions) byName.set(name, sort(world, service, groups.get(name) ?? [], revision))
  const strays = [...groups].flatMap(([name, tasks]) => (byName.has(name) ? [] : tasks))
  if (strays.length > 0)
    byName.set('', { live: strays, healthy: strays, ailing: new Map(), leaving: [], wait: Number.POSITIVE_INFINITY })
  return { byName, stopping }
}

export const EMPTY: Fleet = { live: [], healthy: [], ailing: new Map(), leaving: [], wait: Number.POSITIVE_INFINITY }

function sort(
  world: World,
  service: Service,
  live: readonly Task[],
  revision: Pick<Deployment, 'loadBalancers' | 'targetGroup' | 'definition'>,
): Fleet {
  const [first] = live
  if (!first) return EMPTY
  const checked = taskShape(definitionOf(world, first)).containers.some(
    ({ essential, spec }) => essential && spec.health,
  )
  const balanced = revision.loadBalancers.length > 0
  const grace = (service.healthCheckGracePeriodSeconds ?? 0) * 1000
  const states = new Map<string, ReadonlyMap<string, string>>()
  const stateOf = (group: string, key: string) => {
    let known = states.get(group)
    if (!known) {
      known = targetHealth(world, service.region, group)
      states.set(group, known)
    }
    return known.get(key)
  }
  const healthy: Task[] = []
  const leaving: Task[] = []
  const ailing = new Map<Task, string>()
  const draining = drainedInstances(world, live)
  let next = Number.POSITIVE_INFINITY
  for (const task of live) {
    if (task.instance !== undefined && draining.has(task.instance)) leaving.push(task)
    if (task.state !== 'RUNNING' || task.startedAt === undefined) continue
    const age = world.now - task.startedAt
    const verdict = checked ? taskHealth(world, task) : 'HEALTHY'
    if (verdict === 'UNHEALTHY' && age >= grace) {
      ailing.set(task, 'Task failed container health checks')
      continue
    }
    let good = verdict === 'HEALTHY'
    if (balanced) {
      const targets = task.targets ?? targetsFor(world, task, revision)
      for (const { group, id, port } of targets) {
        const state = task.targets ? stateOf(group, `${id}:${port}`) : 'initial'
        if (state === 'unhealthy' && age >= grace)
          ailing.set(task, `Task failed ELB health checks in (target-group ${group})`)
        if (state !== 'healthy' && state !== 'unused') good = false
      }
      if (ailing.has(task)) continue
    } else if (!checked && age < SETTLES) {
      good = false
      next = Math.min(next, task.startedAt + SETTLES)
    }
    if (good) healthy.push(task)
  }
  return { live, healthy, ailing, leaving, wait: next - world.now }
}

function drainedInstances(world: World, tasks: readonly Task[]): ReadonlySet<string> {
  const drained = new Set<string>()
  const seen = new Set<string>()
  for (const { instance } of tasks) {
    if (instance === undefined || seen.has(instance)) continue
    seen.add(instance)
    const state = world.get(instance)?.state
    if (state === 'DRAINING') drained.add(instance)
  }
  return drained
}
