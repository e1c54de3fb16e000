import { describe, expect, it } from 'vitest'
import { type Direction, neighbour, readingOrder } from './neighbour.ts'

const boxes = new Map([
  ['region', { x: 0, y: 0, w: 700, h: 500 }],
  ['a', { x: 10, y: 100, w: 220, h: 300 }],
  ['b', { x: 240, y: 100, w: 220, h: 300 }],
  ['a1', { x: 24, y: 170, w: 198, h: 28 }],
  ['a2', { x: 24, y: 203, w: 198, h: 42 }],
  ['b1', { x: 254, y: 170, w: 198, h: 28 }],
  ['b2', { x: 254, y: 203, w: 198, h: 28 }],
])
const parents = new Map([
  ['a', 'region'],
  ['b', 'region'],
  ['a1', 'a'],
  ['a2', 'a'],
  ['b1', 'b'],
  ['b2', 'b'],
])
const go = (from: string, direction: Direction) => neighbour(boxes, from, direction, parents)

describe('arrow keys', () => {
  it('walk the chips of one box up and down', () => {
    expect(go('a1', 'down')).toBe('a2')
    expect(go('a2', 'up')).toBe('a1')
  })

  it('go over to the chip of the same height in the next box', () => {
    expect(go('a1', 'right')).toBe('b1')
    expect(go('b2', 'left')).toBe('a2')
  })

  it('go from a box into it, and from box to box', () => {
    expect(go('a', 'down')).toBe('a1')
    expect(go('a', 'right')).toBe('b')
  })

  it('stop at the edge', () => {
    expect(go('b1', 'right')).toBeUndefined()
    expect(go('a2', 'down')).toBeUndefined()
  })

  it('reach everything from anywhere when Home has gone to the first', () => {
    const order = readingOrder(boxes)
    expect(order).toEqual(['region', 'a', 'b', 'a1', 'b1', 'a2', 'b2'])
    const seen = new Set<string>()
    const visit = (id: string) => {
      if (seen.has(id)) return
      seen.add(id)
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = go(id, direction)
        if (next) visit(next)
      }
    }
    visit(order[0]!)
    expect([...seen].sort()).toEqual([...order].sort())
  })
})
