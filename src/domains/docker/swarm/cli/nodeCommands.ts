import type { Ask } from '../../cli/ask.ts'
import type { Command } from '../../cli/command.ts'
import { filtersOf, hasLabel } from '../../cli/filters.ts'
import { formatRows, type Row } from '../../cli/format.ts'
import { eachArgument } from '../../cli/pick.ts'
import { Problem } from '../../cli/problem.ts'
import { labelsOf } from '../../cli/readSpec.ts'
import { createdText, nanoTime } from '../../cli/units.ts'
import { engineOf } from '../../engine/engine.ts'
import { swarmId } from '../identity.ts'
import { type Availability, isReachable, majority, managersOf, nodesOf, type Role, type SwarmNode } from '../node.ts'
import type { Swarm } from '../swarm.ts'
import { tasksOnNode } from '../task.ts'
import { manager, nodeNamed, rpc } from './access.ts'
import { printInspected, printPretty } from './inspected.ts'
import { capital, PS_FLAGS, printTasks } from './taskRows.ts'
import { trustOf } from './trust.ts'

const VERSION = '29.1.3'
const NODE = 'NODE'

const ls: Command = {
  path: 'node ls',
  aliases: ['node list'],
  summary: 'List nodes in the swarm',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [
    { name: 'filter', short: 'f', type: 'filter', says: 'Filter output based on conditions provided' },
    { name: 'format', type: 'string', says: 'Format output using a custom template' },
    { name: 'quiet', short: 'q', says: 'Only display IDs' },
  ],
  run(ask) {
    const { swarm, self } = manager(ask)
    const filters = filtersOf(ask, ['id', 'label', 'engine.label', 'node.label', 'membership', 'name', 'role'])
    const nodes = nodesOf(ask.world)
      .filter((node) =>
        [...filters].every(([name, values]) =>
          values.some((value) => {
            if (name === 'id') return swarmId(node).startsWith(value)
            if (name === 'name') return node.hostname.startsWith(value)
            if (name === 'role') return node.role === value
            if (name === 'membership') return value === 'accepted'
            if (name === 'node.label') return hasLabel(node.labels, value)
            return hasLabel(engineOf(ask.world, node.engine)?.labels, value)
          }),
        ),
      )
      .sort((a, b) => (a.hostname < b.hostname ? -1 : 1))
    if (ask.flag('quiet')) for (const node of nodes) ask.out(`${swarmId(node)}\n`)
    else {
      const rows = nodes.map(
        (node): Row => ({
          ID: `${swarmId(node)}${ask.text('format') === undefined ? (node.id === self.id ? ' *' : '  ') : ''}`,
          Self: String(node.id === self.id),
          Hostname: node.hostname,
          Status: capital(node.state),
          Availability: capital(node.availability),
          ManagerStatus: managerStatus(ask, swarm, node),
          EngineVersion: VERSION,
          TLSStatus: node.state === 'ready' ? 'Ready' : 'Unknown',
        }),
      )
      ask.out(formatRows(rows, COLUMNS, HEADINGS, ask.text('format')))
    }
    return { exit: 0 }
  },
}

const COLUMNS = [
  ['ID', 'ID'],
  ['HOSTNAME', 'Hostname'],
  ['STATUS', 'Status'],
  ['AVAILABILITY', 'Availability'],
  ['MANAGER STATUS', 'ManagerStatus'],
  ['ENGINE VERSION', 'EngineVersion'],
] as const

const HEADINGS = {
  Hostname: 'HOSTNAME',
  Availability: 'AVAILABILITY',
  ManagerStatus: 'MANAGER STATUS',
  EngineVersion: 'ENGINE VERSION',
  TLSStatus: 'TLS STATUS',
  Self: 'SELF',
}

function managerStatus(ask: Ask, swarm: Swarm, node: SwarmNode): string {
  if (node.role !== 'manager' || node.left) return ''
  if (!isReachable(ask.world, node)) return 'Unreachable'
  return swarm.leader === node.id ? 'Leader' : 'Reachable'
}

