import type { World } from '../../../kernel/index.ts'
import { askName, openWire } from '../../traffic/index.ts'
import { works } from '../components/component.ts'
import { podSpec } from '../endpoints/podFacts.ts'
import type { Vantage } from '../network/vantage.ts'
import { type Peer, refusedBy } from '../networkpolicy/policies.ts'
import { DNS_SERVICE_IP, ipv4Number } from '../service/addressRange.ts'
import { coreDns } from './coreDns.ts'
import { internetAddress } from './internet.ts'
import type { DnsAnswer, RecordType } from './record.ts'
import { resolvConf } from './resolvConf.ts'

/** One question that a resolver sent, and what came back; no answer is a timeout. */
export interface DnsTry {
  readonly name: string
  readonly type: RecordType
  readonly answer: DnsAnswer | undefined
}

/** What a resolver found out about a host's name. */
export interface Resolution {
  readonly outcome: 'found' | 'unknown' | 'timeout'
  readonly ips: readonly string[]
  /** The whole name that was found. */
  readonly name: string
  readonly server: string
  readonly tries: readonly DnsTry[]
  /** Why there is no answer, or where the answer comes from. */
  readonly says: string
  readonly ms: number
}

/** How long a resolver waits for a server, twice. */
const TIMEOUT_MS = 5000

/** Asks a name server one question about a whole name: undefined when nothing answers. */
export function askServer(
  world: World,
  vantage: Vantage,
  server: string,
  name: string,
  type: RecordType,
): DnsAnswer | undefined {
  const wired = openWire(world, vantage.id, name.replace(/\.$/, ''), 0)
  if (wired?.ip !== undefined)
    return {
      rcode: 'NOERROR',
      records: type === 'A' || type === 'ANY' ? [{ name, type: 'A', ttl: 600, data: wired.ip }] : [],
      additional: [],
    }
  if (!reachesServer(world, vantage, server)) return undefined
  const given = askName(world, name, type, vantage.id)
  if (given) return { ...given, additional: [] }
  if (server === DNS_SERVICE_IP) return coreDns(world, name, type)
  const ip = internetAddress(name.toLowerCase().replace(/\.$/, ''))
  if (ip === undefined) return { rcode: 'NXDOMAIN', records: [], additional: [] }
  const records = type === 'A' || type === 'ANY' ? [{ name, type: 'A' as const, ttl: 300, data: ip }] : []
  return { rcode: 'NOERROR', records, additional: [] }
}

/**
 * Finds the addresses of a host as the C library does: literal addresses, `/etc/hosts` (`hosts`, and the pod's host aliases), then DNS
 * along the search path: a name with fewer than `ndots` dots is tried with every suffix first.
 */
export function resolveHost(
  world: World,
  vantage: Vantage,
  host: string,
  hosts: { readonly [name: string]: string } = {},
): Resolution {
  const conf = resolvConf(vantage)
  const server = conf.nameservers[0] ?? DNS_SERVICE_IP
  const known = (ip: string, says: string): Resolution => ({
    outcome: 'found',
    ips: [ip],
    name: host,
    server,
    tries: [],
    says,
    ms: 0,
  })
  if (ipv4Number(host) !== undefined) return known(host, 'is an address already')
  if (host === 'localhost') return known('127.0.0.1', 'means this machine itself')
  const wired = openWire(world, vantage.id, host, 0)
  if (wired?.ip !== undefined) return known(wired.ip, 'is known to the name server of its network')
  if (wired) return { outcome: 'unknown', ips: [], name: host, server, tries: [], says: 'is unknown', ms: 2 }
  const own = hosts[host] ?? aliases(vantage)[host]
  if (own !== undefined) return known(own, 'stands in /etc/hosts')
  const tries: DnsTry[] = []
  let ms = 0
  for (const name of searchNames(host, conf.search, conf.ndots)) {
    const answer = askServer(world, vantage, server, name, 'A')
    tries.push({ name, type: 'A', answer })
    if (!answer) {
      ms += TIMEOUT_MS
      return { outcome: 'timeout', ips: [], name, server, tries, says: serverTrouble(world, vantage, server), ms }
    }
    ms += 1
    const ips = answer.records.filter(({ type }) => type === 'A').map(({ data }) => data)
    if (ips.length > 0)
      return {
        outcome: 'found',
        ips,
        name: name.replace(/\.$/, ''),
        server,
        tries,
        says: `is ${ips.join(', ')} by the name server ${server}`,
        ms,
      }
  }
  return { outcome: 'unknown', ips: [], name: host, server, tries, says: `no name server knows ${host}`, ms }
}

/** The whole names that a resolver tries, in order; a name with a dot at its end is whole already. */
export function searchNames(host: string, search: readonly string[], ndots: number): readonly string[] {
  if (host.endsWith('.')) return [host]
  const suffixed = search.map((suffix) => `${host}.${suffix}`)
  const dots = host.split('.').length - 1
  return dots >= ndots ? [host, ...suffixed] : [...suffixed, host]
}

/** Why a name server does not answer; the empty text when it does. */
export function serverTrouble(world: World, vantage: Vantage, server: string): string {
  if (server !== DNS_SERVICE_IP)
    return vantage.pod && denied(world, vantage, server) ? deniedText(world, vantage, server) : ''
  if (!vantage.pod && vantage.node === undefined)
    return `${server} is an address inside of the cluster and leads nowhere from outside`
  if (vantage.pod) {
    const text = deniedText(world, vantage, server)
    if (text !== '') return text
  }
  if (!works(world, 'coredns')) return 'CoreDNS does not run, so nobody answers'
  if (vantage.node !== undefined && world.get(`k8s.Machine/${vantage.node}`)?.state === 'CutOff')
    return `the network of ${vantage.node} is cut, so CoreDNS is out of reach`
  return ''
}

function reachesServer(world: World, vantage: Vantage, server: string): boolean {
  return serverTrouble(world, vantage, server) === ''
}

function denied(world: World, vantage: Vantage, server: string) {
  const dns: Peer = {
    ip: server,
    ...(server === DNS_SERVICE_IP
      ? { standsFor: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } } }
      : {}),
  }
  return refusedBy(world, { ip: vantage.ip, pod: vantage.pod }, dns, 53, 'UDP')
}

function deniedText(world: World, vantage: Vantage, server: string): string {
  const refusal = denied(world, vantage, server)
  return refusal
    ? `NetworkPolicy ${refusal.verdict.isolating.join(', ')} allows no egress to the name server (UDP 53)`
    : ''
}

function aliases(vantage: Vantage): { readonly [name: string]: string } {
  const names: { [name: string]: string } = {}
  if (!vantage.pod) return names
  const spec = podSpec(vantage.pod)
  for (const { ip, hostnames } of spec.hostAliases ?? []) for (const name of hostnames ?? []) names[name] = ip
  const own = spec.hostname ?? vantage.pod.metadata.name
  names[own] = vantage.ip
  if (spec.subdomain) names[`${own}.${spec.subdomain}.${vantage.namespace}.svc.${CLUSTER}`] = vantage.ip
  return names
}

const CLUSTER = 'cluster.local'
