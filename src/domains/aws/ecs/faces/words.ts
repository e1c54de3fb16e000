import type { Tone, World } from '../../../../kernel/index.ts'
import { deploymentsOf, taskSetsOf } from '../service/service.ts'
import type { Task } from '../task/task.ts'

/** The regional part of a command line: nothing for the region that is meant anyway. */
export function regionFlag(region: string): string {
  return region === 'us-east-1' ? '' : ` --region ${region}`
}

export const TASK_TONES: { readonly [state: string]: Tone } = {
  PROVISIONING: 'pend',
  PENDING: 'prog',
  ACTIVATING: 'prog',
  RUNNING: 'ok',
  DEACTIVATING: 'idle',
  STOPPING: 'idle',
  DEPROVISIONING: 'idle',
  STOPPED: 'idle',
}

/** Whether a task belongs to what its service is to be, or to what is being replaced; undefined while there is only one. */
export function ageOf(task: Task, world: World): 'old' | 'new' | undefined {
  if (task.service === undefined) return undefined
  const deployments = deploymentsOf(world, task.service)
  if (deployments.length > 1)
    return deployments.find(({ status }) => status === 'PRIMARY')?.deploymentId === task.deployment ? 'new' : 'old'
  const sets = taskSetsOf(world, task.service)
  if (sets.length < 2) return undefined
  const newest = sets.reduce((best, set) => (set.born > best.born ? set : best))
  return newest.taskSetId === task.deployment ? 'new' : 'old'
}

/** A word in capitals as it is written in a sentence. */
export function plain(state: string): string {
  return state.charAt(0) + state.slice(1).toLowerCase().replaceAll('_', ' ')
}
