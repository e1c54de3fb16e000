import { type Container, containersOn, findContainer, membersOfNetwork } from '../container/container.ts'
import { createNetwork, findNetwork, type Network, networkHex, networkNamed, networksOn } from '../network/network.ts'
import { networksOfService } from '../swarm/allocate.ts'
import { manager } from '../swarm/cli/access.ts'
import { swarmId } from '../swarm/identity.ts'
import { createOverlay, overlays } from '../swarm/overlay.ts'
import { servicesOf } from '../swarm/service.ts'
import type { Ask } from './ask.ts'
import { asking } from './asking.ts'
import type { Command, Reply } from './command.ts'
import { filtersOf, hasLabel } from './filters.ts'
import { formatRows } from './format.ts'
import { eachArgument } from './pick.ts'
import { pick } from './pickDefined.ts'
import { refused } from './problem.ts'
import { labelsOf } from './readSpec.ts'
import { createdText } from './units.ts'

const BUILT_IN = new Set(['bridge', 'host', 'none'])

function networkOf(ask: Ask, text: string): Network {
  const network = findNetwork(ask.world, ask.engine, text)
  if (!network) throw refused(`network ${text} not found`)
  return network
}

/** Containers that are connected to a network, alive or not. */
export function connected(ask: Ask, network: string): readonly Container[] {
  return containersOn(ask.world, ask.engine).filter(({ endpoints }) =>
    endpoints.some((endpoint) => endpoint.network === network),
  )
}

/** Networks without containers are taken down. Answers their names. */
export function pruneNetworks(ask: Ask): readonly string[] {
  const gone: string[] = []
  for (const network of networksOn(ask.world, ask.engine)) {
    if (BUILT_IN.has(network.name) || network.ingress || connected(ask, network.name).length > 0) continue
    if (
      network.scope === 'swarm' &&
      servicesOf(ask.world).some((service) => networksOfService(service).includes(network.name))
    )
      continue
    ask.emit([{ to: network.id, type: 'Removed' }])
    gone.push(network.name)
  }
  return gone
}

