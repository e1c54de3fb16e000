import type { World } from '../../../kernel/index.ts'
import { defineReach, type NameRecord } from '../../traffic/index.ts'
import { balancersByPlace, LISTENER, LOAD_BALANCER, type LoadBalancer, RULE, TARGET, TARGET_GROUP } from './records.ts'
import { routeThrough, serve } from './serving.ts'

/** TTL of a load balancer's addresses, in seconds. */
const TTL = 60

/** Names and addresses of load balancers. */
defineReach({
  name: 'aws.elbv2',
  kinds: [LOAD_BALANCER, LISTENER, RULE, TARGET_GROUP, TARGET],
  // What stands behind its addresses is no target of another load balancer's checks.
  stirs: () => undefined,
  names(world, name, type) {
    if (!name.endsWith('.amazonaws.com') || !name.includes('.elb.')) return undefined
    const balancer = balancerAt(world, name)
    if (balancer?.state !== 'active') return { rcode: 'NXDOMAIN', records: [] }
    return { rcode: 'NOERROR', records: type === 'A' || type === 'ANY' ? addressRecords(world, balancer, name) : [] }
  },
  door(world, ip, port, from) {
    const balancer = balancerAt(world, ip)
    if (balancer?.state !== 'active') return undefined
    if (balancer.Scheme === 'internal' && from.inside !== true)
      return {
        at: balancer.id,
        visit: () => ({ is: 'timeout', says: 'It is internal: its addresses lead nowhere from outside of its VPC.' }),
        route: (_visit, share) => ({ to: balancer.id, share, fails: 'timeout' }),
      }
    return {
      at: balancer.id,
      visit: (visit) => serve(world, balancer, port, visit),
      route: (visit, share, horizon) => routeThrough(world, balancer, port, visit, share, horizon),
    }
  },
})

/** A load balancer by its DNS name or by an address of one of its nodes. */
export function balancerAt(world: World, place: string): LoadBalancer | undefined {
  return world.lookup(balancersByPlace, place.toLowerCase())[0] as LoadBalancer | undefined
}

/** The addresses of its nodes under a name, without those in zones that have gone dark. */
export function addressRecords(world: World, balancer: LoadBalancer, name: string, ttl = TTL): readonly NameRecord[] {
  const lit = balancer.nodes.filter(({ ZoneName }) => world.get(`place.Zone/${ZoneName}`)?.state !== 'Dark')
  return (lit.length > 0 ? lit : balancer.nodes).map(({ ip }) => ({ name, type: 'A', ttl, data: ip }))
}
