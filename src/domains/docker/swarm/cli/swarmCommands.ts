import type { Ask } from '../../cli/ask.ts'
import type { Command, CommandFlag, Reply } from '../../cli/command.ts'
import { pick } from '../../cli/pickDefined.ts'
import { Problem, refused } from '../../cli/problem.ts'
import { swarmId } from '../identity.ts'
import { beginning, dissolution, joining } from '../membership.ts'
import { isReachable, majority, managersOf, nodeOfEngine, type Role } from '../node.ts'
import { joinToken, SWARM, type Swarm, swarmOf, unlockKey } from '../swarm.ts'
import { manager, rpc } from './access.ts'
import { checkedDuration } from './flags.ts'
import { certificate } from './trust.ts'

const PORT = 2377

const SETTINGS: readonly CommandFlag[] = [
  { name: 'autolock', says: 'Enable manager autolocking (requiring an unlock key to start a stopped manager)' },
  {
    name: 'cert-expiry',
    type: 'duration',
    says: 'Validity period for node certificates (ns|us|ms|s|m|h) (default 2160h0m0s)',
  },
  { name: 'dispatcher-heartbeat', type: 'duration', says: 'Dispatcher heartbeat period (ns|us|ms|s|m|h) (default 5s)' },
  { name: 'external-ca', type: 'external-ca', says: 'Specifications of one or more certificate signing endpoints' },
  { name: 'max-snapshots', type: 'uint', says: 'Number of additional Raft snapshots to retain' },
  { name: 'snapshot-interval', type: 'uint', says: 'Number of log entries between Raft snapshots (default 10000)' },
  { name: 'task-history-limit', type: 'int', says: 'Task history retention limit (default 5)' },
]

function settingsOf(ask: Ask): Partial<Swarm> {
  return pick({
    autolock: ask.has('autolock') ? ask.flag('autolock') : undefined,
    certExpiry: checkedDuration(ask, 'cert-expiry'),
    heartbeat: checkedDuration(ask, 'dispatcher-heartbeat'),
    snapshotInterval: ask.number('snapshot-interval'),
    taskHistory: ask.number('task-history-limit'),
  })
}

function joinLine(swarm: Swarm, role: Role, address: string): string {
  return `To add a ${role} to this swarm, run the following command:\n\n    docker swarm join --token ${joinToken(swarm, role)} ${address}:${PORT}\n\n`
}

function unlockText(swarm: Swarm): string {
  return `To unlock a swarm manager after it restarts, run the \`docker swarm unlock\`\ncommand and provide the following key:\n\n    ${unlockKey(swarm)}\n\nRemember to store this key in a password manager, since without it you\nwill not be able to restart the manager.\n`
}

/** The address of a flag without its port; names of interfaces mean the machine's own. */
function addressOf(ask: Ask): string | undefined {
  const text = ask.text('advertise-addr')?.replace(/:\d+$/, '')
  return text === undefined || !/^\d+(?:\.\d+){3}$/.test(text) ? undefined : text
}

const ADVERTISE: readonly CommandFlag[] = [
  { name: 'advertise-addr', type: 'string', says: 'Advertised address (format: "<ip|interface>[:port]")' },
  {
    name: 'availability',
    type: 'string',
    says: 'Availability of the node ("active", "pause", "drain") (default "active")',
  },
  {
    name: 'data-path-addr',
    type: 'string',
    says: 'Address or interface to use for data path traffic (format: "<ip|interface>")',
  },
  {
    name: 'listen-addr',
    type: 'node-addr',
    says: 'Listen address (format: "<ip|interface>[:port]") (default 0.0.0.0:2377)',
  },
]

function refuseMember(ask: Ask): void {
  if (nodeOfEngine(ask.world, ask.engine))
    throw refused(
      'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.',
    )
}

const init: Command = {
  path: 'swarm init',
  summary: 'Initialize a swarm',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [
    ...ADVERTISE,
    ...SETTINGS,
    {
      name: 'data-path-port',
      type: 'uint32',
      says: 'Port number to use for data path traffic (1024 - 49151). If no value is set or is set to 0, the default port (4789) is used.',
    },
    { name: 'default-addr-pool', type: 'ipNetSlice', says: 'default address pool in CIDR format (default [])' },
    {
      name: 'default-addr-pool-mask-length',
      type: 'uint32',
      says: 'default address pool subnet mask length (default 24)',
    },
    { name: 'force-new-cluster', says: 'Force create a new cluster from current state' },
  ],
  run(ask) {
    const { world } = ask
    if (ask.flag('force-new-cluster') && swarmOf(world)) return rescue(ask)
    refuseMember(ask)
    if (swarmOf(world)) ask.emit(dissolution(world))
    const path = ask.number('data-path-port')
    if (path !== undefined && path !== 0 && (path < 1024 || path > 49_151))
      throw refused('invalid DataPathPort: port number must be in the range 1024..49151')
    const pools = ask.all('default-addr-pool').flatMap((text) => text.split(','))
    ask.emit(
      beginning(
        world,
        ask.engineRecord,
        {
          ...settingsOf(ask),
          ...pick({
            dataPathPort: path || undefined,
            addressPools: pools.length > 0 ? pools : undefined,
            maskLength: ask.number('default-addr-pool-mask-length'),
          }),
        },
        pick({ address: addressOf(ask), availability: availability(ask) }),
      ),
    )
    return { wait: { after: 400 }, state: null }
  },
  resume(ask) {
    const { swarm, self } = manager(ask)
    ask.out(
      `Swarm initialized: current node (${swarmId(self)}) is now a manager.\n\n${joinLine(swarm, 'worker', self.address)}To add a manager to this swarm, run 'docker swarm join-token manager' and follow the instructions.\n\n`,
    )
    if (swarm.autolock) ask.out(unlockText(swarm))
    return { exit: 0 }
  },
}

