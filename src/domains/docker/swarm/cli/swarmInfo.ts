import type { World } from '../../../../kernel/index.ts'
import { swarmId } from '../identity.ts'
import { managersOf, nodeOfEngine, nodesOf } from '../node.ts'
import { swarmOf } from '../swarm.ts'
import { span } from './serviceObject.ts'

/** The part of `docker info` about the swarm. */
export function swarmInfo(world: World, engine: string): Readonly<Record<string, unknown>> {
  const node = nodeOfEngine(world, engine)
  const swarm = swarmOf(world)
  if (!node || !swarm)
    return {
      NodeID: '',
      NodeAddr: '',
      LocalNodeState: 'inactive',
      ControlAvailable: false,
      Error: '',
      RemoteManagers: null,
    }
  const manages = node.role === 'manager' && !node.locked
  return {
    NodeID: swarmId(node),
    NodeAddr: node.address,
    LocalNodeState: node.locked ? 'locked' : 'active',
    ControlAvailable: manages,
    Error: '',
    RemoteManagers: managersOf(world).map((one) => ({ NodeID: swarmId(one), Addr: `${one.address}:2377` })),
    ...(manages
      ? {
          Nodes: nodesOf(world).length,
          Managers: managersOf(world).length,
          Cluster: { ID: swarmId(swarm), DataPathPort: swarm.dataPathPort },
        }
      : {}),
  }
}

/** The same in words. Models: docker/cli cli/command/system/info.go printSwarmInfo */
export function swarmInfoText(world: World, engine: string): string {
  const node = nodeOfEngine(world, engine)
  const swarm = swarmOf(world)
  if (!node || !swarm) return ' Swarm: inactive\n'
  const lines = [` Swarm: ${node.locked ? 'locked' : 'active'}`, `  NodeID: ${swarmId(node)}`]
  const manages = node.role === 'manager' && !node.locked
  if (manages && swarm.state !== 'Led')
    lines.push(
      "  Error: rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.",
    )
  lines.push(`  Is Manager: ${manages}`)
  if (manages) {
    lines.push(
      `  ClusterID: ${swarmId(swarm)}`,
      `  Managers: ${managersOf(world).length}`,
      `  Nodes: ${nodesOf(world).length}`,
      `  Data Path Port: ${swarm.dataPathPort}`,
      '  Orchestration:',
      `   Task History Retention Limit: ${swarm.taskHistory}`,
      '  Raft:',
      `   Snapshot Interval: ${swarm.snapshotInterval}`,
      '   Number of Old Snapshots to Retain: 0',
      '   Heartbeat Tick: 1',
      '   Election Tick: 10',
      '  Dispatcher:',
      `   Heartbeat Period: ${swarm.heartbeat / 1000} seconds`,
      '  CA Configuration:',
      `   Expiry Duration: ${span(swarm.certExpiry) === '2160h0m0s' ? '3 months' : span(swarm.certExpiry)}`,
      '   Force Rotate: 0',
      `  Autolock Managers: ${swarm.autolock}`,
      '  Root Rotation In Progress: false',
    )
  }
  lines.push(
    `  Node Address: ${node.address}`,
    '  Manager Addresses:',
    ...managersOf(world).map((one) => `   ${one.address}:2377`),
  )
  return `${lines.join('\n')}\n`
}
