import type { Controller } from '../../../../kernel/index.ts'
import type { Task } from '../task/task.ts'
import type { Deployment } from './deployment.ts'
import { SETTLES } from './fleet.ts'
import { revisionOf } from './targets.controller.ts'

/**
 * Counts the tasks of a deployment that fail before they are healthy: what the circuit breaker and the throttle of restarts go by.
 * Models: ECS API Deployment.failedTasks
 */
export const failuresController: Controller = {
  name: 'aws.ecs.failures',
  watches: { 'aws.ecs.Task': ['StartFailed', 'EssentialContainerExited', 'StopRequested'] },
  wakes: (event, world) => ((world.get(event.to) as Task | undefined)?.service === undefined ? undefined : event.to),
  reconcile(id, world) {
    const task = world.get(id) as Task | undefined
    if (!task) return undefined
    const ran = task.startedAt === undefined ? undefined : (task.stoppingAt ?? world.now) - task.startedAt
    const failed =
      task.stopCode === 'TaskFailedToStart' ||
      (task.stopCode === 'EssentialContainerExited' && (ran === undefined || ran < SETTLES)) ||
      (task.stopCode === 'ServiceSchedulerInitiated' && /health checks/.test(task.stoppedReason ?? ''))
    if (!failed) return undefined
    const deployment = revisionOf(task, world) as Deployment | undefined
    return deployment?.kind === 'aws.ecs.Deployment'
      ? [
          {
            to: deployment.id,
            type: 'TaskFailed',
            by: task.id,
            data: { task: task.taskId, reason: task.stoppedReason },
          },
        ]
      : undefined
  },
}