/** `--force-new-cluster`: the other managers are left out, what they kept stays. */
function rescue(ask: Ask): Reply {
  const self = nodeOfEngine(ask.world, ask.engine)
  if (self?.role !== 'manager') throw refused('This node is not part of a swarm')
  for (const other of managersOf(ask.world))
    if (other.id !== self.id) ask.emit([{ to: other.id, type: 'RoleChanged', data: { role: 'worker' } }])
  return { wait: { after: 25_000 }, state: null }
}

function availability(ask: Ask): 'active' | 'pause' | 'drain' | undefined {
  const text = ask.text('availability')
  if (text === undefined) return undefined
  if (text !== 'active' && text !== 'pause' && text !== 'drain')
    throw new Problem(`invalid availability "${text}", only active, pause and drain are supported`)
  return text
}

const join: Command = {
  path: 'swarm join',
  summary: 'Join a swarm as a node and/or manager',
  usage: '[OPTIONS] HOST:PORT',
  args: [1, 1],
  flags: [...ADVERTISE, { name: 'token', type: 'string', says: 'Token for entry into the swarm' }],
  run(ask) {
    const { world } = ask
    refuseMember(ask)
    const token = ask.text('token')
    const swarm = swarmOf(world)
    const [host = '', port = String(PORT)] = (ask.args[0] ?? '').split(':')
    if (token === undefined || !/^SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}$/.test(token)) throw refused('invalid join token')
    const reached = managersOf(world).find((node) => node.address === host || node.hostname === host)
    if (!swarm || !reached || port !== String(PORT) || !isReachable(world, reached))
      throw rpc(
        'Unavailable',
        `connection error: desc = "transport: Error while dialing: dial tcp ${host}:${port}: connect: connection refused"`,
      )
    if (token.split('-')[2] !== joinToken(swarm, 'worker').split('-')[2])
      throw refused(`remote CA does not match fingerprint. Expected: ${token.split('-')[2]}`)
    const role = (['worker', 'manager'] as const).find((one) => joinToken(swarm, one) === token)
    if (!role) throw rpc('InvalidArgument', 'A valid join token is necessary to join this cluster')
    if (swarm.state !== 'Led')
      throw refused(
        'Timeout was reached before node joined. The attempt to join the swarm will continue in the background. Use the "docker info" command to see the current swarm status of your node.',
      )
    ask.emit([
      joining(world, ask.engineRecord, role, pick({ address: addressOf(ask), availability: availability(ask) })),
    ])
    return { wait: { after: 600 }, state: role }
  },
  resume(ask, state) {
    ask.out(`This node joined a swarm as a ${String(state)}.\n`)
    return { exit: 0 }
  },
}

const token: Command = {
  path: 'swarm join-token',
  summary: 'Manage join tokens',
  usage: '[OPTIONS] (worker|manager)',
  args: [1, 1],
  flags: [
    { name: 'quiet', short: 'q', says: 'Only display token' },
    { name: 'rotate', says: 'Rotate join token' },
  ],
  run(ask) {
    const { swarm } = manager(ask)
    const role = ask.args[0]
    if (role !== 'worker' && role !== 'manager') throw new Problem(`unknown role ${role}`)
    if (!ask.flag('rotate')) return shown(ask)
    ask.emit([
      { to: SWARM, type: 'Configured', data: { rotations: { ...swarm.rotations, [role]: swarm.rotations[role] + 1 } } },
    ])
    return { wait: { after: 20 }, state: null }
  },
  resume(ask) {
    if (!ask.flag('quiet')) ask.out(`Successfully rotated ${ask.args[0]} join token.\n\n`)
    return shown(ask)
  },
}

function shown(ask: Ask): Reply {
  const { swarm, self } = manager(ask)
  const role = ask.args[0] as Role
  ask.out(ask.flag('quiet') ? `${joinToken(swarm, role)}\n` : joinLine(swarm, role, self.address))
  return { exit: 0 }
}

