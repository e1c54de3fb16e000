import type { World } from '../../../kernel/index.ts'
import { addressIn, type Network, networkNamed } from '../network/network.ts'
import { type Service, servicesOf } from './service.ts'
import type { ServicePort } from './serviceSpec.ts'
import { isTerminal, type Task } from './task.ts'

/** The network that the routing mesh uses. */
export const INGRESS = 'ingress'
/** First port that the swarm chooses where none is asked for. Models: swarmkit allocator/networkallocator/portallocator.go */
const FIRST_PORT = 30_000

/** Networks of a service's tasks: its own, and that of the routing mesh when it publishes ports there. */
export function networksOfService(service: Pick<Service, 'spec'>): readonly string[] {
  const own = service.spec.task.networks.map(({ name }) => name)
  const mesh = service.spec.ports.some(({ mode }) => mode === 'ingress') ? [INGRESS] : []
  return [...mesh, ...own]
}

/** An overlay network of the swarm by its name. */
export function overlayNamed(world: World, name: string): Network | undefined {
  return world.get(`docker.Network/swarm/${name}`) as Network | undefined
}

/** The lowest free address of an overlay network, as virtual addresses and tasks hold them; `taken` are such as are given at this instant. */
export function freeOverlayAddress(world: World, name: string, taken: ReadonlySet<string>): string | undefined {
  const network = overlayNamed(world, name) ?? networkNamed(world, 'docker.Engine/swarm', name)
  if (!network?.subnet) return undefined
  const held = new Set<string | undefined>(taken)
  held.add(network.gateway)
  for (const service of servicesOf(world)) held.add(service.vips[name])
  for (const task of world.all('docker.Task') as Iterable<Task>) if (!isTerminal(task)) held.add(task.addresses?.[name])
  for (let place = 2; place < 65_000; place++) {
    const ip = addressIn(network.subnet, place)
    if (!held.has(ip)) return ip
  }
  return undefined
}

/** Virtual addresses and port numbers of a service; those it has it keeps. */
export function publication(world: World, service: Service): Pick<Service, 'vips' | 'ports'> {
  const vips: { [network: string]: string } = {}
  const { spec } = service
  for (const name of networksOfService(service)) {
    if (spec.endpointMode === 'dnsrr' && name !== INGRESS) continue
    const ip = service.vips[name] ?? freeOverlayAddress(world, name, new Set(Object.values(vips)))
    if (ip !== undefined) vips[name] = ip
  }
  const used = new Set(
    servicesOf(world).flatMap((other) =>
      other.id === service.id ? [] : other.ports.map(({ published, protocol }) => `${published}/${protocol}`),
    ),
  )
  const ports = spec.ports.map((port): ServicePort => {
    if (port.published !== 0 || port.mode === 'host') return port
    const kept = service.ports.find(
      (one) => one.target === port.target && one.protocol === port.protocol && one.mode === 'ingress',
    )
    let published = kept?.published ?? FIRST_PORT
    for (; kept === undefined && used.has(`${published}/${port.protocol}`); published++);
    used.add(`${published}/${port.protocol}`)
    return { ...port, published }
  })
  return { vips, ports }
}

/** The published port that another service has already. Models: swarmkit manager/controlapi/service.go checkPortConflicts */
export function portOfAnother(
  world: World,
  name: string,
  ports: readonly ServicePort[],
): { service: Service; port: ServicePort } | undefined {
  for (const port of ports) {
    if (port.published === 0 || port.mode === 'host') continue
    for (const service of servicesOf(world))
      if (
        service.spec.name !== name &&
        service.ports.some(
          (one) => one.mode === 'ingress' && one.published === port.published && one.protocol === port.protocol,
        )
      )
        return { service, port }
  }
  return undefined
}
