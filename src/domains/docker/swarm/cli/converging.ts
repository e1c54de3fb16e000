import type { Json } from '../../../../kernel/index.ts'
import type { Ask } from '../../cli/ask.ts'
import type { Reply } from '../../cli/command.ts'
import { Problem } from '../../cli/problem.ts'
import { swarmId } from '../identity.ts'
import { nodesOf } from '../node.ts'
import { isJob, type Service, serviceId } from '../service.ts'
import { swarmOf } from '../swarm.ts'
import { type Task, tasksOfService } from '../task.ts'

/** What a command that waits for services keeps: those that are left, and since when the present one runs as wanted. */
export interface Converging {
  readonly names: readonly string[]
  readonly said: number
  readonly since?: number | undefined
  readonly rollback?: boolean | undefined
  readonly error?: string | undefined
}

const STABLE = 5000

/**
 * Waits until services run as they are wanted and have been stable for five seconds, and tells how far it came.
 * Models: docker/cli cli/command/service/progress/progress.go
 */
export function converge(ask: Ask, state: Converging): Reply {
  const [name] = state.names
  const service = name === undefined ? undefined : (ask.world.get(serviceId(name)) as Service | undefined)
  if (!service || swarmOf(ask.world)?.state !== 'Led') return { exit: service ? 1 : 0 }
  if (ask.call.why === 'signal') {
    tell(ask, service, undefined)
    ask.out(`Operation continuing in background.\nUse \`docker service ps ${swarmId(service)}\` to check progress.\n`)
    return { exit: 0 }
  }
  const { updateStatus } = service
  const jobs = isJob(service.spec)
  if (updateStatus?.state === 'paused' || updateStatus?.state === 'rollback_paused') {
    tell(ask, service, undefined)
    const what = updateStatus.state === 'paused' ? 'service update paused' : 'service rollback paused'
    throw new Problem(`${what}: ${updateStatus.message}`)
  }
  const { slots, done } = progressOf(ask, service)
  const busy = updateStatus?.state === 'updating' || updateStatus?.state === 'rollback_started'
  const whole = done >= slots && !busy
  if (!whole) return wait({ ...state, since: undefined })
  const since = state.since ?? ask.world.now
  const left = jobs ? 0 : since + STABLE - ask.world.now
  if (left > 0) return wait({ ...state, since }, left)
  if (updateStatus?.state === 'rollback_completed' && state.rollback !== true) {
    tell(ask, service, undefined)
    throw new Problem(`service rolled back: ${updateStatus.message}`)
  }
  if (state.rollback) ask.out('rollback: manually requested rollback \n')
  tell(ask, service, jobs ? 'job complete' : `verify: Service ${swarmId(service)} converged`)
  const names = state.names.slice(1)
  if (names.length === 0) return { exit: 0 }
  return converge(ask, { ...state, names, since: undefined, said: 0 })
}

function wait(state: Converging, after?: number): Reply {
  return {
    wait: { changeOf: ['docker.Task', 'docker.Service', 'docker.Swarm'], ...(after === undefined ? {} : { after }) },
    state: state as unknown as Json,
    catches: true,
  }
}

/** Slots that are wanted, each with the task that counts, and how many are as wanted. */
function progressOf(
  ask: Ask,
  service: Service,
): { readonly slots: number; readonly done: number; readonly tasks: readonly (Task | undefined)[] } {
  const { spec } = service
  const tasks = tasksOfService(ask.world, service.id).filter((task) => task.iteration === service.iteration)
  const latest = new Map<string, Task>()
  for (const task of tasks) if (task.desired !== 'remove' && task.desired !== 'shutdown') latest.set(task.slot, task)
  const end = isJob(spec) ? 'complete' : 'running'
  const global = spec.mode === 'global' || spec.mode === 'global-job'
  const slots = global ? latest.size || (nodesOf(ask.world).length > 0 && tasks.length === 0 ? 1 : 0) : spec.replicas
  const list = global
    ? [...latest.values()]
    : Array.from({ length: slots }, (_, i) => latest.get(String(i + 1)) ?? [...latest.values()][i])
  const done = [...latest.values()].filter((task) => task.state === end).length
  return { slots, done, tasks: list }
}

const BAR = `[${'='.repeat(50)}>]`

function tell(ask: Ask, service: Service, last: string | undefined): void {
  if (ask.flag('quiet')) return
  const { slots, done, tasks } = progressOf(ask, service)
  ask.out(`overall progress: ${done} out of ${slots} tasks \n`)
  const end = isJob(service.spec) ? 'complete' : 'running'
  if (slots <= 20)
    for (const [i, task] of tasks.entries()) {
      const place =
        service.spec.mode === 'global' || service.spec.mode === 'global-job'
          ? (task?.slot ?? '').replace('docker.Node/', '').slice(0, 12)
          : `${i + 1}/${slots}`
      ask.out(
        `${place}: ${(task?.error && task.state !== end ? task.error : (task?.state ?? 'new')).padEnd(9)} ${task?.state === end ? `${BAR} ` : ''}\n`,
      )
    }
  if (last !== undefined) ask.out(`${last} \n`)
}
