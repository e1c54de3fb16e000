import type { World } from '../../../kernel/index.ts'
import {
  type Container,
  containersByPort,
  type Endpoint,
  membersOfNetwork,
  type PublishedPort,
} from '../container/container.ts'
import type { ContainerSpec } from '../container/containerSpec.ts'
import { addressIn, networkNamed } from './network.ts'

/** The endpoints of a container with an address each: the one asked for, or the lowest that is free. Models: moby libnetwork ipam */
export function withAddresses(world: World, container: Container): readonly Endpoint[] {
  const { engine, endpoints } = container
  if (endpoints.length === 0) return endpoints
  return endpoints.map((endpoint) => {
    const network = networkNamed(world, engine, endpoint.network)
    if (network?.subnet === undefined) return endpoint
    return { ...endpoint, ip: endpoint.wanted ?? freeAddress(world, engine, endpoint.network, network.subnet) }
  })
}

function freeAddress(world: World, engine: string, network: string, subnet: string): string {
  const members = world.lookup(membersOfNetwork, `${engine} ${network}`) as readonly Container[]
  if (members.length === 0) return addressIn(subnet, 2)
  const taken = new Set<string | undefined>()
  for (const { endpoints } of members)
    for (const endpoint of endpoints) if (endpoint.network === network) taken.add(endpoint.ip)
  for (let place = 2; ; place++) {
    const ip = addressIn(subnet, place)
    if (!taken.has(ip)) return ip
  }
}

/** The first port that the engine gives where none is asked for. */
const FIRST_EPHEMERAL = 32_768

/** The published ports of a container with a port of the machine each: the one asked for, or the lowest that is free. */
export function withPorts(
  world: World,
  engine: string,
  spec: ContainerSpec,
  exposed: readonly string[],
): readonly PublishedPort[] {
  const wanted = [...(spec.ports ?? [])]
  if (spec.publishAll)
    for (const text of exposed) {
      const [port, protocol = 'tcp'] = text.split('/')
      if (!wanted.some((one) => one.container === Number(port) && one.protocol === protocol))
        wanted.push({ container: Number(port), protocol: protocol as 'tcp' })
    }
  if (wanted.length === 0) return NONE
  if (wanted.every(({ host }) => host)) return wanted as readonly PublishedPort[]
  const given = new Set<string>()
  return wanted.map((port) => {
    if (port.host) return port as PublishedPort
    let host = FIRST_EPHEMERAL
    for (; given.has(`${host}/${port.protocol}`) || isTaken(world, engine, host, port.protocol); host++);
    given.add(`${host}/${port.protocol}`)
    return { ...port, host }
  })
}

const NONE: readonly PublishedPort[] = []

/** The first of the ports that a container asks for that another one has. */
export function portConflict(
  world: World,
  container: Container,
): { readonly host: number; readonly hostIp: string } | undefined {
  for (const { host, hostIp, protocol } of container.spec.ports ?? []) {
    if (!host) continue
    for (const other of holders(world, container.engine, host, protocol)) {
      if (other.id === container.id) continue
      for (const theirs of other.ports)
        if (theirs.host === host && theirs.protocol === protocol && overlaps(theirs.hostIp, hostIp))
          return { host, hostIp: hostIp ?? '0.0.0.0' }
    }
  }
  return undefined
}

function overlaps(a: string | undefined, b: string | undefined): boolean {
  const any = (ip: string | undefined) => ip === undefined || ip === '' || ip === '0.0.0.0' || ip === '::'
  return any(a) || any(b) || a === b
}

function isTaken(world: World, engine: string, host: number, protocol: string): boolean {
  return holders(world, engine, host, protocol).length > 0
}

/** Containers that hold a port of their machine. */
export function holders(world: World, engine: string, host: number, protocol: string): readonly Container[] {
  return world.lookup(containersByPort, `${engine} ${host}/${protocol}`) as readonly Container[]
}
