import { describe, expect, test } from 'vitest'
import {
  defineKind,
  defineLifecycle,
  type Emission,
  type Entity,
  type JsonObject,
  Simulation,
} from '../../../kernel/index.ts'
import { askName, clientKind, defineReach, flows, nameShares } from '../../traffic/index.ts'
import { callService, servicePrincipal } from '../core/index.ts'
import { route53 } from './index.ts'

/** A server of the internet: an address that answers while it is up. */
const siteKind = defineKind({
  kind: 'test.Site',
  lifecycle: defineLifecycle({
    id: 'testSite',
    initial: 'Up',
    states: {
      Up: { description: 'It answers.', on: { Failed: { target: 'Failing', description: 'It breaks.' } } },
      Failing: { description: 'It answers 500.', on: { Mended: { target: 'Up', description: 'It works again.' } } },
    },
  }),
})

defineReach({
  name: 'test.sites',
  kinds: ['test.Site'],
  door(world, ip) {
    const site = world.get(`test.Site/${ip}`) as Entity | undefined
    if (!site) return undefined
    return {
      at: site.id,
      visit: () => ({
        is: 'answered',
        status: site.state === 'Up' ? 200 : 500,
        headers: {},
        body: '',
        ms: 10,
        says: 'It answers.',
      }),
      route: (_visit, share) => ({ to: site.id, share, next: [] }),
    }
  },
})

function lab() {
  const simulation = new Simulation({
    domains: [
      { name: 'traffic', kinds: [clientKind], controllers: [], derived: [], views: [] },
      {
        name: 'aws',
        kinds: [...(route53.kinds ?? []), siteKind],
        controllers: route53.controllers ?? [],
        derived: route53.derived ?? [],
        views: [],
      },
    ],
    seed: 9,
  })
  const { world } = simulation
  const happen = (...emit: readonly Emission[]) => {
    for (const one of emit) simulation.schedule(one, [])
    simulation.advanceTo(simulation.now)
  }
  const call = (operation: string, input: object) => {
    const answer = callService({
      world,
      service: 'route53',
      operation,
      input: input as JsonObject,
      principal: servicePrincipal('test'),
      region: 'us-east-1',
    })
    if ('error' in answer) return `${answer.error.code}: ${answer.error.message}`
    happen(...(answer.emit ?? []))
    return answer.output as never as { readonly [member: string]: never }
  }
  for (const ip of ['1.1.1.1', '2.2.2.2'])
    happen({ to: `test.Site/${ip}`, kind: 'test.Site', type: 'Opened', data: {} })
  const { HostedZone } = call('CreateHostedZone', { Name: 'shop.test', CallerReference: 'a' }) as never as {
    readonly HostedZone: { readonly Id: string }
  }
  const change = (Action: string, ResourceRecordSet: object) =>
    call('ChangeResourceRecordSets', {
      HostedZoneId: HostedZone.Id,
      ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
    })
  const record = (value: string, more: object = {}) => ({
    Name: 'www.shop.test',
    Type: 'A',
    TTL: 60,
    ResourceRecords: [{ Value: value }],
    ...more,
  })
  const shares = () =>
    Object.fromEntries(
      (nameShares(world, 'www.shop.test', { until: Number.POSITIVE_INFINITY }) ?? []).map(({ ip, share }) => [
        ip,
        Number(share.toFixed(3)),
      ]),
    )
  const check = (ip: string) => {
    const made = call('CreateHealthCheck', {
      CallerReference: ip,
      HealthCheckConfig: { Type: 'HTTP', IPAddress: ip, RequestInterval: 10 },
    })
    return (made as never as { readonly HealthCheck: { readonly Id: string } }).HealthCheck.Id
  }
  const after = (seconds: number) => simulation.advanceTo(simulation.now + seconds * 1000)
  return { simulation, world, call, change, record, shares, check, happen, after, zone: HostedZone.Id }
}

