/** The zone of the cluster. */
export const CLUSTER_DOMAIN = 'cluster.local'

/** What may be asked for. */
export type RecordType = 'A' | 'AAAA' | 'CNAME' | 'SRV' | 'PTR' | 'NS' | 'TXT' | 'MX' | 'SOA' | 'ANY'

/** One resource record. Names end without a dot. */
export interface DnsRecord {
  readonly name: string
  readonly type: RecordType
  readonly ttl: number
  /** An address, a name, or `priority weight port target`. */
  readonly data: string
}

/** What a server answers. */
export interface DnsAnswer {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL'
  readonly records: readonly DnsRecord[]
  /** Further records that come along: addresses of an SRV record's targets. */
  readonly additional: readonly DnsRecord[]
}
