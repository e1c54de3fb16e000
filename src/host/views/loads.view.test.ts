import { describe, expect, it } from 'vitest'
import { Headless } from '../headless.ts'
import { heatOf, type Loads } from './loads.view.ts'
import type { TracePicture } from './trace.view.ts'

/** A web server with a tenth of a core behind a Service, and customers. */
function shop(rate: number): Headless {
  const lab = new Headless()
  for (const line of [
    'lab cluster up --nodes 2',
    'kubectl create deployment web --image=nginx:1.27 --port=80 --replicas=2',
    'kubectl expose deployment web --port=80 --type=LoadBalancer',
    'kubectl set resources deployment web --limits=cpu=50m',
    'kubectl rollout status deployment/web',
    `lab traffic start customers --to service/web --rate ${rate}`,
  ])
    lab.run(line)
  return lab
}

describe('heat', () => {
  it('rises with use in five steps, and losses are hot however idle a thing is', () => {
    expect([0, 0.3, 0.6, 0.8, 1.2].map((busy) => heatOf({ busy, used: 0 }).heat)).toEqual([0, 1, 2, 3, 4])
    expect(heatOf({ busy: 0.1, errors: 0.2, used: 0 }).heat).toBe(4)
    expect(heatOf({ busy: 1.2, errors: 0.17, p95: 10_000, used: 0 }).why).toBe(
      '120% of what it can do, so it cannot follow; 17.0% of its requests fail; p95 10.0 s',
    )
  })
})

describe('loads and traces of a shop', () => {
  it('name the pod that cannot follow as the worst thing', () => {
    const { lab } = shop(4000)
    const { things, worst } = lab.ask('loads') as Loads
    const hot = things.find(({ id }) => id === worst)
    expect(hot).toMatchObject({ label: 'Pod', heat: 4 })
    expect(hot?.why).toContain('cannot follow')
  })

  it('follow one request to its answer, each hop at a thing on the canvas', () => {
    const { lab } = shop(20)
    const { senders, trace } = lab.ask('trace', {}) as TracePicture
    expect(senders.map(({ name }) => name)).toEqual(['customers'])
    expect(trace?.hops.map(({ label }) => label)).toEqual([
      'Clients',
      'Service',
      'Service',
      'Pod',
      'Container',
      'Container',
    ])
    expect(trace?.hops.at(-1)?.says).toMatch(/^It answers 200 after \d+ ms/)
    expect(trace).toMatchObject({ tone: 'ok', ended: expect.stringMatching(/^200 after \d+ ms$/) })
    const before = lab.simulation.journal.length
    const pods = Array.from(
      { length: 12 },
      (_, nth) => (lab.ask('trace', { nth }) as TracePicture).trace?.hops.at(-1)?.places[1],
    )
    expect(new Set(pods).size).toBe(2)
    expect(lab.simulation.journal.length).toBe(before)
  })
})