describe('a record', () => {
  test('is answered, and refused in the words of Route 53 when it cannot be', () => {
    const { world, change, record, call, zone, after } = lab()
    expect(askName(world, 'www.shop.test', 'A', 'me')).toEqual({ rcode: 'NXDOMAIN', records: [] })
    const made = change('CREATE', record('1.1.1.1')) as never as {
      readonly ChangeInfo: { readonly Id: string; readonly Status: string }
    }
    expect(made.ChangeInfo.Status).toBe('PENDING')
    expect(askName(world, 'www.shop.test', 'A', 'me')).toMatchObject({
      rcode: 'NOERROR',
      records: [{ data: '1.1.1.1' }],
    })
    expect(change('CREATE', record('2.2.2.2'))).toBe(
      "InvalidChangeBatch: [Tried to create resource record set [name='www.shop.test.', type='A'] but it already exists]",
    )
    expect(change('UPSERT', { ...record('2.2.2.2'), Name: 'www.other.test' })).toBe(
      'InvalidChangeBatch: [RRSet with DNS name www.other.test. is not permitted in zone shop.test.]',
    )
    expect(call('DeleteHostedZone', { Id: zone })).toMatch(/^HostedZoneNotEmpty/)
    after(60)
    expect(call('GetChange', { Id: made.ChangeInfo.Id })).toMatchObject({ ChangeInfo: { Status: 'INSYNC' } })
    expect(call('ListResourceRecordSets', { HostedZoneId: zone })).toMatchObject({
      ResourceRecordSets: [{ Type: 'NS' }, { Type: 'SOA' }, { Name: 'www.shop.test.', Type: 'A' }],
    })
  })

  test('shifts clients only as their caches run out', () => {
    const { change, record, shares, after, world, happen } = lab()
    change('CREATE', record('1.1.1.1', { SetIdentifier: 'blue', Weight: 100 }))
    change('CREATE', record('2.2.2.2', { SetIdentifier: 'green', Weight: 0 }))
    after(120)
    expect(shares()).toEqual({ '1.1.1.1': 1 })
    const order = { name: 'c', target: 'http://www.shop.test/', from: 'outside', rate: 100, pattern: { is: 'steady' } }
    happen(
      { to: 'traffic.Client/c', kind: 'traffic.Client', type: 'Created', data: order },
      { to: 'traffic.Client/c', type: 'Started', data: order },
    )
    change('UPSERT', record('1.1.1.1', { SetIdentifier: 'blue', Weight: 0 }))
    change('UPSERT', record('2.2.2.2', { SetIdentifier: 'green', Weight: 100 }))
    after(15)
    expect(shares()).toEqual({ '1.1.1.1': 0.75, '2.2.2.2': 0.25 })
    expect(flows(world).edges.map(({ to, rate }) => [to, Math.round(rate)])).toEqual([
      ['test.Site/1.1.1.1', 75],
      ['test.Site/2.2.2.2', 25],
    ])
    after(30)
    expect(flows(world).edges.map(({ rate }) => Math.round(rate))).toEqual([25, 75])
    after(15)
    expect(shares()).toEqual({ '2.2.2.2': 1 })
    const each = Array.from({ length: 50 }, (_, i) => askName(world, 'www.shop.test', 'A', `client ${i}`)?.records[0])
    expect(new Set(each.map((one) => one?.data))).toEqual(new Set(['2.2.2.2']))
    expect(each.every((one) => (one?.ttl ?? 99) <= 60)).toBe(true)
  })
})

test('failover follows health checks, which take three failures in a row', () => {
  const { change, record, shares, after, check, happen, call, simulation } = lab()
  const id = check('1.1.1.1')
  change('CREATE', record('1.1.1.1', { SetIdentifier: 'one', Failover: 'PRIMARY', HealthCheckId: id, TTL: 10 }))
  change('CREATE', record('2.2.2.2', { SetIdentifier: 'two', Failover: 'SECONDARY', TTL: 10 }))
  after(60)
  expect(shares()).toEqual({ '1.1.1.1': 1 })
  const before = simulation.journal.length
  after(3600)
  expect(simulation.journal.length).toBe(before)
  happen({ to: 'test.Site/1.1.1.1', type: 'Failed' })
  after(15)
  expect(shares()).toEqual({ '1.1.1.1': 1 })
  after(35)
  expect(shares()).toEqual({ '2.2.2.2': 1 })
  expect(call('GetHealthCheckStatus', { HealthCheckId: id })).toMatchObject({
    HealthCheckObservations: expect.arrayContaining([
      expect.objectContaining({
        StatusReport: expect.objectContaining({ Status: 'Failure: HTTP Status Code 500. Resolved IP: 1.1.1.1' }),
      }),
    ]),
  })
  happen({ to: 'test.Site/1.1.1.1', type: 'Mended' })
  after(60)
  expect(shares()).toEqual({ '1.1.1.1': 1 })
})
