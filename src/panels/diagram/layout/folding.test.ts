import { describe, expect, it } from 'vitest'
import type { SceneNode } from '../../../host/views/scene.view.ts'
import { arrange } from './arrange.ts'
import { overlaps } from './box.ts'
import { bestShape } from './folding.ts'
import { Places } from './places.ts'

const node = (id: string, shape: SceneNode['shape'], parent?: string): SceneNode => ({
  id,
  kind: `test.${shape}`,
  name: id,
  parent,
  shape,
  rank: 3,
  label: shape,
  pictogram: 'thing',
  state: 'there',
  since: 0,
  look: { title: id, tone: 'ok', word: 'Ready', ...(shape === 'host' ? { meters: [] } : {}) },
})
/** Two places, each with so many machines in a row. */
const world = (machines: number) => [
  node('west', 'frame'),
  node('east', 'frame'),
  ...['west', 'east'].flatMap((place) =>
    Array.from({ length: machines }, (_, i) => node(`${place}-${i}`, 'host', place)),
  ),
]
const zoomOf = (nodes: readonly SceneNode[], room: { w: number; h: number }) => {
  const { bounds } = arrange(nodes, false, new Places(), {}, [], bestShape(nodes, false, [], room))
  return Math.min(room.w / bounds.w, room.h / bounds.h)
}

describe('the shape of a picture', () => {
  it('stays as it comes while there is room for it', () => {
    expect(bestShape(world(1), false, [], { w: 1400, h: 800 })).toEqual({})
  })

  it('is folded where it would be small, and is larger for it', () => {
    const nodes = world(4)
    const room = { w: 1360, h: 700 }
    const plain = arrange(nodes, false, new Places()).bounds
    expect(Math.min(room.w / plain.w, room.h / plain.h)).toBeLessThan(0.8)
    expect(zoomOf(nodes, room)).toBeGreaterThan(0.95)
  })

  it('is tall in a tall room', () => {
    const nodes = world(3)
    const { bounds } = arrange(nodes, false, new Places(), {}, [], bestShape(nodes, false, [], { w: 360, h: 640 }))
    expect(bounds.h).toBeGreaterThan(bounds.w)
  })

  it('keeps the present shape when another is hardly better', () => {
    const nodes = world(4)
    const room = { w: 1360, h: 700 }
    const now = bestShape(nodes, false, [], room)
    expect(bestShape(nodes, false, [], { w: 1330, h: 700 }, now)).toBe(now)
  })

  it('lets nothing lie on anything else', () => {
    const nodes = world(5)
    for (const w of [400, 800, 1400]) {
      const { boxes } = arrange(nodes, false, new Places(), {}, [], bestShape(nodes, false, [], { w, h: 700 }))
      const hosts = [...boxes].filter(([id]) => id.includes('-')).map(([, box]) => box)
      for (const [i, a] of hosts.entries()) for (const b of hosts.slice(i + 1)) expect(overlaps(a, b)).toBe(false)
    }
  })
})
