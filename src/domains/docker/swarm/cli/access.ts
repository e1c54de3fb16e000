import type { Ask } from '../../cli/ask.ts'
import { type Problem, refused } from '../../cli/problem.ts'
import { findNode, nodeOfEngine, type SwarmNode } from '../node.ts'
import { findService, type Service } from '../service.ts'
import { type Swarm, swarmOf } from '../swarm.ts'

/** Words of a refusal of the managers' API. */
export function rpc(code: string, text: string): Problem {
  return refused(`rpc error: code = ${code} desc = ${text}`)
}

const NOT_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.'

/** The swarm and the node that is asked, as a manager that can act; refuses in the engine's words. Models: moby daemon/cluster/cluster.go */
export function manager(ask: Ask): { readonly swarm: Swarm; readonly self: SwarmNode } {
  const swarm = swarmOf(ask.world)
  const self = nodeOfEngine(ask.world, ask.engine)
  if (!swarm || !self) throw refused(NOT_MANAGER)
  if (self.locked)
    throw refused(
      'Swarm is encrypted and needs to be unlocked before it can be used. Please use "docker swarm unlock" to unlock it.',
    )
  if (self.role !== 'manager')
    throw refused(
      "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.",
    )
  if (swarm.state !== 'Led')
    throw rpc(
      'Unknown',
      "The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.",
    )
  return { swarm, self }
}

/** The node that an argument means; `self` is the one that is asked. */
export function nodeNamed(ask: Ask, text: string): SwarmNode {
  if (text === 'self') return manager(ask).self
  const found = findNode(ask.world, text)
  if (found === 'many') throw refused(`node ${text} is ambiguous (2 matches found)`)
  if (!found) throw refused(`node ${text} not found`)
  return found
}

/** The service that an argument means. */
export function serviceNamed(ask: Ask, text: string): Service {
  const found = findService(ask.world, text)
  if (found === 'many') throw refused(`service ${text} is ambiguous (2 matches found)`)
  if (!found) throw refused(`service ${text} not found`)
  return found
}
