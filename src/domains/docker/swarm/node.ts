import { defineIndex, defineKind, type Entity, type World } from '../../../kernel/index.ts'
import { type Engine, engineOf } from '../engine/engine.ts'
import { swarmId } from './identity.ts'
import { nodeLifecycle } from './node.lifecycle.ts'

export type Role = 'worker' | 'manager'
export type Availability = 'active' | 'pause' | 'drain'

/** A node of the swarm. Ids are `docker.Node/<host>`. */
export interface SwarmNode extends Entity {
  /** Id of its engine. */
  readonly engine: string
  readonly hostname: string
  readonly role: Role
  readonly availability: Availability
  readonly labels: { readonly [name: string]: string }
  readonly address: string
  readonly joinedAt: number
  readonly updatedAt: number
  /** It has left and stays on the list until somebody removes it. */
  readonly left?: true | undefined
  readonly locked?: true | undefined
}

export const nodeKind = defineKind<SwarmNode>({
  kind: 'docker.Node',
  lifecycle: nodeLifecycle,
  apply: {
    Updated: (_node, event) => ({ ...(event.data as Partial<SwarmNode>), updatedAt: event.at }),
    RoleChanged: (_node, event) => ({ role: (event.data as { role: Role }).role, updatedAt: event.at }),
    Left: () => ({ left: true as const }),
    Locked: () => ({ locked: true as const }),
    Unlocked: () => ({ locked: undefined }),
  },
  tell: {
    Created: (event) => {
      const { hostname, role } = event.data as SwarmNode
      return `[${hostname}](${event.to}) joins the swarm as a ${role}.`
    },
    HeartbeatMissed: (event, entity) => `${named(event.to, entity)} is not heard of any more, and counts as down.`,
    HeartbeatResumed: (event, entity) => `${named(event.to, entity)} is heard of again.`,
    RoleChanged: (event, entity) =>
      `${named(event.to, entity)} is a ${(event.data as { role: Role }).role} from now on.`,
    Updated: (event, entity) => {
      const { availability } = event.data as Partial<SwarmNode>
      return availability === undefined
        ? `The labels of ${named(event.to, entity)} are changed.`
        : `${named(event.to, entity)} is set to \`${availability}\`.`
    },
    Left: (event, entity) => `${named(event.to, entity)} leaves the swarm.`,
  },
})

function named(id: string, entity: Entity | undefined): string {
  return `[${(entity as SwarmNode | undefined)?.hostname ?? id.slice(id.lastIndexOf('/') + 1)}](${id})`
}

/** Nodes that have not left, by their engine. */
export const nodesByEngine = defineIndex('docker.nodesByEngine', ['docker.Node'], (entity) => {
  const node = entity as SwarmNode
  return node.left ? undefined : node.engine
})

/** The node that an engine is, while it is in the swarm. */
export function nodeOfEngine(world: World, engine: string): SwarmNode | undefined {
  return world.lookup(nodesByEngine, engine)[0] as SwarmNode | undefined
}

/** All nodes on the list, in the order in which they joined. */
export function nodesOf(world: World): readonly SwarmNode[] {
  return ([...world.all('docker.Node')] as unknown as SwarmNode[]).sort((a, b) => a.born - b.born)
}

/** Managers that take part in Raft. */
export function managersOf(world: World): readonly SwarmNode[] {
  return nodesOf(world).filter((node) => node.role === 'manager' && !node.left)
}

/** Whether a node's engine runs now and can read its state, whatever the managers know of it. */
export function isReachable(world: World, node: SwarmNode): boolean {
  return engineOf(world, node.engine)?.state === 'Running' && !node.locked && !node.left
}

/** How many managers a majority is. */
export function majority(managers: number): number {
  return Math.floor(managers / 2) + 1
}

/** A free entity id for the node of a host. */
export function freeNodeId(world: World, host: string): string {
  const base = `docker.Node/${host}`
  if (!world.get(base)) return base
  for (let i = 2; ; i++) if (!world.get(`${base}~${i}`)) return `${base}~${i}`
}

/** The node that a name, an id or the beginning of one means; `many` when several nodes do. */
export function findNode(world: World, text: string): SwarmNode | 'many' | undefined {
  const all = nodesOf(world)
  const exact = all.find((node) => swarmId(node) === text)
  if (exact) return exact
  const named = all.filter(({ hostname }) => hostname === text)
  if (named.length > 0) return named.length > 1 ? 'many' : named[0]
  const begun = text === '' ? [] : all.filter((node) => swarmId(node).startsWith(text))
  return begun.length > 1 ? 'many' : begun[0]
}

/** The name that a machine has for itself. */
export function hostnameOfEngine(engine: Engine): string {
  return engine.hostname ?? (engine.host === 'local' ? 'orrery' : engine.host)
}
