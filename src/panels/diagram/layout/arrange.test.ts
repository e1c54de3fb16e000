import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SceneNode } from '../../../host/views/scene.view.ts'
import { arrange } from './arrange.ts'
import { isWithin, overlaps } from './box.ts'
import { loadGraphs } from './graph.ts'
import { Places } from './places.ts'

const tones = ['ok', 'prog', 'warn', 'err', 'pend', 'idle'] as const

function thing(id: string, shape: SceneNode['shape'], parent?: string, more: Partial<SceneNode> = {}): SceneNode {
  const look = { title: id, tone: 'ok', word: 'Ready' } as const
  return {
    id,
    kind: shape,
    name: id,
    parent,
    shape,
    rank: 0,
    label: shape,
    pictogram: shape,
    state: 'Up',
    since: 0,
    look,
    ...more,
  }
}

const look = fc.record({
  title: fc.string({ minLength: 1, maxLength: 20 }),
  tone: fc.constantFrom(...tones),
  word: fc.constantFrom('', 'Waiting'),
  facts: fc.array(fc.constant(['key', 'value'] as const), { maxLength: 5 }),
})
const some = (id: string, shape: SceneNode['shape'], most: number, parent: (i: number) => string | undefined) =>
  fc
    .array(fc.record({ look, rank: fc.integer({ min: 0, max: 5 }) }), { maxLength: most })
    .map((all) => all.map(({ look, rank }, i) => thing(`${id}${i}`, shape, parent(i), { look, rank })))
const scene = fc
  .record({
    regions: some('region', 'frame', 3, () => undefined),
    zones: some('zone', 'frame', 5, (i) => `region${i % 3}`),
    hosts: some('host', 'host', 9, (i) => `zone${i % 4}`),
    chips: some('chip', 'chip', 60, (i) => `host${i % 7}`),
    inner: some('inner', 'chip', 12, (i) => `chip${i % 5}`),
    waiting: some('waiting', 'chip', 8, () => undefined),
    parts: some('part', 'part', 6, () => 'plane'),
    cards: some('card', 'card', 14, () => undefined),
    plane: fc.constantFrom(undefined, 'region0'),
  })
  .map(({ plane, ...rest }) => [...Object.values(rest).flat(), thing('plane', 'frame', plane)])

beforeAll(loadGraphs)

describe('the layout', () => {
  it('keeps children inside their parents and lets no two neighbours overlap, at both levels', () => {
    fc.assert(
      fc.property(scene, fc.boolean(), (nodes, open) => {
        const { boxes, parents } = arrange(nodes, open, new Places())
        const shapes = new Map(nodes.map((node) => [node.id, node.shape]))
        const isIn = (id: string, other: string): boolean => {
          const parent = parents.get(id)
          return parent !== undefined && (parent === other || isIn(parent, other))
        }
        for (const [id, box] of boxes) {
          const parent = parents.get(id)
          if (parent !== undefined) expect(isWithin(box, boxes.get(parent)!), `${id} in ${parent}`).toBe(true)
          for (const [other, otherBox] of boxes) {
            if (other === id || isIn(id, other) || isIn(other, id)) continue
            const backdrop =
              (shapes.get(id) === 'frame' && !parents.has(id)) !==
              (shapes.get(other) === 'frame' && !parents.has(other))
            if (backdrop && (shapes.get(id) === 'card' || shapes.get(other) === 'card')) continue
            expect(overlaps(box, otherBox), `${id} over ${other}`).toBe(false)
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  it('draws everything but chips within chips that are not opened', () => {
    fc.assert(
      fc.property(scene, (nodes) => {
        const { boxes } = arrange(nodes, false, new Places())
        const ids = new Set(nodes.map(({ id }) => id))
        const hidden = nodes.filter(
          ({ id, parent }) => id.startsWith('inner') && parent !== undefined && ids.has(parent),
        )
        expect(boxes.size).toBe(nodes.length - hidden.length)
      }),
      { numRuns: 50 },
    )
  })

  it('gives the same picture for the same scene', () => {
    fc.assert(
      fc.property(scene, (nodes) => {
        expect([...arrange(nodes, false, new Places()).boxes]).toEqual([...arrange(nodes, false, new Places()).boxes])
      }),
      { numRuns: 30 },
    )
  })

  it('keeps a chip where it is when one above it goes, and gives its place to the next newcomer', () => {
    const places = new Places()
    const host = thing('h', 'host')
    const chips = ['a', 'b', 'c', 'd'].map((id) => thing(id, 'chip', 'h'))
    const before = arrange([host, ...chips], false, places).boxes
    const without = arrange([host, ...chips.filter(({ id }) => id !== 'b')], false, places).boxes
    expect(without.get('c')).toEqual(before.get('c'))
    const after = arrange([host, ...chips.filter(({ id }) => id !== 'b'), thing('e', 'chip', 'h')], false, places).boxes
    expect(after.get('e')).toEqual(before.get('b'))
    expect(after.get('d')).toEqual(before.get('d'))
  })

  it('puts chips without a place beside the part that they wait for', () => {
    const nodes = [
      thing('region', 'frame'),
      thing('plane', 'frame', 'region'),
      thing('etcd', 'part', 'plane'),
      thing('scheduler', 'part', 'plane'),
      thing('p', 'chip'),
    ]
    const { boxes, parents } = arrange(nodes, false, new Places())
    expect(parents.get('p')).toBe('plane')
    expect(boxes.get('p')!.x).toBeGreaterThan(boxes.get('scheduler')!.x)
    expect(isWithin(boxes.get('p')!, boxes.get('plane')!)).toBe(true)
  })

  it('moves what a learner has put elsewhere, with everything in it', () => {
    const nodes = [thing('r', 'frame'), thing('h', 'host', 'r'), thing('c', 'chip', 'h')]
    const before = arrange(nodes, false, new Places()).boxes
    const { x, y } = before.get('r')!
    const after = arrange(nodes, false, new Places(), { r: { x: x + 100, y: y - 40 } }).boxes
    for (const id of ['r', 'h', 'c']) {
      expect(after.get(id)).toEqual({ ...before.get(id)!, x: before.get(id)!.x + 100, y: before.get(id)!.y - 40 })
    }
  })

  it('does not lose its way in a circle of owners', () => {
    const nodes = [thing('a', 'frame', 'b'), thing('b', 'frame', 'a'), thing('c', 'chip', 'a')]
    expect(arrange(nodes, false, new Places()).boxes.size).toBe(3)
  })
})