/** `docker network`. Models: docker/cli cli/command/network and moby daemon/network.go */
export const networkCommands: readonly Command[] = [
  {
    path: 'network create',
    summary: 'Create a network',
    usage: '[OPTIONS] NETWORK',
    args: [1, 1],
    flags: [
      { name: 'attachable', says: 'Enable manual container attachment' },
      { name: 'aux-address', type: 'map', says: 'Auxiliary IPv4 or IPv6 addresses used by Network driver' },
      { name: 'config-from', type: 'string', says: 'The network from which to copy the configuration' },
      { name: 'config-only', says: 'Create a configuration only network' },
      { name: 'driver', short: 'd', type: 'string', says: 'Driver to manage the Network (default "bridge")' },
      { name: 'gateway', type: 'strings', says: 'IPv4 or IPv6 Gateway for the master subnet' },
      { name: 'ingress', says: 'Create swarm routing-mesh network' },
      { name: 'internal', says: 'Restrict external access to the network' },
      { name: 'ip-range', type: 'strings', says: 'Allocate container ip from a sub-range' },
      { name: 'ipam-driver', type: 'string', says: 'IP Address Management Driver' },
      { name: 'ipam-opt', type: 'map', says: 'Set IPAM driver specific options' },
      { name: 'ipv4', says: 'Enable or disable IPv4 address assignment (default true)' },
      { name: 'ipv6', says: 'Enable or disable IPv6 address assignment' },
      { name: 'label', type: 'list', says: 'Set metadata on a network' },
      { name: 'opt', short: 'o', type: 'map', says: 'Set driver specific options' },
      { name: 'scope', type: 'string', says: "Control the network's scope" },
      { name: 'subnet', type: 'strings', says: 'Subnet in CIDR format that represents a network segment' },
    ],
    run(ask) {
      const [name = ''] = ask.args
      const driver = ask.text('driver')
      if (networkNamed(ask.world, ask.engine, name))
        throw refused(
          BUILT_IN.has(name)
            ? `operation is not permitted on predefined ${name} network`
            : `network with name ${name} already exists`,
        )
      if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name))
        throw refused(`invalid network name "${name}": must match [a-zA-Z0-9][a-zA-Z0-9_.-]*`)
      if (driver === 'overlay' || ask.flag('ingress')) return overlay(ask, name)
      if (driver === 'host') throw refused('only one instance of "host" network is allowed')
      if (driver !== undefined && !['bridge', 'macvlan', 'ipvlan', 'null'].includes(driver))
        throw refused(`could not find plugin ${driver} in v2 plugin registry: plugin "${driver}" not found`)
      const subnet = ask.text('subnet')
      if (subnet !== undefined && !/^[\d.]+\/\d+$|:/.test(subnet))
        throw refused(`invalid network config:\ninvalid subnet ${subnet}: invalid CIDR block notation`)
      if (subnet !== undefined && networksOn(ask.world, ask.engine).some((other) => other.subnet === subnet))
        throw refused('invalid pool request: Pool overlaps with other one on this address space')
      const made = createNetwork(
        ask.world,
        ask.engine,
        name,
        pick({
          driver,
          subnet,
          gateway: ask.text('gateway'),
          internal: ask.flag('internal') || undefined,
          attachable: ask.flag('attachable') || undefined,
          ipv6: ask.flag('ipv6') || undefined,
          labels: labelsOf(ask.all('label')),
          options: labelsOf(ask.all('opt')),
        }),
      )
      ask.emit([made])
      return { wait: { after: 40 }, state: null }
    },
    resume(ask) {
      ask.out(`${networkHex(networkOf(ask, ask.args[0] ?? ''))}\n`)
      return { exit: 0 }
    },
  },
  {
    path: 'network ls',
    aliases: ['network list'],
    summary: 'List networks',
    usage: '[OPTIONS]',
    args: [0, 0],
    flags: [
      { name: 'filter', short: 'f', type: 'filter', says: 'Provide filter values (e.g. "driver=bridge")' },
      { name: 'format', type: 'string', says: 'Format output using a custom template' },
      { name: 'no-trunc', says: 'Do not truncate the output' },
      { name: 'quiet', short: 'q', says: 'Only display network IDs' },
    ],
    run(ask) {
      const filters = filtersOf(ask, ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'])
      const rows = networksOn(ask.world, ask.engine)
        .filter((network) =>
          [...filters].every(([name, values]) =>
            values.some((value) => {
              if (name === 'driver') return network.driver === value
              if (name === 'name') return network.name.includes(value)
              if (name === 'id') return networkHex(network).startsWith(value)
              if (name === 'scope') return network.scope === value
              if (name === 'label') return hasLabel(network.labels, value)
              if (name === 'type') return (value === 'builtin') === BUILT_IN.has(network.name)
              return (value === 'true') === (!BUILT_IN.has(network.name) && connected(ask, network.name).length === 0)
            }),
          ),
        )
        .map((network) => ({
          ID: ask.flag('no-trunc') ? networkHex(network) : networkHex(network).slice(0, 12),
          Name: network.name,
          Driver: network.driver,
          Scope: network.scope,
          IPv4: 'true',
          IPv6: String(network.ipv6 ?? false),
          Internal: String(network.internal ?? false),
          Labels: Object.entries(network.labels ?? {})
            .map(([key, value]) => `${key}=${value}`)
            .join(','),
          CreatedAt: createdText(network.createdAt),
        }))
      if (ask.flag('quiet')) for (const row of rows) ask.out(`${row.ID}\n`)
      else
        ask.out(
          formatRows(
            rows,
            [
              ['NETWORK ID', 'ID'],
              ['NAME', 'Name'],
              ['DRIVER', 'Driver'],
              ['SCOPE', 'Scope'],
            ],
            { ID: 'NETWORK ID' },
            ask.text('format'),
          ),
        )
      return { exit: 0 }
    },
  },
  {
    path: 'network rm',
    aliases: ['network remove'],
    summary: 'Remove one or more networks',
    usage: 'NETWORK [NETWORK...]',
    args: [1, Number.POSITIVE_INFINITY],
    completes: 'networks',
    flags: [{ name: 'force', short: 'f', says: 'Do not error if the network does not exist' }],
    run: (ask) => removing(ask),
    resume: (ask) => removing(ask),
  },
  {
    path: 'network connect',
    summary: 'Connect a container to a network',
    usage: '[OPTIONS] NETWORK CONTAINER',
    args: [2, 2],
    completes: 'networks',
    flags: [
      { name: 'alias', type: 'strings', says: 'Add network-scoped alias for the container' },
      { name: 'driver-opt', type: 'strings', says: 'driver options for the network' },
      {
        name: 'gw-priority',
        type: 'int',
        says: 'Highest gw-priority provides the default gateway. Accepts positive and negative values',
      },
      { name: 'ip', type: 'ip', says: 'IPv4 address (e.g., "172.30.100.104")' },
      { name: 'ip6', type: 'ip', says: 'IPv6 address (e.g., "2001:db8::33")' },
      { name: 'link', type: 'list', says: 'Add link to another container' },
      { name: 'link-local-ip', type: 'strings', says: 'Add a link-local address for the container' },
    ],
    run(ask) {
      const [net = '', text = ''] = ask.args
      const network = networkOf(ask, net)
      const container = findContainer(ask.world, ask.engine, text)
      if (!container || container === 'many') throw refused(`No such container: ${text}`)
      if (container.endpoints.some((endpoint) => endpoint.network === network.name))
        throw refused(`endpoint with name ${container.name} already exists in network ${network.name}`)
      if (container.spec.networkMode === 'host')
        throw refused('cannot connect container to host network: container is in host network mode')
      const endpoint = {
        network: network.name,
        aliases: ask.all('alias').flatMap((one) => one.split(',')),
        ...pick({ wanted: ask.text('ip') }),
      }
      ask.emit([{ to: container.id, type: 'NetworkConnected', data: { endpoint } }])
      return { exit: 0 }
    },
  },
  {
    path: 'network disconnect',
    summary: 'Disconnect a container from a network',
    usage: '[OPTIONS] NETWORK CONTAINER',
    args: [2, 2],
    completes: 'networks',
    flags: [{ name: 'force', short: 'f', says: 'Force the container to disconnect from a network' }],
    run(ask) {
      const [net = '', text = ''] = ask.args
      const network = networkOf(ask, net)
      const container = findContainer(ask.world, ask.engine, text)
      if (!container || container === 'many') throw refused(`No such container: ${text}`)
      if (!container.endpoints.some((endpoint) => endpoint.network === network.name))
        throw refused(`container ${container.name} is not connected to network ${network.name}`)
      ask.emit([{ to: container.id, type: 'NetworkDisconnected', data: { network: network.name } }])
      return { exit: 0 }
    },
  },
  {
    path: 'network prune',
    summary: 'Remove all unused networks',
    usage: '[OPTIONS]',
    args: [0, 0],
    flags: [
      { name: 'filter', type: 'filter', says: 'Provide filter values (e.g. "until=<timestamp>")' },
      { name: 'force', short: 'f', says: 'Do not prompt for confirmation' },
    ],
    run: (ask) => pruning(ask),
    resume: (ask) => pruning(ask),
  },
]

