import type { Answer, Controller, World } from '../../../kernel/index.ts'
import { engineOf } from '../engine/engine.ts'
import { isReachable, majority, managersOf, nodeOfEngine, nodesOf, type SwarmNode } from './node.ts'
import { SWARM, type Swarm, swarmOf } from './swarm.ts'

/**
 * Keeps the swarm led: notices that managers are gone, counts whether a majority is left, and lets them elect. Nodes whose heartbeats
 * stay away count as down. Models: swarmkit manager/state/raft, manager/dispatcher (heartbeats), etcd raft
 */
export const raftController: Controller = {
  name: 'docker.swarm.raft',
  watches: {
    'docker.Engine': ['DaemonStopped', 'DaemonStarted', 'Removed'],
    'docker.Node': ['Created', 'RoleChanged', 'Left', 'Removed', 'Unlocked', 'HeartbeatMissed'],
    'docker.Swarm': ['Created', 'LeaderLost', 'QuorumRegained', 'Elected', 'LeadershipMoved'],
  },
  wakes(event, world) {
    if (event.kind !== 'docker.Engine')
      return event.kind === 'docker.Swarm' ? [SWARM, ...ids(world)] : [SWARM, event.to]
    const node = nodeOfEngine(world, event.to)
    return node ? [SWARM, node.id] : undefined
  },
  reconcile(id, world) {
    const swarm = swarmOf(world)
    if (!swarm) return undefined
    return id === SWARM ? lead(world, swarm) : listen(world, swarm, id)
  },
}

function ids(world: World): readonly string[] {
  return nodesOf(world).map(({ id }) => id)
}

function lead(world: World, swarm: Swarm): readonly Answer[] | undefined {
  const managers = managersOf(world)
  if (managers.length === 0) return [{ to: SWARM, type: 'Dissolved' }]
  const reachable = managers.filter((node) => isReachable(world, node))
  const enough = reachable.length >= majority(managers.length)
  if (swarm.state === 'Leaderless') return enough ? [{ to: SWARM, type: 'QuorumRegained' }] : undefined
  if (!enough)
    return [{ to: SWARM, type: 'QuorumLost', inputs: { managers: managers.length, reachable: reachable.length } }]
  if (swarm.state === 'Led') {
    if (reachable.some(({ id }) => id === swarm.leader)) return undefined
    const left = !managers.some(({ id }) => id === swarm.leader)
    return left
      ? [{ to: SWARM, type: 'LeadershipMoved', data: { leader: reachable[0]?.id } }]
      : [{ to: SWARM, type: 'LeaderLost' }]
  }
  const due = ELECTION_TICK + Math.floor(ELECTION_TICK * world.draw('election', swarm.term, reachable.length))
  const waited = world.now - swarm.since
  if (waited < due) return [{ again: due - waited }]
  const winner = reachable[Math.floor(world.draw('vote', swarm.term, world.now) * reachable.length)]
  return winner && [{ to: SWARM, type: 'Elected', data: { leader: winner.id }, by: winner.id }]
}

/** ms without a leader after which a manager stands for election: ten ticks of a second, at random up to twice that. */
const ELECTION_TICK = 10_000

/** How long three heartbeats may take before a node counts as down, in heartbeats. */
const GRACE = 3
/** ms until an agent that starts has found a manager. */
const REGISTERING = 1500

function listen(world: World, swarm: Swarm, id: string): readonly Answer[] | undefined {
  const node = world.get(id) as SwarmNode | undefined
  if (!node || node.left || swarm.state !== 'Led') return undefined
  const engine = engineOf(world, node.engine)
  const alive = engine?.state === 'Running' && !node.locked
  const age = world.now - Math.max(engine?.since ?? 0, node.locked ? node.since : 0)
  if (alive && node.state === 'down')
    return age < REGISTERING ? [{ again: REGISTERING - age }] : [{ to: id, type: 'HeartbeatResumed', by: swarm.leader }]
  if (!alive && node.state === 'ready') {
    const due = swarm.heartbeat * GRACE
    return age < due
      ? [{ again: due - age }]
      : [{ to: id, type: 'HeartbeatMissed', by: swarm.leader, inputs: { heartbeats: GRACE, every: swarm.heartbeat } }]
  }
  return undefined
}