/** A node as the API has it. */
export function nodeObject(ask: Ask, swarm: Swarm, node: SwarmNode): Readonly<Record<string, unknown>> {
  const engine = engineOf(ask.world, node.engine)
  const status = managerStatus(ask, swarm, node)
  return {
    ID: swarmId(node),
    Version: { Index: 9 + node.born },
    CreatedAt: nanoTime(node.joinedAt),
    UpdatedAt: nanoTime(node.updatedAt),
    Spec: { Labels: node.labels, Role: node.role, Availability: node.availability },
    Description: {
      Hostname: node.hostname,
      Platform: { Architecture: 'x86_64', OS: 'linux' },
      Resources: { NanoCPUs: (engine?.cpuMilli ?? 0) * 1e6, MemoryBytes: engine?.memory ?? 0 },
      Engine: {
        EngineVersion: VERSION,
        ...(engine?.labels ? { Labels: engine.labels } : {}),
        Plugins: [
          ...LOGS.map((Name) => ({ Type: 'Log', Name })),
          ...NETWORKS.map((Name) => ({ Type: 'Network', Name })),
          { Type: 'Volume', Name: 'local' },
        ],
      },
      TLSInfo: trustOf(swarm),
    },
    Status: {
      State: node.state,
      ...(node.state === 'down' ? { Message: 'heartbeat failure' } : {}),
      Addr: node.address,
    },
    ...(status === ''
      ? {}
      : {
          ManagerStatus: {
            ...(status === 'Leader' ? { Leader: true } : {}),
            Reachability: status === 'Unreachable' ? 'unreachable' : 'reachable',
            Addr: `${node.address}:2377`,
          },
        }),
  }
}

const LOGS = ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog']
const NETWORKS = ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay']

function pretty(ask: Ask, swarm: Swarm, node: SwarmNode): string {
  const engine = engineOf(ask.world, node.engine)
  const status = managerStatus(ask, swarm, node)
  const trust = trustOf(swarm)
  const labels = Object.entries(node.labels)
  return [
    `ID:\t\t\t${swarmId(node)}`,
    ...(labels.length > 0
      ? ['Labels:', ...labels.map(([key, value]) => ` - ${key}${value === '' ? '' : `=${value}`}`)]
      : []),
    `Hostname:              \t${node.hostname}`,
    `Joined at:             \t${createdText(node.joinedAt).replace(' +', '.0 +').replace('UTC', 'utc')}`,
    'Status:',
    ` State:\t\t\t${capital(node.state)}`,
    ` Availability:         \t${capital(node.availability)}`,
    ` Address:\t\t${node.address}`,
    ...(status === ''
      ? []
      : [
          'Manager Status:',
          ` Address:\t\t${node.address}:2377`,
          ` Raft Status:\t\t${status === 'Unreachable' ? 'Unreachable' : 'Reachable'}`,
          ` Leader:\t\t${status === 'Leader' ? 'Yes' : 'No'}`,
        ]),
    'Platform:',
    ' Operating System:\tlinux',
    ' Architecture:\t\tx86_64',
    'Resources:',
    ` CPUs:\t\t\t${(engine?.cpuMilli ?? 0) / 1000}`,
    ` Memory:\t\t${((engine?.memory ?? 0) / 1024 ** 3).toPrecision(4)}GiB`,
    'Plugins:',
    ` Log:\t\t${LOGS.join(', ')}`,
    ` Network:\t\t${NETWORKS.join(', ')}`,
    ' Volume:\t\tlocal',
    `Engine Version:\t\t${VERSION}`,
    'TLS Info:',
    ' TrustRoot:',
    trust.TrustRoot,
    ` Issuer Subject:\t${trust.CertIssuerSubject}`,
    ` Issuer Public Key:\t${trust.CertIssuerPublicKey}`,
    '',
  ].join('\n')
}

const inspect: Command = {
  path: 'node inspect',
  summary: 'Display detailed information on one or more nodes',
  usage: '[OPTIONS] self|NODE [NODE...]',
  args: [1, Number.POSITIVE_INFINITY],
  flags: [
    { name: 'format', short: 'f', type: 'string', says: 'Format output using a custom template' },
    { name: 'pretty', says: 'Print the information in a human friendly format' },
  ],
  run(ask) {
    const { swarm } = manager(ask)
    if (ask.flag('pretty') || ask.text('format') === 'pretty')
      return printPretty(ask, (text) => pretty(ask, swarm, nodeNamed(ask, text)))
    return printInspected(ask, (text) => nodeObject(ask, swarm, nodeNamed(ask, text)))
  },
}

const ps: Command = {
  path: 'node ps',
  summary: 'List tasks running on one or more nodes, defaults to current node',
  usage: '[OPTIONS] [NODE...]',
  flags: PS_FLAGS,
  run(ask) {
    const { self } = manager(ask)
    const nodes = ask.args.length > 0 ? ask.args.map((text) => nodeNamed(ask, text)) : [self]
    return printTasks(
      ask,
      nodes.flatMap((node) => tasksOnNode(ask.world, node.id)),
      ['id', 'name', 'label', 'node', 'desired-state'],
    )
  },
}

