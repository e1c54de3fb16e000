import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SceneEdge } from '../../../host/views/scene.view.ts'
import { labelsOf } from './labels.ts'
import { pathOf, STEP, straightened, trackOf } from './path.ts'
import { type Picture, routesOf } from './routes.ts'

const picture: Picture = {
  boxes: new Map([
    ['client', { x: 0, y: 0, w: 120, h: 42 }],
    ['gate', { x: 260, y: 0, w: 180, h: 54 }],
    ['service', { x: 260, y: 90, w: 180, h: 46 }],
    ['a', { x: 20, y: 200, w: 220, h: 300 }],
    ['b', { x: 480, y: 200, w: 220, h: 300 }],
    ['a1', { x: 34, y: 280, w: 198, h: 28 }],
    ['a2', { x: 34, y: 313, w: 198, h: 28 }],
    ['b1', { x: 494, y: 280, w: 198, h: 28 }],
  ]),
  parents: new Map([
    ['a1', 'a'],
    ['a2', 'a'],
    ['b1', 'b'],
  ]),
  shapes: new Map([
    ['a', 'host'],
    ['b', 'host'],
  ]),
  channel: 170,
}
const edge = (from: string, to: string, more: Partial<SceneEdge> = {}): SceneEdge => ({
  id: `${from}>${to}`,
  from,
  to,
  kind: 'traffic',
  rate: 40,
  p95: 60,
  errors: 0,
  ...more,
})

describe('routes', () => {
  it('are of level and upright pieces only, and begin and end at their things', () => {
    const all = [...picture.boxes.keys()]
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.constantFrom(...all), (from, to) => {
        if (from === to) return
        for (const { corners } of routesOf([edge(from, to)], picture)) {
          for (let i = 0; i + 3 < corners.length; i += 2) {
            expect(corners[i] === corners[i + 2] || corners[i + 1] === corners[i + 3]).toBe(true)
          }
          const touches = (id: string, x: number, y: number) => {
            const box = picture.boxes.get(id)!
            return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h
          }
          expect(touches(from, corners[0]!, corners[1]!), `${from} ${corners}`).toBe(true)
          expect(touches(to, corners.at(-2)!, corners.at(-1)!), `${to} ${corners}`).toBe(true)
        }
      }),
    )
  })

  it('share the trunk in the gutter of the box that they lead into', () => {
    const [one, two] = routesOf([edge('service', 'a1'), edge('service', 'a2')], picture)
    expect(one!.corners).toContain(27)
    expect(two!.corners).toContain(27)
    expect(one!.bundle).toBe(two!.bundle)
    expect(one!.corners.slice(0, 6)).toEqual(two!.corners.slice(0, 6))
  })

  it('end in a cross when they lead nowhere any more', () => {
    const [route] = routesOf([edge('service', 'gone', { kind: 'stale' })], picture)
    expect(route).toMatchObject({ cut: true })
    expect(routesOf([edge('service', 'gone')], picture)).toEqual([])
  })

  it('carry one label for what one box gets', () => {
    const labels = labelsOf(
      routesOf(
        [
          edge('client', 'gate', { rate: 120 }),
          edge('service', 'a1', { errors: 0.1 }),
          edge('service', 'a2'),
          edge('service', 'b1'),
        ],
        picture,
      ),
    )
    expect(labels.map(({ rate }) => rate)).toEqual([120, 80, 40])
    expect(labels[1]!.errors).toBeCloseTo(0.05)
  })

  it('are walked in equal steps, and never longer than their corners', () => {
    const corners = straightened([0, 0, 100, 0, 100, 80, 60, 80])
    const { length, points } = trackOf(corners)
    expect(length).toBeLessThan(220)
    expect(length).toBeGreaterThan(200)
    expect(points.length / 2).toBe(Math.ceil(length / STEP) + 1)
    for (let i = 2; i < points.length - 2; i += 2) {
      expect(Math.hypot(points[i]! - points[i - 2]!, points[i + 1]! - points[i - 1]!)).toBeLessThanOrEqual(STEP + 0.01)
    }
  })

  it('have rounded corners', () => {
    expect(pathOf([0, 0, 100, 0, 100, 80])).toBe('M0 0L92 0Q100 0 100 8L100 80')
  })

  it('drop corners that turn nothing', () => {
    expect(straightened([0, 0, 50, 0, 50, 0, 100, 0, 100, 50])).toEqual([0, 0, 100, 0, 100, 50])
  })
})

it('goes down beside a machine that stands above the one it leads to', () => {
  const boxes = new Map([
    ['service', { x: 20, y: 0, w: 100, h: 40 }],
    ['upper', { x: 10, y: 100, w: 220, h: 150 }],
    ['lower', { x: 10, y: 270, w: 220, h: 150 }],
    ['chip', { x: 24, y: 340, w: 198, h: 28 }],
  ])
  const [route] = routesOf([{ id: 'a', from: 'service', to: 'chip', kind: 'traffic' }], {
    boxes,
    parents: new Map([['chip', 'lower']]),
    shapes: new Map([
      ['service', 'card'],
      ['upper', 'host'],
      ['lower', 'host'],
      ['chip', 'chip'],
    ] as const),
    channel: 80,
  })
  expect(route?.corners).toContain(5)
  expect(route?.corners).not.toContain(17)
})