const leave: Command = {
  path: 'swarm leave',
  summary: 'Leave the swarm',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [{ name: 'force', short: 'f', says: 'Force this node to leave the swarm, ignoring warnings' }],
  run(ask) {
    const self = nodeOfEngine(ask.world, ask.engine)
    if (!self) throw refused('This node is not part of a swarm')
    const managers = managersOf(ask.world)
    if (self.role === 'manager' && !ask.flag('force')) throw refused(warning(ask, managers.length))
    if (self.role === 'manager' && managers.length === 1) ask.emit(dissolution(ask.world))
    else ask.emit([{ to: self.id, type: 'Left' }])
    return { wait: { after: 500 }, state: null }
  },
  resume(ask) {
    ask.out('Node left the swarm.\n')
    return { exit: 0 }
  },
}

/** Models: moby daemon/cluster/swarm.go Leave */
function warning(ask: Ask, managers: number): string {
  const begin = 'You are attempting to leave the swarm on a node that is participating as a manager. '
  if (managers === 1)
    return `${begin}Removing the last manager erases all current state of the swarm. Use \`--force\` to ignore this message.`
  const reachable = managersOf(ask.world).filter((node) => isReachable(ask.world, node)).length
  const loses = reachable - 1 < majority(managers)
  return `${begin}${loses ? `Removing this node leaves ${reachable - 1} managers out of ${managers}. Without a Raft quorum your swarm will be inaccessible. ` : ''}The only way to restore a swarm that has lost consensus is to reinitialize it with \`--force-new-cluster\`. Use \`--force\` to suppress this message.`
}

const update: Command = {
  path: 'swarm update',
  summary: 'Update the swarm',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: SETTINGS,
  run(ask) {
    const { swarm } = manager(ask)
    const settings = settingsOf(ask)
    const locks = settings.autolock === true && !swarm.autolock
    ask.emit([{ to: SWARM, type: 'Configured', data: settings }])
    ask.out('Swarm updated.\n')
    if (locks) ask.out(unlockText(swarm))
    return { exit: 0 }
  },
}

const key: Command = {
  path: 'swarm unlock-key',
  summary: 'Manage the unlock key',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [
    { name: 'quiet', short: 'q', says: 'Only display token' },
    { name: 'rotate', says: 'Rotate unlock key' },
  ],
  run(ask) {
    const { swarm } = manager(ask)
    if (!swarm.autolock) {
      if (ask.flag('rotate')) throw new Problem('cannot rotate because autolock is not turned on')
      throw new Problem('no unlock key is set')
    }
    if (!ask.flag('rotate')) return keyShown(ask)
    ask.emit([
      { to: SWARM, type: 'Configured', data: { rotations: { ...swarm.rotations, key: swarm.rotations.key + 1 } } },
    ])
    return { wait: { after: 20 }, state: null }
  },
  resume(ask) {
    if (!ask.flag('quiet')) ask.out('Successfully rotated manager unlock key.\n\n')
    return keyShown(ask)
  },
}

function keyShown(ask: Ask): Reply {
  const { swarm } = manager(ask)
  ask.out(ask.flag('quiet') ? `${unlockKey(swarm)}\n` : unlockText(swarm))
  return { exit: 0 }
}

const unlock: Command = {
  path: 'swarm unlock',
  summary: 'Unlock swarm',
  usage: '',
  args: [0, 0],
  run(ask) {
    const self = nodeOfEngine(ask.world, ask.engine)
    if (!self) throw new Problem('Error: This node is not part of a swarm')
    if (!self.locked) throw new Problem('Error: swarm is not locked')
    if (ask.call.stdin !== undefined) return unlocking(ask, ask.call.stdin)
    ask.out('Enter unlock key: ')
    return { wait: { input: true }, state: null }
  },
  resume: (ask) => unlocking(ask, ask.call.input ?? ''),
}

function unlocking(ask: Ask, text: string): Reply {
  const swarm = swarmOf(ask.world)
  const self = nodeOfEngine(ask.world, ask.engine)
  if (!swarm || !self || text.trim() !== unlockKey(swarm))
    throw refused('swarm could not be unlocked: invalid key provided')
  ask.emit([{ to: self.id, type: 'Unlocked' }])
  return { exit: 0 }
}

const ca: Command = {
  path: 'swarm ca',
  summary: 'Display and rotate the root CA',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [
    { name: 'detach', short: 'd', says: 'Exit immediately instead of waiting for the root rotation to converge' },
    { name: 'quiet', short: 'q', says: 'Suppress progress output' },
  ],
  run(ask) {
    ask.out(certificate(manager(ask).swarm))
    return { exit: 0 }
  },
}

/** `docker swarm`. Models: docker/cli cli/command/swarm and moby daemon/cluster */
export const swarmCommands: readonly Command[] = [init, join, token, leave, update, key, unlock, ca]
