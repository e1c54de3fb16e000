import { describe, expect, test } from 'vitest'
import { SmallWorld } from '../network/smallWorld.ts'
import { vantageOf } from '../network/vantage.ts'
import { coreDns } from './coreDns.ts'
import { resolvConf, resolvConfText } from './resolvConf.ts'
import { resolveHost, searchNames } from './resolve.ts'

function lab(): SmallWorld {
  const world = new SmallWorld()
  const ports = [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }]
  world.service('web', { clusterIP: '10.97.0.1', selector: { app: 'web' }, ports }, 'shop')
  world.service('db', { clusterIP: 'None', selector: { app: 'db' }, ports }, 'shop')
  world.service('out', { type: 'ExternalName', externalName: 'www.example.com' }, 'shop')
  world.pod({
    name: 'db-0',
    namespace: 'shop',
    labels: { app: 'db' },
    ip: '10.244.0.5',
    spec: { hostname: 'db-0', subdomain: 'db' },
  })
  world.pod({ name: 'plain', namespace: 'shop', labels: { app: 'db' }, ip: '10.244.0.6' })
  world.pod({ name: 'client', namespace: 'shop', ip: '10.244.0.7' })
  world.run(500)
  return world
}

const data = (world: SmallWorld, name: string, type: Parameters<typeof coreDns>[2] = 'A') => {
  const { rcode, records } = coreDns(world.world, name, type)
  return rcode === 'NOERROR' ? records.map((record) => record.data) : rcode
}

describe('CoreDNS', () => {
  test('knows Services, headless pods, SRV, PTR, pod names and aliases', () => {
    const world = lab()
    expect(data(world, 'web.shop.svc.cluster.local')).toEqual(['10.97.0.1'])
    expect(data(world, 'web.shop.svc.cluster.local', 'AAAA')).toEqual([])
    expect(data(world, 'nope.shop.svc.cluster.local')).toBe('NXDOMAIN')
    expect(data(world, 'db.shop.svc.cluster.local')).toEqual(['10.244.0.5', '10.244.0.6'])
    expect(data(world, 'db-0.db.shop.svc.cluster.local')).toEqual(['10.244.0.5'])
    expect(data(world, '10-244-0-6.db.shop.svc.cluster.local')).toEqual(['10.244.0.6'])
    expect(data(world, 'plain.db.shop.svc.cluster.local')).toBe('NXDOMAIN')
    expect(data(world, '_http._tcp.web.shop.svc.cluster.local', 'SRV')).toEqual(['0 100 80 web.shop.svc.cluster.local'])
    expect(data(world, '_http._tcp.db.shop.svc.cluster.local', 'SRV')).toEqual([
      '0 50 8080 db-0.db.shop.svc.cluster.local',
      '0 50 8080 10-244-0-6.db.shop.svc.cluster.local',
    ])
    expect(data(world, '10-1-2-3.shop.pod.cluster.local')).toEqual(['10.1.2.3'])
    expect(data(world, '1.0.97.10.in-addr.arpa', 'PTR')).toEqual(['web.shop.svc.cluster.local'])
    expect(data(world, '5.0.244.10.in-addr.arpa', 'PTR')).toEqual(['db-0.db.shop.svc.cluster.local'])
    expect(coreDns(world.world, 'out.shop.svc.cluster.local', 'A').records.map(({ type }) => type)).toEqual([
      'CNAME',
      'A',
    ])
  })

  test('leaves an unready pod out of a headless name', () => {
    const world = lab()
    world.unready('db-0', 'shop')
    world.run(500)
    expect(data(world, 'db.shop.svc.cluster.local')).toEqual(['10.244.0.6'])
    expect(data(world, 'db-0.db.shop.svc.cluster.local')).toBe('NXDOMAIN')
  })
})

describe('a resolver', () => {
  test('follows the search path by ndots', () => {
    expect(searchNames('a.b', ['x', 'y'], 5)).toEqual(['a.b.x', 'a.b.y', 'a.b'])
    expect(searchNames('a.b', ['x', 'y'], 1)).toEqual(['a.b', 'a.b.x', 'a.b.y'])
    expect(searchNames('a.b.', ['x'], 5)).toEqual(['a.b.'])
  })

  test('finds short names in its own namespace, and times out without CoreDNS', () => {
    const world = lab()
    const from = vantageOf(world.world, 'k8s.Pod/shop/client')
    expect(resolvConfText(resolvConf(from))).toBe(
      'search shop.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    )
    expect(resolveHost(world.world, from, 'web')).toMatchObject({
      outcome: 'found',
      ips: ['10.97.0.1'],
      name: 'web.shop.svc.cluster.local',
    })
    expect(resolveHost(world.world, from, 'kubernetes.default').ips).toEqual(['10.96.0.1'])
    expect(resolveHost(world.world, from, 'kubernetes').outcome).toBe('unknown')
    world.emit({ to: 'k8s.Component/coredns', type: 'Stopped' })
    expect(resolveHost(world.world, from, 'web')).toMatchObject({
      outcome: 'timeout',
      says: 'CoreDNS does not run, so nobody answers',
    })
  })
})
