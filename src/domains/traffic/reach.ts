import { type Emission, invariant, type PastEvent, type World } from '../../kernel/index.ts'
import type { Route, Source } from './flow.ts'
import type { Wired } from './wire.ts'

/** One resource record as name servers give it. Names end without a dot. */
export interface NameRecord {
  readonly name: string
  readonly type: 'A' | 'AAAA' | 'CNAME' | 'SRV' | 'PTR' | 'NS' | 'TXT' | 'MX' | 'SOA' | 'ANY'
  readonly ttl: number
  readonly data: string
}

/** What a domain's name server answers. */
export interface NameAnswer {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL'
  readonly records: readonly NameRecord[]
}

/** Part of the clients of a name that go to one address. */
export interface NameShare {
  readonly ip: string
  readonly share: number
}

/** Who connects. */
export interface Caller {
  /** Entity id. */
  readonly id: string
  readonly ip: string
  /** Whether it is in the private network that the address belongs to; without it only public addresses are reached. */
  readonly inside?: boolean | undefined
  /** Security groups that it is in. */
  readonly groups?: readonly string[] | undefined
}

/** One HTTP request as it arrives at an address. */
export interface Visit {
  readonly method: string
  readonly scheme: 'http' | 'https'
  /** The Host header, with its port where that does not go without saying. */
  readonly host: string
  /** With the query. */
  readonly path: string
  readonly headers: { readonly [name: string]: string }
  readonly body?: string | undefined
  readonly from: Caller
  /** Tells apart several requests of one moment. */
  readonly salt?: string | number | undefined
}

/** What became of a visit. `says` is told where the way of a request is shown. */
export type Reception =
  | {
      readonly is: 'answered'
      readonly status: number
      readonly headers: { readonly [name: string]: string }
      readonly body: string
      /** Time to the answer in ms. */
      readonly ms: number
      readonly says: string
      /** What follows from it: lines in logs, the end of a process. */
      readonly emit?: readonly Emission[] | undefined
      /** Virtual time from which the answer is another one although nothing happens. */
      readonly until?: number | undefined
      /** Further places on the way, from this one on. */
      readonly way?: readonly { readonly at: string; readonly says: string; readonly ms: number }[] | undefined
    }
  | {
      readonly is: 'refused' | 'timeout' | 'unreachable' | 'silent'
      readonly says: string
      readonly until?: number | undefined
      readonly way?: readonly { readonly at: string; readonly says: string; readonly ms: number }[] | undefined
    }

/** Until when what was found out holds although nothing happens; whoever finds out less lowers it. */
export interface Horizon {
  until: number
}

/** What stands at an address and port. */
export interface Door {
  /** Entity id of what is there. */
  readonly at: string
  /** What one request comes to. Pure: its emissions are the caller's to let happen. */
  readonly visit: (visit: Visit) => Reception
  /** The ways that requests of a flow take from here on; `share` is for the first of them. */
  readonly route: (visit: Visit, share: number, horizon: Horizon) => Route
}

/** What a domain knows of names and addresses: how its things are found and what answers there. */
export interface Reach {
  readonly name: string
  /** Kinds whose changes may change its answers. */
  readonly kinds: readonly string[]
  /** Its answer about a whole name, as the resolver of `from` has it; undefined when the name is none of its own. */
  readonly names?: (world: World, name: string, type: NameRecord['type'], from: string) => NameAnswer | undefined
  /** Where the clients of a name go, all together; by `names` when absent. */
  readonly shares?: (world: World, name: string, horizon: Horizon) => readonly NameShare[] | undefined
  /** What stands at an address and port; undefined when the address is none of its own. */
  readonly door?: (world: World, ip: string, port: number, from: Caller) => Door | undefined
  /**
   * Addresses at whose doors an event of its kinds may have changed the answer: how those who watch answers (health checks) learn of it.
   * Without it every event of its kinds may have changed all of them.
   */
  readonly stirs?: (event: PastEvent, world: World) => readonly string[] | undefined
  /** Those who send requests by themselves. */
  readonly sources?: (world: World) => readonly Source[]
  /** The URL that a target in its own words means: `service/web`. */
  readonly url?: (world: World, target: string, from: string) => string | undefined
  /** Follows one request to a URL without letting it happen, hop by hop; `salt` tells several of one moment apart. Only one has it. */
  readonly request?: (world: World, from: string, url: string, salt: string) => Wired | undefined
  /** Answers for every URL that no names and doors of others are for. Only one has it. */
  readonly routes?: (world: World, from: string, url: string, horizon: Horizon) => readonly Route[]
}

/** Takes in what a domain knows of names and addresses; the same name twice throws. */
export function defineReach(reach: Reach): Reach {
  invariant(!reaches.some(({ name }) => name === reach.name), `reach ${reach.name} is defined twice`)
  reaches.push(reach)
  return reach
}

const reaches: Reach[] = []

/** All of them, in the order in which their domains were loaded. */
export function allReaches(): readonly Reach[] {
  return reaches
}

/** What name servers outside of any cluster say of a name; undefined when no domain has it. */
export function askName(world: World, name: string, type: NameRecord['type'], from: string): NameAnswer | undefined {
  const plain = name.toLowerCase().replace(/\.$/, '')
  for (const reach of reaches) {
    const answer = reach.names?.(world, plain, type, from)
    if (answer) return answer
  }
  return undefined
}

/** Where clients of a name go, all together; undefined when no domain has it. */
export function nameShares(world: World, name: string, horizon: Horizon): readonly NameShare[] | undefined {
  const plain = name.toLowerCase().replace(/\.$/, '')
  for (const reach of reaches) {
    const shares = reach.shares?.(world, plain, horizon)
    if (shares) return shares
    const answer = reach.names?.(world, plain, 'A', 'outside')
    if (!answer) continue
    const ips = answer.records.filter(({ type }) => type === 'A').map(({ data }) => data)
    return ips.map((ip) => ({ ip, share: 1 / ips.length }))
  }
  return undefined
}

/** What stands at an address and port; undefined when the address belongs to no domain that says so. */
export function doorAt(world: World, ip: string, port: number, from: Caller): Door | undefined {
  for (const reach of reaches) {
    const door = reach.door?.(world, ip, port, from)
    if (door) return door
  }
  return undefined
}
