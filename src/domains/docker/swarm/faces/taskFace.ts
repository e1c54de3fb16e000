import type { Face, Tone } from '../../../../kernel/index.ts'
import type { Container } from '../../container/container.ts'
import { logsOf } from '../../container/logs.ts'
import { swarmId } from '../identity.ts'
import { SWARM } from '../swarm.ts'
import { isWanted, type Task, taskName } from '../task.ts'

const TONES: Readonly<Record<string, Tone>> = {
  new: 'pend',
  pending: 'pend',
  running: 'ok',
  complete: 'idle',
  shutdown: 'idle',
  failed: 'err',
  rejected: 'err',
  orphaned: 'err',
}

/** A task on its node; ended ones that are not wanted any more are only listed. */
export const taskFace: Face<Task> = {
  label: 'Task',
  plural: 'Tasks',
  pictogram: 'task',
  shape: 'chip',
  rank: 2,
  within: (task) => (isWanted(task) || task.state === 'running' ? (task.node ?? SWARM) : null),
  look: (task, world) => ({
    title: taskName(world, task),
    note: task.spec.task.image,
    tone: task.state === 'pending' && task.error !== undefined ? 'warn' : (TONES[task.state] ?? 'prog'),
    word: task.state,
    detail: task.error,
    due: task.startAt !== undefined && task.desired === 'ready' && task.startAt > world.now ? task.startAt : undefined,
    facts: [
      ['id', swarmId(task)],
      ['desired', task.desired],
      ['image', task.spec.task.image],
      [
        'addresses',
        Object.entries(task.addresses ?? {})
          .map(([network, ip]) => `${network} ${ip}`)
          .join(', ') || 'none',
      ],
    ],
  }),
  logs: (task, world) =>
    world.ownedBy(task.id).flatMap((one) => (one.kind === 'docker.Container' ? logsOf(world, one as Container) : [])),
  links: (task) => [{ to: task.service, kind: 'control' }],
  actions: (task) => [
    { id: 'logs', label: 'Show its log', line: `docker service logs ${task.spec.name}` },
    { id: 'ps', label: 'Show the tasks of its service', line: `docker service ps ${task.spec.name}` },
  ],
  fixes: (task) =>
    task.state === 'pending'
      ? [
          { label: 'Add a worker', line: 'lab swarm nodes --workers 1' },
          { label: 'Add a large worker', line: 'lab swarm nodes --workers 1 --cpus 8 --memory 16g' },
          ...task.spec.task.placement.constraints.map((one) => ({
            label: `Drop the constraint ${one}`,
            line: `docker service update -d --constraint-rm '${one}' ${task.spec.name}`,
          })),
          {
            label: 'Reserve nothing',
            line: `docker service update -d --reserve-cpu 0 --reserve-memory 0 ${task.spec.name}`,
          },
        ]
      : [],
  asks: ({ spec }) => [
    [
      'reserves',
      `${(spec.task.reservations.cpuMilli ?? 0) / 1000} CPU, ${Math.round((spec.task.reservations.memory ?? 0) / 1024 ** 2)} MiB`,
    ],
    ['constraints', spec.task.placement.constraints.join(', ') || 'none'],
  ],
}