/** Makes a network of the swarm. Models: moby daemon/cluster/networks.go CreateNetwork */
function overlay(ask: Ask, name: string) {
  const { swarm } = manager(ask)
  const ingress = ask.flag('ingress')
  if (ingress && overlays(ask.world).some((network) => network.ingress))
    throw refused('rpc error: code = AlreadyExists desc = ingress network (ingress) is already present')
  const subnet = ask.text('subnet')
  if (subnet !== undefined && networksOn(ask.world, ask.engine).some((other) => other.subnet === subnet))
    throw refused(
      'rpc error: code = InvalidArgument desc = invalid pool request: Pool overlaps with other one on this address space',
    )
  const options = labelsOf(ask.all('opt'))
  const made = createOverlay(
    ask.world,
    swarm,
    name,
    pick({
      subnet,
      gateway: ask.text('gateway'),
      internal: ask.flag('internal') || undefined,
      attachable: ask.flag('attachable') || undefined,
      ipv6: ask.flag('ipv6') || undefined,
      labels: labelsOf(ask.all('label')),
      ingress: ingress || undefined,
    }),
  )
  const data = made.data as Network
  ask.emit([options ? { ...made, data: { ...data, options: { ...data.options, ...options } } } : made])
  return { wait: { after: 40 }, state: null }
}

const INGRESS_WARNING =
  'WARNING! Before removing the routing-mesh network, make sure all the nodes in your swarm run the same docker engine version. Otherwise, removal may not be effective and functionality of newly created ingress networks will be impaired.'

/** Asks first where the network of the routing mesh is among them. */
function removing(ask: Ask): Reply {
  const mesh = ask.args.some((text) => findNetwork(ask.world, ask.engine, text)?.ingress)
  if (!mesh || ask.flag('force')) return removeAll(ask)
  return asking(ask, INGRESS_WARNING, () => void removeAll(ask))
}

function removeAll(ask: Ask): Reply {
  return eachArgument(ask, (text) => {
    const network = findNetwork(ask.world, ask.engine, text)
    if (!network && ask.flag('force')) return
    const found = networkOf(ask, text)
    if (BUILT_IN.has(found.name)) throw refused(`${found.name} is a pre-defined network and cannot be removed`)
    const members = ask.world.lookup(membersOfNetwork, `${ask.engine} ${found.name}`) as readonly Container[]
    if (members.length > 0)
      throw refused(
        `error while removing network: network ${found.name} has active endpoints (${members.map(({ name }) => `name:"${name}" id:"${networkHex(found).slice(0, 12)}"`).join(', ')})`,
      )
    if (found.scope === 'swarm') refuseUsed(ask, found)
    ask.emit([{ to: found.id, type: 'Removed' }])
    ask.out(`${text}\n`)
  })
}

/** A network of the swarm goes only when no service uses it. */
function refuseUsed(ask: Ask, network: Network): void {
  manager(ask)
  const user = servicesOf(ask.world).find(
    (service) => networksOfService(service).includes(network.name) || service.vips[network.name] !== undefined,
  )
  if (user)
    throw refused(
      `rpc error: code = FailedPrecondition desc = network ${networkHex(network)} is in use by service ${swarmId(user)}`,
    )
}

function pruning(ask: Ask) {
  return asking(ask, 'WARNING! This will remove all custom networks not used by at least one container.', () => {
    const gone = pruneNetworks(ask)
    if (gone.length > 0) ask.out(`Deleted Networks:\n${gone.join('\n')}\n\n`)
  })
}
