import type { World } from '../../../kernel/index.ts'
import { type KubeObject, objectId } from '../object/object.ts'
import { inBlock, ipv4Block, ipv4Number, ipv4Text, SERVICE_CIDR, SERVICE_CIDR6 } from './addressRange.ts'
import { addressTaken, portTaken } from './allocated.ts'
import { furtherCidrs } from './serviceCidr.ts'
import type { ServicePort, ServiceSpec } from './serviceSpec.ts'

/** A Service with its addresses and ports, or the refusal as the API server words it. */
export type Allocation =
  | { readonly ok: true; readonly service: KubeObject }
  | {
      readonly ok: false
      /** `Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated` */
      readonly message: string
      /** `Invalid` (422) or `InternalError` (500), the reason of the Status. */
      readonly reason: 'Invalid' | 'InternalError'
      readonly field: string
      /** The field error alone, as a cause of the Status has it. */
      readonly detail: string
    }

const PORTS = { first: 30000, last: 32767, lower: 86 }

/**
 * Gives a defaulted and validated Service its cluster IPs, IP families and node ports; `old` is the stored one at an update, whose
 * allocations stay where the new one does not say otherwise. Chance depends on the seed, the name and what is taken.
 * Models: kubernetes pkg/registry/core/service/storage/alloc.go
 */
