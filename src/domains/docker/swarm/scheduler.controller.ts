import type { Answer, Controller, World } from '../../../kernel/index.ts'
import { engineOf } from '../engine/engine.ts'
import { type NodeFacts, readConstraints } from './constraint.ts'
import { swarmId } from './identity.ts'
import { nodesOf, type SwarmNode } from './node.ts'
import { type Candidate, scheduleRule, type Wanted } from './schedule.rule.ts'
import { SWARM, swarmOf } from './swarm.ts'
import { isTerminal, type Task, tasksOnNode, waitingTasks } from './task.ts'

/**
 * Finds a node for each task that waits; when none is suitable it says why, and tries again when nodes or tasks change.
 * Models: swarmkit manager/scheduler/scheduler.go
 */
export const schedulerController: Controller = {
  name: 'docker.swarm.scheduler',
  watches: {
    'docker.Task': [
      'Allocated',
      'ShutDown',
      'Failed',
      'Completed',
      'Rejected',
      'Removed',
      'Orphaned',
      'DesiredChanged',
    ],
    'docker.Node': ['Created', 'Updated', 'RoleChanged', 'HeartbeatMissed', 'HeartbeatResumed', 'Left', 'Removed'],
    'docker.Swarm': ['Elected'],
  },
  wakes: () => SWARM,
  reconcile(_id, world) {
    const swarm = swarmOf(world)
    if (swarm?.state !== 'Led') return undefined
    const waiting = [...(world.lookup(waitingTasks, 'pending') as readonly Task[])]
      .filter((task) => task.desired === 'running' || task.desired === 'ready' || task.desired === 'complete')
      .sort((a, b) => a.born - b.born)
    if (waiting.length === 0) return undefined
    const nodes = nodesOf(world)
    const given = new Map<string, Task[]>()
    return waiting.flatMap((task): Answer[] => {
      const wanted = wantedOf(world, task)
      const candidates = nodes.map((node) => candidateOf(world, node, task, given.get(node.id) ?? []))
      const { node, error, table } = world.decide(scheduleRule, { wanted, nodes: candidates })
      const told = { by: swarm.leader, rule: scheduleRule.id, inputs: { table } }
      const found = nodes.find((one) => swarmId(one) === node)
      if (found) {
        given.set(found.id, [...(given.get(found.id) ?? []), task])
        return [{ to: task.id, type: 'Assigned', data: { node: found.id }, ...told }]
      }
      return task.error === error ? [] : [{ to: task.id, type: 'SchedulingFailed', data: { error }, ...told }]
    })
  },
}

function wantedOf(world: World, { spec, slot }: Task): Wanted {
  const { reservations, placement } = spec.task
  const constraints = readConstraints(placement.constraints)
  const node = slot.startsWith('docker.Node/') ? (world.get(slot) as SwarmNode | undefined) : undefined
  return {
    cpuMilli: reservations.cpuMilli ?? 0,
    memory: reservations.memory ?? 0,
    constraints: 'error' in constraints ? [] : constraints,
    preferences: placement.preferences,
    maxReplicas: placement.maxReplicas,
    hostPorts: spec.ports.flatMap(({ mode, published, protocol }) =>
      mode === 'host' && published !== 0 ? [`${published}/${protocol}`] : [],
    ),
    ...(spec.task.container.platform === undefined ? {} : { platform: spec.task.container.platform }),
    ...(node ? { only: swarmId(node) } : {}),
  }
}

/** What constraints may ask of a node. */
export function factsOf(world: World, node: SwarmNode): NodeFacts {
  return {
    id: swarmId(node),
    hostname: node.hostname,
    ip: node.address,
    role: node.role,
    labels: node.labels,
    engineLabels: engineOf(world, node.engine)?.labels ?? {},
    os: 'linux',
    arch: 'x86_64',
  }
}

const FIVE_MINUTES = 300_000

function candidateOf(world: World, node: SwarmNode, task: Task, given: readonly Task[]): Candidate {
  const engine = engineOf(world, node.engine)
  let [freeMilli, freeBytes, ofService, tasks, failures] = [engine?.cpuMilli ?? 0, engine?.memory ?? 0, 0, 0, 0]
  const hostPorts: string[] = []
  for (const other of [...tasksOnNode(world, node.id), ...given]) {
    const { spec } = other
    if (isTerminal(other)) {
      if (
        other.service === task.service &&
        (other.state === 'failed' || other.state === 'rejected') &&
        world.now - other.since <= FIVE_MINUTES
      )
        failures++
      continue
    }
    if (other.id === task.id) continue
    freeMilli -= spec.task.reservations.cpuMilli ?? 0
    freeBytes -= spec.task.reservations.memory ?? 0
    for (const { mode, published, protocol } of spec.ports)
      if (mode === 'host' && published !== 0) hostPorts.push(`${published}/${protocol}`)
    if (other.desired === 'shutdown' || other.desired === 'remove') continue
    tasks++
    if (other.service === task.service) ofService++
  }
  return {
    ...factsOf(world, node),
    ready: node.state === 'ready',
    availability: node.availability,
    freeMilli,
    freeBytes,
    hostPorts,
    ofService,
    tasks,
    failures,
  }
}
