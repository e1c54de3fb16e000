import type { Face } from '../../../../kernel/index.ts'
import { engineOf, LOCAL } from '../../engine/engine.ts'
import { swarmId } from '../identity.ts'
import { isReachable, type SwarmNode } from '../node.ts'
import { SWARM, swarmOf } from '../swarm.ts'
import { isTerminal, tasksOnNode } from '../task.ts'

/** A node of the swarm: a machine with what its tasks reserve, and its tasks. */
export const nodeFace: Face<SwarmNode> = {
  label: 'Swarm node',
  plural: 'Swarm nodes',
  pictogram: 'instance',
  shape: 'host',
  within: () => SWARM,
  look(node, world) {
    const engine = engineOf(world, node.engine)
    const tasks = tasksOnNode(world, node.id).filter((task) => !isTerminal(task))
    const milli = tasks.reduce((sum, { spec }) => sum + (spec.task.reservations.cpuMilli ?? 0), 0)
    const bytes = tasks.reduce((sum, { spec }) => sum + (spec.task.reservations.memory ?? 0), 0)
    const gi = 1024 ** 3
    const leads = swarmOf(world)?.leader === node.id
    const up = isReachable(world, node)
    const runs = tasks.filter(({ state }) => state === 'running').length
    return {
      title: node.hostname,
      note: leads ? 'leader' : node.role,
      tone: node.state === 'down' ? 'err' : !up ? 'warn' : node.availability === 'active' ? 'ok' : 'idle',
      word:
        node.state === 'down'
          ? 'Down'
          : !up
            ? 'not heard of'
            : node.availability === 'active'
              ? 'Ready'
              : node.availability,
      meters: [
        {
          label: 'CPU',
          requested: milli,
          used: 0,
          of: engine?.cpuMilli ?? 0,
          text: `${(milli / 1000).toFixed(2)} of ${(engine?.cpuMilli ?? 0) / 1000}`,
        },
        {
          label: 'Mem',
          requested: bytes,
          used: 0,
          of: engine?.memory ?? 0,
          text: `${(bytes / gi).toFixed(2)} of ${((engine?.memory ?? 0) / gi).toFixed(1)} Gi`,
        },
      ],
      free: `${runs} ${runs === 1 ? 'task runs' : 'tasks run'}`,
      facts: [
        ['id', swarmId(node)],
        ['address', node.address],
        ['role', node.role],
        ['availability', node.availability],
        [
          'labels',
          Object.entries(node.labels)
            .map(([key, value]) => `${key}=${value}`)
            .join(', ') || 'none',
        ],
      ],
    }
  },
  actions(node) {
    const { hostname, availability, role, engine, state } = node
    const set = (to: string, label: string) => ({
      id: to,
      label,
      line: `docker node update --availability ${to} ${hostname}`,
    })
    return [
      ...(availability === 'active'
        ? [set('drain', 'Drain'), set('pause', 'Give it no new tasks')]
        : [set('active', 'Make it active')]),
      role === 'worker'
        ? { id: 'promote', label: 'Promote to manager', line: `docker node promote ${hostname}` }
        : { id: 'demote', label: 'Demote to worker', line: `docker node demote ${hostname}` },
      state === 'down'
        ? { id: 'recover', label: 'Start its engine', line: `lab swarm recover ${hostname}` }
        : {
            id: 'fail',
            label: 'Stop its engine',
            line: engine === LOCAL ? 'lab engine stop' : `lab swarm fail ${hostname}`,
            sort: 'fault',
          },
      ...(state === 'down'
        ? [{ id: 'remove', label: 'Remove', line: `docker node rm ${hostname}`, sort: 'danger' as const }]
        : []),
    ]
  },
  fixes: ({ hostname, state, availability }) => [
    ...(state === 'down' ? [{ label: 'Start its engine', line: `lab swarm recover ${hostname}` }] : []),
    ...(availability === 'active'
      ? []
      : [{ label: 'Make it active', line: `docker node update --availability active ${hostname}` }]),
  ],
  marks: { HeartbeatMissed: 'alert', HeartbeatResumed: 'state' },
  palette: [
    {
      id: 'swarm-worker',
      label: 'Swarm worker',
      pictogram: 'instance',
      group: 'Docker',
      into: ['docker.Swarm'],
      line: () => ({ line: 'lab swarm nodes --workers 1' }),
    },
    {
      id: 'swarm-manager',
      label: 'Swarm manager',
      pictogram: 'instance',
      group: 'Docker',
      into: ['docker.Swarm'],
      line: () => ({ line: 'lab swarm nodes --managers 1' }),
    },
  ],
}