export function allocateService(world: World, service: KubeObject, old?: KubeObject): Allocation {
  const id = objectId('Service', service.metadata.namespace, service.metadata.name)
  const before = (old?.spec ?? undefined) as ServiceSpec | undefined
  let spec = { ...(service.spec as ServiceSpec | undefined) } as Mutable<ServiceSpec>
  if (spec.type === 'ExternalName') return { ok: true, service: withSpec(service, withoutAddresses(spec)) }
  if (before && before.type !== 'ExternalName') {
    if (!spec.clusterIP && before.clusterIP) spec.clusterIP = before.clusterIP
    if (!spec.clusterIPs?.length && before.clusterIPs) spec.clusterIPs = before.clusterIPs
    if (!spec.ipFamilies?.length && before.ipFamilies) spec.ipFamilies = before.ipFamilies
    if (!spec.ipFamilyPolicy && before.ipFamilyPolicy) spec.ipFamilyPolicy = before.ipFamilyPolicy
    keepNodePorts(spec, before)
  }
  spec = withFamilies(spec, before)
  const addressed = giveAddresses(world, id, service, spec)
  if ('ok' in addressed) return addressed
  const ported = givePorts(world, id, service, addressed)
  if ('ok' in ported) return ported
  return { ok: true, service: withSpec(service, ported) }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

function withSpec(service: KubeObject, spec: ServiceSpec): KubeObject {
  return { ...service, spec: spec as never, status: service.status ?? { loadBalancer: {} } }
}

function withoutAddresses(spec: Mutable<ServiceSpec>): ServiceSpec {
  const { clusterIP: _a, clusterIPs: _b, ipFamilies: _c, ipFamilyPolicy: _d, ...rest } = spec
  return rest
}

function withFamilies(spec: Mutable<ServiceSpec>, before: ServiceSpec | undefined): Mutable<ServiceSpec> {
  const headlessWithoutSelector = spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0
  const given = (spec.clusterIPs ?? (spec.clusterIP ? [spec.clusterIP] : [])).filter((ip) => ip !== 'None')
  const fromAddresses = given.map((ip) => (ip.includes(':') ? 'IPv6' : 'IPv4'))
  const policy =
    spec.ipFamilyPolicy ??
    (headlessWithoutSelector && !spec.ipFamilies?.length
      ? 'RequireDualStack'
      : spec.ipFamilies?.length === 2 || fromAddresses.length === 2
        ? 'RequireDualStack'
        : 'SingleStack')
  let families: readonly string[] = spec.ipFamilies?.length ? spec.ipFamilies : fromAddresses
  if (families.length === 0) families = ['IPv4']
  if (policy === 'SingleStack') families = families.slice(0, 1)
  else if (families.length === 1) families = [families[0] as string, families[0] === 'IPv4' ? 'IPv6' : 'IPv4']
  const shrinks = before !== undefined && policy === 'SingleStack' && (spec.clusterIPs?.length ?? 0) > 1
  return {
    ...spec,
    ...(shrinks ? { clusterIPs: spec.clusterIPs?.slice(0, 1) as readonly string[] } : {}),
    ipFamilies: families,
    ipFamilyPolicy: policy,
  }
}

function giveAddresses(
  world: World,
  id: string,
  service: KubeObject,
  spec: Mutable<ServiceSpec>,
): Mutable<ServiceSpec> | (Allocation & { ok: false }) {
  if (spec.clusterIP === 'None') return { ...spec, clusterIPs: ['None'] }
  const asked = spec.clusterIPs?.length ? spec.clusterIPs : spec.clusterIP ? [spec.clusterIP] : []
  const ips: string[] = []
  for (const [i, family] of (spec.ipFamilies ?? ['IPv4']).entries()) {
    const want = asked[i]
    if (want !== undefined && want !== '') {
      const problem = addressProblem(world, id, want)
      if (problem !== undefined)
        return refuse(service, 'spec.clusterIPs', asked, `failed to allocate IP ${want}: ${problem}`)
      ips.push(want)
      continue
    }
    const ip = family === 'IPv6' ? freeIpv6(world, id, service) : freeIpv4(world, id, service)
    if (ip === undefined)
      return {
        ok: false,
        message: 'Internal error occurred: failed to allocate a serviceIP: range is full',
        reason: 'InternalError',
        field: 'spec.clusterIPs',
        detail: 'range is full',
      }
    ips.push(ip)
  }
  return { ...spec, clusterIP: ips[0] as string, clusterIPs: ips }
}

function addressProblem(world: World, id: string, ip: string): string | undefined {
  if (ip.includes(':')) {
    const inside = ip.toLowerCase().startsWith(SERVICE_CIDR6.slice(0, SERVICE_CIDR6.indexOf('::') + 2))
    if (!inside) return 'the provided network does not match the current range'
    return addressTaken(world, ip, id) ? 'provided IP is already allocated' : undefined
  }
  const number = ipv4Number(ip)
  const range = [SERVICE_CIDR, ...furtherCidrs(world)].find((cidr) => inBlock(ip, cidr)) ?? SERVICE_CIDR
  const block = ipv4Block(range)
  if (number === undefined || !block || number < block.first || number >= block.first + block.size)
    return 'the provided network does not match the current range'
  if (number === block.first || number === block.first + block.size - 1)
    return `provided IP is not in the valid range. The range of valid IPs is ${range}`
  return addressTaken(world, ip, id) ? 'provided IP is already allocated' : undefined
}

/** The dynamic band is tried first, from a random place; the static one (16 to 256 addresses at the start) only when it is full. */
function freeIpv4(world: World, id: string, service: KubeObject): string | undefined {
  for (const cidr of [SERVICE_CIDR, ...furtherCidrs(world)]) {
    const ip = freeIn(cidr, world, id, service)
    if (ip !== undefined) return ip
  }
  return undefined
}

function freeIn(cidr: string, world: World, id: string, service: KubeObject): string | undefined {
  const block = ipv4Block(cidr)
  if (!block) return undefined
  const offset = Math.min(Math.max(16, Math.floor(block.size / 16)), 256)
  const bands = [
    [block.first + 1 + offset, block.size - 2 - offset],
    [block.first + 1, offset],
  ] as const
  for (const [first, size] of bands) {
    const start = Math.floor(world.draw('clusterIP', id, service.metadata.uid ?? '', world.revision) * size)
    for (let i = 0; i < size; i++) {
      const ip = ipv4Text(first + ((start + i) % size))
      if (!addressTaken(world, ip, id)) return ip
    }
  }
  return undefined
}

function freeIpv6(world: World, id: string, service: KubeObject): string | undefined {
  const start = Math.floor(world.draw('clusterIP6', id, service.metadata.uid ?? '', world.revision) * 65000)
  for (let i = 0; i < 65000; i++) {
    const ip = `${SERVICE_CIDR6.slice(0, SERVICE_CIDR6.indexOf('/'))}${(257 + ((start + i) % 65000)).toString(16)}`
    if (!addressTaken(world, ip, id)) return ip
  }
  return undefined
}

function keepNodePorts(spec: Mutable<ServiceSpec>, before: ServiceSpec): void {
  if (!needsNodePorts(spec) || !needsNodePorts(before)) return
  const taken = new Set((spec.ports ?? []).map((port) => port.nodePort).filter(Boolean))
  spec.ports = (spec.ports ?? []).map((port) => {
    if (port.nodePort) return port
    const same = before.ports?.find(
      (other) => other.port === port.port && (other.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
    )
    if (!same?.nodePort || taken.has(same.nodePort)) return port
    taken.add(same.nodePort)
    return { ...port, nodePort: same.nodePort }
  })
}

function needsNodePorts(spec: ServiceSpec): boolean {
  if (spec.type === 'NodePort') return true
  return spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false
}

function givePorts(
  world: World,
  id: string,
  service: KubeObject,
  spec: Mutable<ServiceSpec>,
): Mutable<ServiceSpec> | (Allocation & { ok: false }) {
  const gives = needsNodePorts(spec)
  const kept = gives || spec.type === 'LoadBalancer'
  const held = new Set<string>()
  const ports: ServicePort[] = []
  for (const [i, port] of (spec.ports ?? []).entries()) {
    const protocol = port.protocol ?? 'TCP'
    if (!kept || !port.nodePort) {
      ports.push(port)
      continue
    }
    const field = `spec.ports[${i}].nodePort`
    if (port.nodePort < PORTS.first || port.nodePort > PORTS.last)
      return refuse(
        service,
        field,
        port.nodePort,
        `provided port is not in the valid range. The range of valid ports is ${PORTS.first}-${PORTS.last}`,
      )
    const key = `${protocol} ${port.nodePort}`
    if (held.has(key) || portTaken(world, protocol, port.nodePort, id))
      return refuse(service, field, port.nodePort, 'provided port is already allocated')
    held.add(key)
    ports.push(port)
  }
  for (const [i, port] of ports.entries()) {
    const { nodePort: own, ...bare } = port
    if (!kept) {
      // A ClusterIP Service keeps no node ports: those of a former type go.
      ports[i] = bare
      continue
    }
    if (own || !gives) continue
    const protocol = port.protocol ?? 'TCP'
    const shared = ports.find((other) => other.nodePort && other.port === port.port && other.protocol !== port.protocol)
    const sharedFree =
      shared?.nodePort &&
      !held.has(`${protocol} ${shared.nodePort}`) &&
      !portTaken(world, protocol, shared.nodePort, id)
    const free = sharedFree ? shared.nodePort : freePort(world, id, protocol, i, held)
    if (free === undefined)
      return refuse(service, `spec.ports[${i}].nodePort`, 0, 'failed to allocate a nodePort: range is full')
    held.add(`${protocol} ${free}`)
    ports[i] = { ...bare, nodePort: free }
  }
  const next = { ...spec, ...(spec.ports ? { ports } : {}) }
  const local = spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local'
  if (!local) delete next.healthCheckNodePort
  else if (!next.healthCheckNodePort) {
    const free = freePort(world, id, 'TCP', ports.length, held)
    if (free !== undefined) next.healthCheckNodePort = free
  }
  return next
}

/** The upper band first, as with addresses: the lower 86 ports are for those who ask for a number. */
function freePort(
  world: World,
  id: string,
  protocol: string,
  i: number,
  held: ReadonlySet<string>,
): number | undefined {
  const size = PORTS.last - PORTS.first + 1
  const bands = [
    [PORTS.first + PORTS.lower, size - PORTS.lower],
    [PORTS.first, PORTS.lower],
  ] as const
  for (const [first, count] of bands) {
    const start = Math.floor(world.draw('nodePort', id, i, world.revision) * count)
    for (let n = 0; n < count; n++) {
      const port = first + ((start + n) % count)
      if (!held.has(`${protocol} ${port}`) && !portTaken(world, protocol, port, id)) return port
    }
  }
  return undefined
}

function refuse(service: KubeObject, field: string, value: unknown, why: string): Allocation & { ok: false } {
  const detail = `Invalid value: ${JSON.stringify(value)}: ${why}`
  return {
    ok: false,
    message: `Service "${service.metadata.name}" is invalid: ${field}: ${detail}`,
    reason: 'Invalid',
    field,
    detail,
  }
}
