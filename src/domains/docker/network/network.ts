import {
  defineIndex,
  defineKind,
  defineLifecycle,
  type Emission,
  type Entity,
  type World,
} from '../../../kernel/index.ts'
import { digestOf } from '../../containerd/index.ts'
import { hostOf } from '../engine/engine.ts'
import { swarmId } from '../swarm/identity.ts'
import { nodeOfEngine } from '../swarm/node.ts'
import { SWARM } from '../swarm/swarm.ts'

/** A network of an engine. Ids are `docker.Network/<host>/<name>`. `bridge`, `host` and `none` are there without a record. */
export interface Network extends Entity {
  readonly owner: string
  readonly name: string
  readonly driver: string
  readonly scope: string
  /** `172.18.0.0/16`; absent for host and none. */
  readonly subnet?: string | undefined
  readonly gateway?: string | undefined
  readonly internal?: boolean | undefined
  readonly attachable?: boolean | undefined
  /** The network of the routing mesh. */
  readonly ingress?: boolean | undefined
  readonly ipv6?: boolean | undefined
  readonly labels?: { readonly [name: string]: string } | undefined
  readonly options?: { readonly [name: string]: string } | undefined
  readonly createdAt: number
}

/** Models: moby libnetwork, the bridge driver. */
export const networkLifecycle = defineLifecycle({
  id: 'docker.Network',
  initial: 'Present',
  states: {
    Present: {
      description: 'A bridge of its own with addresses of its own; containers in it find each other by name.',
      tags: ['ok'],
      on: { Removed: { target: 'Gone', description: 'The bridge is taken down.' } },
    },
    Gone: { description: 'It does not exist any more.', type: 'final' },
  },
})

export const networkKind = defineKind<Network>({
  kind: 'docker.Network',
  lifecycle: networkLifecycle,
  tell: {
    Created: (event) =>
      `The network [${(event.data as Network).name}](${event.to}) is created: ${(event.data as Network).subnet}.`,
    Removed: (event) => `The network \`${event.to.slice(event.to.lastIndexOf('/') + 1)}\` is taken down.`,
  },
})

export function networkId(engine: string, name: string): string {
  return `docker.Network/${hostOf(engine)}/${name}`
}

/** The 64 digits that docker knows a network by. */
export function networkHex(network: Pick<Network, 'id' | 'born'>): string {
  if (network.id.startsWith('docker.Network/swarm/')) return swarmId(network)
  return digestOf(`network ${network.id} ${network.born}`).slice(7)
}

const BUILT_IN: { readonly [name: string]: Partial<Network> } = {
  bridge: { driver: 'bridge', subnet: '172.17.0.0/16', gateway: '172.17.0.1' },
  host: { driver: 'host' },
  none: { driver: 'null' },
}

/** A network of an engine by its name, also one of the three that are always there. */
export function networkNamed(world: World, engine: string, name: string): Network | undefined {
  const known = BUILT_IN[name]
  if (known) {
    const id = networkId(engine, name)
    return {
      id,
      kind: 'docker.Network',
      owner: engine,
      state: 'Present',
      entry: 1,
      since: 0,
      born: 0,
      name,
      scope: 'local',
      createdAt: 0,
      driver: '',
      ...known,
    } as Network
  }
  const own = world.get(networkId(engine, name)) as Network | undefined
  return own ?? (world.get(`docker.Network/swarm/${name}`) as Network | undefined)
}

/** The network that a name, an id or the beginning of an id means. */
export function findNetwork(world: World, engine: string, text: string): Network | undefined {
  const named = networkNamed(world, engine, text)
  if (named) return named
  if (!/^[0-9a-z]{1,64}$/.test(text)) return undefined
  const begun = networksOn(world, engine).filter((network) => networkHex(network).startsWith(text))
  return begun.length === 1 ? begun[0] : undefined
}

const networksByEngine = defineIndex(
  'docker.networksByEngine',
  ['docker.Network'],
  (entity) => (entity as Network).owner,
)

export { networksByEngine }

/** Networks of an engine by name, those that are always there among them. */
export function networksOn(world: World, engine: string): readonly Network[] {
  const own = world.lookup(networksByEngine, engine) as readonly Network[]
  const swarm = nodeOfEngine(world, engine) ? (world.lookup(networksByEngine, SWARM) as readonly Network[]) : []
  const built = Object.keys(BUILT_IN).flatMap((name) => networkNamed(world, engine, name) ?? [])
  return [...built, ...own, ...swarm].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** What a new network may be told. */
export type NetworkOptions = Partial<
  Pick<Network, 'driver' | 'subnet' | 'gateway' | 'internal' | 'attachable' | 'ipv6' | 'labels' | 'options'>
>

/** The event that makes a network, with the next free subnet where none is given. */
export function createNetwork(world: World, engine: string, name: string, options: NetworkOptions = {}): Emission {
  const subnet = options.subnet ?? freeSubnet(world, engine)
  const data = {
    owner: engine,
    name,
    driver: 'bridge',
    scope: options.driver === 'overlay' ? 'swarm' : 'local',
    createdAt: world.now,
    ...options,
    subnet,
    gateway: options.gateway ?? firstAddress(subnet),
  }
  return { to: networkId(engine, name), kind: 'docker.Network', type: 'Created', data, by: engine }
}

/** `172.18.0.0/16` and on, then `192.168.0.0/20` and on. Models: moby daemon/libnetwork/ipamutils, local default pools. */
function freeSubnet(world: World, engine: string): string {
  const taken = new Set((world.lookup(networksByEngine, engine) as readonly Network[]).map(({ subnet }) => subnet))
  for (let i = 18; i < 32; i++) if (!taken.has(`172.${i}.0.0/16`)) return `172.${i}.0.0/16`
  for (let i = 0; i < 16; i++) if (!taken.has(`192.168.${i * 16}.0/20`)) return `192.168.${i * 16}.0/20`
  return ''
}

function firstAddress(subnet: string): string {
  return addressIn(subnet, 1)
}

/** The address at a place in a subnet. */
export function addressIn(subnet: string, place: number): string {
  let row = rows.get(subnet)
  if (!row) {
    row = []
    rows.set(subnet, row)
  }
  const ip = row[place] ?? reckon(subnet, place)
  row[place] = ip
  return ip
}

/** Addresses by subnet and place: a function of both alone. */
const rows = new Map<string, string[]>()

function reckon(subnet: string, place: number): string {
  const [base = '0.0.0.0'] = subnet.split('/')
  const number = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + place
  return [16777216, 65536, 256, 1].map((unit) => Math.floor(number / unit) % 256).join('.')
}