const update: Command = {
  path: 'node update',
  summary: 'Update a node',
  usage: '[OPTIONS] NODE',
  args: [1, 1],
  flags: [
    { name: 'availability', type: 'string', says: 'Availability of the node ("active", "pause", "drain")' },
    { name: 'label-add', type: 'list', says: 'Add or update a node label ("key=value")' },
    { name: 'label-rm', type: 'list', says: 'Remove a node label if exists' },
    { name: 'role', type: 'string', says: 'Role of the node ("worker", "manager")' },
  ],
  run(ask) {
    manager(ask)
    const [text = ''] = ask.args
    const node = nodeNamed(ask, text)
    const availability = ask.text('availability')
    if (availability !== undefined && !['active', 'pause', 'drain'].includes(availability))
      throw rpc('InvalidArgument', `invalid availability "${availability}"`)
    const role = ask.text('role')
    if (role !== undefined && role !== 'worker' && role !== 'manager')
      throw new Problem(`Error response from daemon: invalid role "${role}"`)
    const labels = { ...node.labels, ...labelsOf(ask.all('label-add')) }
    for (const name of ask.all('label-rm')) {
      if (labels[name] === undefined) throw new Problem(`key ${name} doesn't exist in node's labels`)
      delete (labels as { [name: string]: string })[name]
    }
    if (role !== undefined && role !== node.role) ask.emit([turn(ask, node, role)])
    if (availability !== undefined || ask.has('label-add') || ask.has('label-rm'))
      ask.emit([
        {
          to: node.id,
          type: 'Updated',
          data: { labels, ...(availability === undefined ? {} : { availability: availability as Availability }) },
        },
      ])
    ask.out(`${text}\n`)
    return { exit: 0 }
  },
}

/** The event that makes a node a manager or a worker; refuses what would cost the majority. */
function turn(ask: Ask, node: SwarmNode, role: Role) {
  if (role === 'worker') {
    const managers = managersOf(ask.world)
    if (managers.length === 1) throw rpc('FailedPrecondition', 'attempting to demote the last manager of the swarm')
    const reachable = managers.filter((one) => one.id !== node.id && isReachable(ask.world, one)).length
    if (reachable < majority(managers.length - 1))
      throw rpc('FailedPrecondition', "can't remove member from the raft: this would result in a loss of quorum")
  }
  return { to: node.id, type: 'RoleChanged', data: { role } }
}

function turning(name: 'promote' | 'demote', role: Role): Command {
  return {
    path: `node ${name}`,
    summary:
      name === 'promote'
        ? 'Promote one or more nodes to manager in the swarm'
        : 'Demote one or more nodes from manager in the swarm',
    usage: `${NODE} [${NODE}...]`,
    args: [1, Number.POSITIVE_INFINITY],
    run(ask) {
      manager(ask)
      return eachArgument(ask, (text) => {
        const node = nodeNamed(ask, text)
        if (node.role === role) {
          ask.err(`Node ${text} is already a ${role}.\n`)
          return
        }
        ask.emit([turn(ask, node, role)])
        ask.out(
          name === 'promote'
            ? `Node ${text} promoted to a manager in the swarm.\n`
            : `Manager ${text} demoted in the swarm.\n`,
        )
      })
    },
  }
}

const rm: Command = {
  path: 'node rm',
  aliases: ['node remove'],
  summary: 'Remove one or more nodes from the swarm',
  usage: `[OPTIONS] ${NODE} [${NODE}...]`,
  args: [1, Number.POSITIVE_INFINITY],
  flags: [{ name: 'force', short: 'f', says: 'Force remove a node from the swarm' }],
  run(ask) {
    manager(ask)
    return eachArgument(ask, (text) => {
      const node = nodeNamed(ask, text)
      if (node.role === 'manager' && !node.left)
        throw rpc(
          'FailedPrecondition',
          `node ${swarmId(node)} is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal`,
        )
      if (node.state !== 'down' && !ask.flag('force'))
        throw rpc('FailedPrecondition', `node ${swarmId(node)} is not down and can't be removed`)
      ask.emit([{ to: node.id, type: 'Removed' }])
      ask.out(`${text}\n`)
    })
  },
}

/** `docker node`. Models: docker/cli cli/command/node and swarmkit manager/controlapi/node.go */
export const nodeCommands: readonly Command[] = [
  ls,
  inspect,
  ps,
  update,
  turning('promote', 'manager'),
  turning('demote', 'worker'),
  rm,
]
