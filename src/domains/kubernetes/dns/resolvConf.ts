import { podSpec } from '../endpoints/podFacts.ts'
import type { Vantage } from '../network/vantage.ts'
import { DNS_SERVICE_IP } from '../service/addressRange.ts'
import { CLUSTER_DOMAIN } from './record.ts'

/** What `/etc/resolv.conf` says. */
export interface ResolvConf {
  readonly nameservers: readonly string[]
  readonly search: readonly string[]
  readonly ndots: number
}

/** Name server of a node and of everyone outside. */
export const OUTSIDE_NAMESERVER = '198.18.0.53'

/**
 * The resolver's settings of a pod by its `dnsPolicy` and `dnsConfig`, or those of a machine.
 * Models: kubernetes pkg/kubelet/network/dns/dns.go
 */
export function resolvConf(vantage: Vantage): ResolvConf {
  const machine: ResolvConf = { nameservers: [OUTSIDE_NAMESERVER], search: [], ndots: 1 }
  if (!vantage.pod) return machine
  const spec = podSpec(vantage.pod)
  const policy = spec.dnsPolicy ?? 'ClusterFirst'
  const clusterFirst = policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && !spec.hostNetwork)
  const base: ResolvConf =
    policy === 'None'
      ? { nameservers: [], search: [], ndots: 1 }
      : clusterFirst
        ? {
            nameservers: [DNS_SERVICE_IP],
            search: [`${vantage.namespace}.svc.${CLUSTER_DOMAIN}`, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN],
            ndots: 5,
          }
        : machine
  const own = spec.dnsConfig
  const ndots = own?.options?.find(({ name }) => name === 'ndots')?.value
  return {
    nameservers: [...new Set([...base.nameservers, ...(own?.nameservers ?? [])])].slice(0, 3),
    search: [...new Set([...base.search, ...(own?.searches ?? [])])],
    ndots: ndots === undefined ? base.ndots : Number(ndots),
  }
}

/** The file as the kubelet writes it into a container. */
export function resolvConfText(conf: ResolvConf): string {
  const lines = conf.search.length > 0 ? [`search ${conf.search.join(' ')}`] : []
  for (const server of conf.nameservers) lines.push(`nameserver ${server}`)
  if (conf.ndots !== 1) lines.push(`options ndots:${conf.ndots}`)
  return `${lines.join('\n')}\n`
}
