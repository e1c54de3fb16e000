import { defineKind, type Fields, type SimEvent } from '../../../../kernel/index.ts'
import { taskFace } from '../faces/taskFace.ts'
import { taskLifecycle } from './task.lifecycle.ts'
import type { ContainerResult, Pulling, Task } from './task.ts'

/** A task; born by `Requested` with its fields. */
export const taskKind = defineKind<Task>({
  kind: 'aws.ecs.Task',
  lifecycle: taskLifecycle,
  delays: {
    release: ({ eni, launchType }) => (launchType === 'FARGATE' ? 4000 : eni ? 1500 : 0),
    forget: () => 3_600_000,
  },
  apply: {
    Placed: (_task, event) => event.data as Fields,
    Provisioned: (_task, event) => (event.data ?? NONE) as Fields,
    PullStarted: (_task, event) => ({ pulling: event.data as Pulling }),
    Started: (_task, event) => ({ startedAt: event.at }),
    Tagged: (_task, event) => event.data as Fields,
    TargetsRegistered: (_task, event) => event.data as Fields,
    TargetsDeregistered: () => ({ targets: undefined }),
    StopRequested: stopping,
    StartFailed: stopping,
    EssentialContainerExited: stopping,
    ContainersStopped: (_task, event) => ({
      executionStoppedAt: event.at,
      results: (event.data as { results: readonly ContainerResult[] }).results,
    }),
    InstanceLost: (task, event) => ({ ...stopping(task, event), stoppedAt: event.at }),
    'after.release': (_task, event) => ({ stoppedAt: event.at }),
  },
  face: taskFace,
  tell: {
    Requested: (event) => {
      const { group, launchType, instance } = event.data as Task
      const where = instance === undefined ? launchType : `[${short(instance)}](${instance})`
      return `The [task](${event.to}) of \`${group}\` is to run on ${where}.`
    },
    Placed: (event) => {
      const { instance = '' } = event.data as Partial<Task>
      return `The [task](${event.to}) is placed on [${short(instance)}](${instance}).`
    },
    Provisioned: (event, task) =>
      `The [task](${event.to}) has its place${task?.eni ? ` and the address ${task.eni.ip}` : ''}.`,
    PullStarted: (event) =>
      `The agent pulls ${(event.data as Pulling).images.map((image) => `\`${image}\``).join(', ')} for the [task](${event.to}).`,
    Started: (event) => `The [task](${event.to}) is running: all of its containers have started.`,
    StopRequested: (event) => `The [task](${event.to}) is to stop: ${(event.data as Partial<Task>).stoppedReason}.`,
    StartFailed: (event) =>
      `The [task](${event.to}) cannot start: \`${(event.data as Partial<Task>).stoppedReason?.slice(0, 120)}\`.`,
    EssentialContainerExited: (event) =>
      `An essential container of the [task](${event.to}) has ended, so the whole task stops.`,
    TargetsRegistered: (event) => `The [task](${event.to}) is registered with its target group.`,
    TargetsDeregistered: (event) => `The [task](${event.to}) is deregistered; its connections drain.`,
    InstanceLost: (event) => `The machine of the [task](${event.to}) is gone.`,
    'after.release': (event) => `The [task](${event.to}) has stopped.`,
  },
})

const NONE: Fields = {}

function stopping(task: Task, event: SimEvent): Fields {
  const { stopCode, stoppedReason } = event.data as Partial<Task>
  return { desiredStatus: 'STOPPED', stoppingAt: task.stoppingAt ?? event.at, stopCode, stoppedReason }
}

function short(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).slice(0, 8)
}
