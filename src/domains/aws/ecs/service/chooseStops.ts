import type { World } from '../../../../kernel/index.ts'
import { bookings } from '../instance/bookings.ts'
import type { ContainerInstance } from '../instance/containerInstance.ts'
import type { Task } from '../task/task.ts'
import type { Service } from './service.ts'

/**
 * Which of a service's tasks are stopped when there are too many: those that do not run yet, then such that zones stay even, and with
 * binpack those whose instance is then emptiest. Tasks that are protected stay.
 * Models: Amazon ECS developer guide, "Service scheduler concepts"
 */
export function chooseStops(world: World, service: Service, tasks: readonly Task[], count: number): readonly Task[] {
  if (count <= 0) return NONE
  const free = tasks.filter(({ protectedUntil }) => protectedUntil === undefined || protectedUntil <= world.now)
  if (free.length <= count) return free
  const chosen: Task[] = free.filter(({ state }) => state !== 'RUNNING').slice(0, count)
  if (chosen.length === count) return chosen
  const binpack = service.placementStrategy.find(({ type }) => type === 'binpack')
  const books = world.derived(bookings)
  const rank = (task: Task) => {
    if (!binpack || task.instance === undefined) return world.draw(task.id, 'stop')
    const instance = world.get(task.instance) as ContainerInstance | undefined
    const booked = books.get(task.instance)
    return binpack.field?.toLowerCase() === 'cpu'
      ? (booked?.cpu ?? 0) - (instance?.cpu ?? 0)
      : (booked?.memory ?? 0) - (instance?.memory ?? 0)
  }
  const zones = new Map<string, { readonly task: Task; readonly rank: number }[]>()
  for (const task of free) {
    if (task.state !== 'RUNNING') continue
    const key = binpack ? '' : (task.zone ?? '')
    const known = zones.get(key)
    if (known) known.push({ task, rank: rank(task) })
    else zones.set(key, [{ task, rank: rank(task) }])
  }
  for (const list of zones.values()) list.sort((a, b) => b.rank - a.rank)
  while (chosen.length < count) {
    const fullest = [...zones.values()].reduce((best, list) => (list.length > best.length ? list : best))
    const next = fullest.pop()
    if (!next) break
    chosen.push(next.task)
  }
  return chosen
}

const NONE: readonly Task[] = []

/** Why the tasks of a deleted service stop. */
export function ALL_STOPPED(service: Service): string {
  return `Scaling activity initiated by (service ${service.serviceName})`
}
