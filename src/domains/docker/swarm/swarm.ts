import { defineKind, type Entity, type World } from '../../../kernel/index.ts'
import { base36, swarmId } from './identity.ts'
import { swarmLifecycle } from './swarm.lifecycle.ts'

/** The one swarm of a lab. Unlike Docker, there is no second one beside it. */
export interface Swarm extends Entity {
  /** Id of the `docker.Node` that leads; it stays named while nobody does. */
  readonly leader: string
  readonly createdAt: number
  readonly updatedAt: number
  /** How often each token was rotated. */
  readonly rotations: { readonly worker: number; readonly manager: number; readonly key: number }
  readonly autolock: boolean
  /** Tasks that are kept of each slot. */
  readonly taskHistory: number
  /** ms between heartbeats. */
  readonly heartbeat: number
  /** ms that a node's certificate lasts. */
  readonly certExpiry: number
  readonly addressPools: readonly string[]
  readonly maskLength: number
  readonly dataPathPort: number
  readonly snapshotInterval: number
  /** Terms of Raft so far. */
  readonly term: number
}

export const SWARM = 'docker.Swarm/default'

export const swarmKind = defineKind<Swarm>({
  kind: 'docker.Swarm',
  lifecycle: swarmLifecycle,
  apply: {
    Configured: (_swarm, event) => ({ ...(event.data as Partial<Swarm>), updatedAt: event.at }),
    Elected: (swarm, event) => ({ leader: (event.data as { leader: string }).leader, term: swarm.term + 1 }),
    LeadershipMoved: (swarm, event) => ({ leader: (event.data as { leader: string }).leader, term: swarm.term + 1 }),
  },
  tell: {
    Created: (event) => `The [swarm](${event.to}) begins with one manager.`,
    QuorumLost: (event) => `The [swarm](${event.to}) has no majority of its managers: nothing can be changed.`,
    Elected: (event) => `The [swarm](${event.to}) elects [a new leader](${(event.data as { leader: string }).leader}).`,
  },
})

/** The swarm, if there is one. */
export function swarmOf(world: World): Swarm | undefined {
  return world.get(SWARM) as Swarm | undefined
}

/** What a new node must show to join in a role. Models: swarmkit ca.GenerateJoinToken */
export function joinToken(swarm: Swarm, role: 'worker' | 'manager'): string {
  return `SWMTKN-1-${base36(`ca ${swarmId(swarm)}`, 50)}-${base36(`token ${swarmId(swarm)} ${role} ${swarm.rotations[role]}`, 25)}`
}

/** What unlocks a manager of a swarm that locks itself. */
export function unlockKey(swarm: Swarm): string {
  return `SWMKEY-1-${base36(`key ${swarmId(swarm)} ${swarm.rotations.key}`, 43)}`
}

/** Fields of a new swarm. */
export function newSwarm(now: number, leader: string): Omit<Swarm, keyof Entity> {
  return {
    leader,
    createdAt: now,
    updatedAt: now,
    rotations: { worker: 0, manager: 0, key: 0 },
    autolock: false,
    taskHistory: 5,
    heartbeat: 5000,
    certExpiry: 2_160 * 3_600_000,
    addressPools: ['10.0.0.0/8'],
    maskLength: 24,
    dataPathPort: 4789,
    snapshotInterval: 10_000,
    term: 2,
  }
}
