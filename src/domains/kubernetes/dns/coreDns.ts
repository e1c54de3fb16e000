import type { World } from '../../../kernel/index.ts'
import type { Endpoint } from '../endpoints/endpoint.ts'
import { isPodReady, podIp, podSpec } from '../endpoints/podFacts.ts'
import { podAt } from '../network/addresses.ts'
import { find, type ObjectEntity } from '../object/object.ts'
import type { RuleSlice } from '../proxy/proxyRules.ts'
import { slicesByService } from '../proxy/slicesByService.ts'
import { allocatedToServices } from '../service/allocated.ts'
import { isHeadless, serviceSpec } from '../service/serviceSpec.ts'
import { internetAddress } from './internet.ts'
import { CLUSTER_DOMAIN, type DnsAnswer, type DnsRecord, type RecordType } from './record.ts'

const TTL = 30

/**
 * What CoreDNS answers to a question about a whole name, from the Services, slices and pods as they are now.
 * Models: coredns plugin/kubernetes, github.com/kubernetes/dns docs/specification.md
 */
export function coreDns(world: World, asked: string, type: RecordType): DnsAnswer {
  const name = asked.toLowerCase().replace(/\.$/, '')
  const zone = `.${CLUSTER_DOMAIN}`
  if (name === CLUSTER_DOMAIN) return found([])
  if (name.endsWith(zone)) return cluster(world, name, name.slice(0, -zone.length).split('.'), type)
  const reverse = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa$/.exec(name)
  if (reverse) return pointer(world, name, reverse.slice(1, 5).reverse().join('.'), type)
  const ip = internetAddress(name)
  if (ip === undefined) return NXDOMAIN
  return found(type === 'A' || type === 'ANY' ? [{ name, type: 'A', ttl: TTL, data: ip }] : [])
}

const NXDOMAIN: DnsAnswer = { rcode: 'NXDOMAIN', records: [], additional: [] }

function found(records: readonly DnsRecord[], additional: readonly DnsRecord[] = []): DnsAnswer {
  return { rcode: 'NOERROR', records, additional }
}

function cluster(world: World, name: string, labels: readonly string[], type: RecordType): DnsAnswer {
  const kind = labels[labels.length - 1]
  const namespace = labels[labels.length - 2]
  if (namespace === undefined) return kind === 'svc' || kind === 'pod' ? found([]) : NXDOMAIN
  if (kind === 'pod') return podName(world, name, labels.slice(0, -2), namespace, type)
  if (kind !== 'svc') return NXDOMAIN
  const before = labels.slice(0, -2)
  const serviceName = before[before.length - 1]
  if (serviceName === undefined) return find(world, 'Namespace', undefined, namespace) ? found([]) : NXDOMAIN
  const service = find(world, 'Service', namespace, serviceName)
  if (!service) return NXDOMAIN
  const spec = serviceSpec(service)
  if (spec.type === 'ExternalName')
    return before.length === 1 ? external(world, name, spec.externalName ?? '', type) : NXDOMAIN
  const rest = before.slice(0, -1)
  if (rest.length === 0) return ofService(world, name, service, type)
  if (rest.length === 1 && isHeadless(spec)) return ofHost(world, name, service, rest[0] as string, type)
  if (rest.length === 2 && rest[0]?.startsWith('_') && rest[1]?.startsWith('_'))
    return services(world, name, service, rest[0].slice(1), rest[1].slice(1))
  return NXDOMAIN
}

/** `10-244-1-5.default.pod.cluster.local` stands for the address that it spells (mode `pods insecure`, as kubeadm sets it). */
function podName(
  world: World,
  name: string,
  before: readonly string[],
  namespace: string,
  type: RecordType,
): DnsAnswer {
  if (!find(world, 'Namespace', undefined, namespace) && namespace !== 'default') return NXDOMAIN
  const spelled = before.length === 1 ? /^(\d+)-(\d+)-(\d+)-(\d+)$/.exec(before[0] ?? '') : undefined
  if (!spelled) return NXDOMAIN
  return found(
    type === 'A' || type === 'ANY' ? [{ name, type: 'A', ttl: TTL, data: spelled.slice(1, 5).join('.') }] : [],
  )
}

function external(world: World, name: string, target: string, type: RecordType): DnsAnswer {
  const alias: DnsRecord = { name, type: 'CNAME', ttl: TTL, data: target }
  if (type === 'CNAME') return found([alias])
  const further = coreDns(world, target, type)
  return {
    rcode: further.rcode === 'SERVFAIL' ? 'SERVFAIL' : 'NOERROR',
    records: [alias, ...further.records],
    additional: [],
  }
}

