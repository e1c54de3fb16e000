import type { Answer, World } from '../../../../kernel/index.ts'
import type { Task } from '../task/task.ts'
import type { Deployment } from './deployment.ts'
import type { Service } from './service.ts'
import { startedWords, startTasks, stoppedWords, stopTask } from './startTasks.ts'

/** What one look at a service comes to, before it is put in order. */
export interface Pass {
  readonly emit: Answer[]
  readonly messages: string[]
  readonly fields: { steady?: boolean; unplaced?: string | undefined }
  again: number
}

/** Starts tasks and says so; true when not all found a place. */
export function start(
  world: World,
  service: Service,
  primary: Deployment,
  count: number,
  there: readonly Task[],
  pass: Pass,
): boolean {
  if (count <= 0) {
    if (service.unplaced !== undefined && pass.fields.unplaced === undefined) pass.fields.unplaced = undefined
    return false
  }
  const { tasks, emit, unplaced } = startTasks(world, service, primary.deploymentId, primary, count, there)
  pass.emit.push(...emit)
  if (tasks.length > 0) {
    pass.messages.push(...startedWords(service, tasks))
    pass.fields.steady = false
  }
  if (unplaced === undefined) {
    if (service.unplaced !== undefined) pass.fields.unplaced = undefined
    return false
  }
  if (service.unplaced !== unplaced) {
    pass.messages.push(unplaced)
    pass.fields.unplaced = unplaced
    pass.fields.steady = false
  }
  pass.again = Math.min(pass.again, RETRY)
  return true
}

/** ms until placement is tried again, where nothing has happened. */
const RETRY = 60_000

/** Stops tasks and says so. */
export function stop(
  service: Service,
  tasks: readonly Task[],
  pass: Pass,
  why: (task: Task) => string,
  cited: { readonly rule?: string; readonly inputs?: unknown } = {},
): void {
  if (tasks.length === 0) return
  pass.emit.push(...tasks.map((task) => ({ ...stopTask(service, task, why(task)), ...cited })))
  pass.messages.push(...stoppedWords(service, tasks))
  pass.fields.steady = false
}

/** Puts what one look came to in order: deeds first, then what is said of them. */
export function answersOf(service: Service, { emit, messages, fields, again }: Pass): readonly Answer[] {
  const say: Answer[] =
    messages.length > 0 || ('unplaced' in fields && fields.unplaced !== service.unplaced)
      ? [{ to: service.id, type: 'Told', by: service.id, data: { messages, ...fields } }]
      : []
  const look: Answer[] = Number.isFinite(again) && again > 0 ? [{ again: Math.ceil(again) }] : []
  return [...emit, ...say, ...look]
}
