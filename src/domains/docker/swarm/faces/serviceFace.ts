import type { Face, Segment, Tone, World } from '../../../../kernel/index.ts'
import { portsText, runningOf } from '../cli/serviceRows.ts'
import { swarmId } from '../identity.ts'
import { type Service, sameTasks, servicesOf } from '../service.ts'
import { SWARM } from '../swarm.ts'
import { isTerminal, isWanted, type Task, tasksOfService } from '../task.ts'

/** A service: a card with a cell for each of its tasks. */
export const serviceFace: Face<Service> = {
  label: 'Swarm service',
  plural: 'Swarm services',
  pictogram: 'service',
  shape: 'card',
  rank: 1,
  within: () => SWARM,
  look(service, world) {
    const { spec, state, updateStatus } = service
    const { running, wanted } = runningOf(world, service)
    const waiting = tasksOfService(world, service.id).find((task) => isWanted(task) && task.error !== undefined)
    const tone: Tone =
      state === 'paused' || state === 'rollbackPaused'
        ? 'err'
        : state === 'updating'
          ? 'prog'
          : state === 'rollingBack'
            ? 'warn'
            : running < wanted
              ? waiting
                ? 'warn'
                : 'prog'
              : 'ok'
    return {
      title: spec.name,
      note: spec.task.image,
      tone,
      word: state === 'steady' ? (running < wanted ? 'converging' : 'converged') : state,
      detail: state === 'steady' ? (running < wanted ? waiting?.error : undefined) : updateStatus?.message,
      segments: tasksOfService(world, service.id)
        .filter((task) => isWanted(task) || !isTerminal(task))
        .map((task) => segment(task, service)),
      figures: [`${running}/${wanted}`],
      facts: [
        ['id', swarmId(service)],
        ['mode', spec.mode],
        ['image', spec.task.image],
        ['ports', portsText(service.ports) || 'none published'],
        ['networks', spec.task.networks.map(({ name }) => name).join(', ') || 'none'],
        [
          'update',
          `${spec.update.parallelism} at a time, ${spec.update.order}, ${spec.update.failureAction} on failure`,
        ],
      ],
    }
  },
  links: (service, world) => [...calls(service, world)],
  actions(service) {
    const { name, replicas, mode } = service.spec
    return [
      ...(mode === 'replicated'
        ? [
            { id: 'more', label: 'One more', line: `docker service scale -d ${name}=${replicas + 1}` },
            { id: 'fewer', label: 'One fewer', line: `docker service scale -d ${name}=${Math.max(0, replicas - 1)}` },
          ]
        : []),
      { id: 'force', label: 'Replace its tasks', line: `docker service update -d --force ${name}` },
      { id: 'rollback', label: 'Roll back', line: `docker service rollback -d ${name}` },
      { id: 'ps', label: 'List its tasks', line: `docker service ps ${name}` },
      { id: 'remove', label: 'Remove', line: `docker service rm ${name}`, sort: 'danger' as const },
    ]
  },
  fixes: (service) =>
    service.state === 'paused'
      ? [{ label: 'Roll back', line: `docker service rollback -d ${service.spec.name}` }]
      : [{ label: 'Add a worker', line: 'lab swarm nodes --workers 1' }],
  marks: { Created: 'deploy', SpecChanged: 'deploy', UpdatePaused: 'alert', RollbackStarted: 'alert' },
  palette: [
    {
      id: 'swarm-service',
      label: 'Swarm service',
      pictogram: 'service',
      group: 'Docker',
      into: ['docker.Swarm'],
      line: (_into, world, n) =>
        world.get(SWARM)
          ? { line: `docker service create -d --name web-${n} --replicas 3 -p ${8079 + n}:80 nginx` }
          : { refuse: 'Make a swarm first: docker swarm init' },
    },
  ],
}

function segment(task: Task, service: Service): Segment {
  if (task.state === 'failed' || task.state === 'rejected' || task.state === 'orphaned') return { fill: 'failed' }
  if (!isWanted(task)) return { fill: 'ending' }
  if (task.state === 'new' || task.state === 'pending') return { fill: 'dashed' }
  if (task.state !== 'running') return { fill: 'half' }
  return { fill: sameTasks(task.spec, service.spec) && service.state !== 'steady' ? 'new' : 'old' }
}

/** Services in a common network that its environment names are what it calls. */
function* calls(service: Service, world: World) {
  const values = Object.values(service.spec.task.container.env ?? {})
  for (const other of servicesOf(world)) {
    if (other.id === service.id) continue
    const common = other.spec.task.networks.some(({ name }) =>
      service.spec.task.networks.some((one) => one.name === name),
    )
    const names = [other.spec.name, ...other.spec.task.networks.flatMap(({ aliases }) => aliases ?? [])]
    if (common && values.some((value) => names.some((name) => new RegExp(`(^|[/@,])${name}([:/,]|$)`).test(value))))
      yield { to: other.id, kind: 'traffic' as const }
  }
}