function ofService(world: World, name: string, service: ObjectEntity, type: RecordType): DnsAnswer {
  const spec = serviceSpec(service)
  if (type === 'SRV') return services(world, name, service, undefined, undefined)
  if (!isHeadless(spec)) {
    const ips = spec.clusterIPs ?? (spec.clusterIP ? [spec.clusterIP] : [])
    return found(addressRecords(name, ips, type))
  }
  const ips = ready(world, service).map(({ endpoint }) => endpoint.addresses[0] ?? '')
  if (ips.length === 0 && slices(world, service).length === 0) return NXDOMAIN
  return found(addressRecords(name, [...new Set(ips)], type))
}

function ofHost(world: World, name: string, service: ObjectEntity, host: string, type: RecordType): DnsAnswer {
  const ips = ready(world, service)
    .filter(({ endpoint }) => hostOf(endpoint) === host)
    .map(({ endpoint }) => endpoint.addresses[0] ?? '')
  return ips.length === 0 ? NXDOMAIN : found(addressRecords(name, [...new Set(ips)], type))
}

function services(
  world: World,
  name: string,
  service: ObjectEntity,
  portName: string | undefined,
  protocol: string | undefined,
): DnsAnswer {
  const spec = serviceSpec(service)
  const base = `${service.metadata.name}.${service.metadata.namespace}.svc.${CLUSTER_DOMAIN}`
  const wanted = (port: string | undefined, proto: string | undefined) =>
    (portName === undefined || port === portName) &&
    (protocol === undefined || (proto ?? 'TCP').toLowerCase() === protocol)
  const targets: { readonly port: number; readonly target: string; readonly ip: string }[] = []
  if (!isHeadless(spec)) {
    for (const port of spec.ports ?? [])
      if (wanted(port.name, port.protocol)) targets.push({ port: port.port, target: base, ip: spec.clusterIP ?? '' })
  } else {
    for (const { endpoint, slice } of ready(world, service))
      for (const port of slice.ports ?? [])
        if (wanted(port.name, port.protocol))
          targets.push({ port: port.port ?? 0, target: `${hostOf(endpoint)}.${base}`, ip: endpoint.addresses[0] ?? '' })
  }
  if (targets.length === 0) return NXDOMAIN
  const weight = Math.max(1, Math.floor(100 / targets.length))
  return found(
    targets.map(({ port, target }) => ({ name, type: 'SRV', ttl: TTL, data: `0 ${weight} ${port} ${target}` })),
    [...new Map(targets.map(({ target, ip }) => [target, ip]))].map(([target, ip]) => ({
      name: target,
      type: 'A',
      ttl: TTL,
      data: ip,
    })),
  )
}

function pointer(world: World, name: string, ip: string, type: RecordType): DnsAnswer {
  const answer = (data: string) =>
    found(type === 'PTR' || type === 'ANY' ? [{ name, type: 'PTR', ttl: TTL, data }] : [])
  const service = world.lookup(allocatedToServices, `ip ${ip}`)[0] as ObjectEntity | undefined
  if (service) return answer(`${service.metadata.name}.${service.metadata.namespace}.svc.${CLUSTER_DOMAIN}`)
  const pod = podAt(world, ip)
  if (pod && isPodReady(pod)) {
    const { hostname, subdomain } = podSpec(pod)
    const headless = subdomain === undefined ? undefined : find(world, 'Service', pod.metadata.namespace, subdomain)
    if (hostname !== undefined && headless && podIp(pod) === ip)
      return answer(`${hostname}.${subdomain}.${pod.metadata.namespace}.svc.${CLUSTER_DOMAIN}`)
  }
  return NXDOMAIN
}

function slices(world: World, service: ObjectEntity): readonly RuleSlice[] {
  const entities = world.lookup(slicesByService, service.id) as readonly ObjectEntity[]
  return entities.map((slice) => (slice.rest ?? {}) as unknown as RuleSlice)
}

function ready(
  world: World,
  service: ObjectEntity,
): readonly { readonly endpoint: Endpoint; readonly slice: RuleSlice }[] {
  return slices(world, service).flatMap((slice) =>
    (slice.endpoints ?? [])
      .filter((endpoint) => endpoint.conditions?.ready !== false)
      .map((endpoint) => ({ endpoint, slice })),
  )
}

/** The label of an endpoint below its Service's name: its hostname, or its address with dashes. */
function hostOf(endpoint: Endpoint): string {
  return endpoint.hostname ?? (endpoint.addresses[0] ?? '').replaceAll('.', '-')
}

function addressRecords(name: string, ips: readonly string[], type: RecordType): readonly DnsRecord[] {
  return ips.flatMap((data) => {
    const own: RecordType = data.includes(':') ? 'AAAA' : 'A'
    return type === own || type === 'ANY' ? [{ name, type: own, ttl: TTL, data }] : []
  })
}
