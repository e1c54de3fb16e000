import type { Derived } from '../../../../kernel/index.ts'
import type { Task } from '../task/task.ts'

/** What tasks have taken of one container instance. */
export interface Booking {
  cpu: number
  memory: number
  gpu: number
  enis: number
  tasks: number
  running: number
  readonly groups: Map<string, number>
  readonly ports: Map<string, number>
}

/** What one task takes: kept in the task itself, so that a booking needs nothing else. */
export interface Takes {
  readonly cpu: number
  readonly memory: number
  readonly gpu?: number | undefined
  readonly eni?: boolean | undefined
  readonly ports?: readonly string[] | undefined
}

/** States in which a task has given back what it took. */
const GIVEN_BACK: ReadonlySet<string> = new Set(['DEPROVISIONING', 'STOPPED', 'DELETED'])

/** What is taken of each container instance, by its entity id: kept up to date as tasks come and go, so that nobody has to count. */
export const bookings: Derived<Map<string, Booking>> = {
  name: 'aws.ecs.bookings',
  kinds: ['aws.ecs.Task'],
  create: () => new Map(),
  add: (books, entity) => book(books, entity as Task, 1),
  remove: (books, entity) => book(books, entity as Task, -1),
  same: (before, after) => same(before as Task, after as Task),
}

function same(before: Task, after: Task): boolean {
  return (
    before.instance === after.instance &&
    before.takes === after.takes &&
    GIVEN_BACK.has(before.state) === GIVEN_BACK.has(after.state) &&
    (before.state === 'RUNNING') === (after.state === 'RUNNING')
  )
}

function book(books: Map<string, Booking>, task: Task, sign: 1 | -1): void {
  const { instance, takes, state } = task
  if (instance === undefined || GIVEN_BACK.has(state)) return
  let booking = books.get(instance)
  if (!booking) {
    booking = { cpu: 0, memory: 0, gpu: 0, enis: 0, tasks: 0, running: 0, groups: new Map(), ports: new Map() }
    books.set(instance, booking)
  }
  booking.cpu += sign * takes.cpu
  booking.memory += sign * takes.memory
  booking.gpu += sign * (takes.gpu ?? 0)
  booking.enis += takes.eni ? sign : 0
  booking.tasks += sign
  booking.running += state === 'RUNNING' ? sign : 0
  count(booking.groups, task.group, sign)
  for (const port of takes.ports ?? []) count(booking.ports, port, sign)
  if (booking.tasks === 0) books.delete(instance)
}

function count(counts: Map<string, number>, key: string, sign: number): void {
  const next = (counts.get(key) ?? 0) + sign
  if (next === 0) counts.delete(key)
  else counts.set(key, next)
}
