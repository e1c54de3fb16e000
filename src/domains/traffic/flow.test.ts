import { describe, expect, test } from 'vitest'
import { computeFlow, type Route } from './flow.ts'
import { capacities, loadAt, type Station } from './station.ts'

const station = (id: string, more: Partial<Station> = {}): Station => ({
  id,
  cpuMs: 10,
  baseMs: 5,
  weight: 100,
  pool: { id: 'machine', milli: 4000 },
  ...more,
})

describe('a station', () => {
  test('slows down as it fills and loses the surplus', () => {
    const calm = loadAt(station('a'), 10, 1000)
    const busy = loadAt(station('a'), 90, 1000)
    expect(calm).toMatchObject({ cpuMilli: 100, utilisation: 0.1, errors: 0 })
    expect(busy.p95).toBeGreaterThan(calm.p95 * 5)
    expect(busy.p50).toBeLessThan(busy.p95)
    expect(loadAt(station('a'), 200, 1000)).toMatchObject({ cpuMilli: 1000, utilisation: 2, errors: 0.5 })
    expect(loadAt(station('a', { cpuMs: 0.1, baseMs: 1000, concurrency: 10 }), 40, 1000).errors).toBeCloseTo(0.75, 2)
  })

  test('shares its machine by weight when that is short', () => {
    const list = [
      { station: station('a', { weight: 100 }), demand: 4000 },
      { station: station('b', { weight: 300 }), demand: 4000 },
      { station: station('c', { weight: 100 }), demand: 100 },
    ]
    const shares = capacities(list)
    expect([shares.get('a'), shares.get('b'), shares.get('c')]).toEqual([975, 2925, 100])
    expect(capacities([{ station: station('a', { limitMilli: 500 }), demand: 900 }]).get('a')).toBe(500)
  })
})

describe('a flow', () => {
  const leaf = (id: string, share: number, calls: readonly string[] = []): Route => ({
    to: id,
    share,
    station: station(id),
    calls,
  })

  test('splits by share and goes on to the tiers behind', () => {
    const routes: { readonly [url: string]: readonly Route[] } = {
      front: [{ to: 'balancer', share: 1, next: [leaf('f1', 0.5, ['back']), leaf('f2', 0.5, ['back'])] }],
      back: [leaf('b', 1)],
    }
    const { edges, load } = computeFlow([{ id: 'client', url: 'front', rate: 40 }], (_from, url) => routes[url] ?? [])
    expect(edges.map(({ from, to, rate }) => `${from}>${to} ${rate}`)).toEqual([
      'client>balancer 40',
      'balancer>f1 20',
      'balancer>f2 20',
      'f1>b 20',
      'f2>b 20',
    ])
    expect(load.get('b')?.requestsPerSecond).toBe(40)
    const front = edges[0]
    const back = edges[3]
    expect(front?.p50).toBeGreaterThan(back?.p50 ?? 0)
  })

  test('a lost tier fails those in front of it', () => {
    const routes: { readonly [url: string]: readonly Route[] } = {
      front: [leaf('f', 1, ['back'])],
      back: [{ to: 'service', share: 1, fails: 'refused' }],
    }
    const { edges } = computeFlow([{ id: 'client', url: 'front', rate: 10 }], (_from, url) => routes[url] ?? [])
    expect(edges.map(({ errors }) => errors)).toEqual([1, 1])
  })

  test('a source that waits for answers sends no more than it gets', () => {
    const { sent, load } = computeFlow([{ id: 'loop', url: 'x', pauseMs: 10 }], () => [leaf('s', 1)])
    const rate = sent.get('loop') ?? 0
    expect(rate).toBeGreaterThan(30)
    expect(rate).toBeLessThan(1000 / (10 + 15) + 1)
    expect(load.get('s')?.errors).toBe(0)
  })

  test('circles end', () => {
    const { load } = computeFlow([{ id: 'c', url: 'a', rate: 1 }], (_from, url) => [
      leaf(url, 1, [url === 'a' ? 'b' : 'a']),
    ])
    expect(load.get('a')?.requestsPerSecond).toBe(4)
  })
})
