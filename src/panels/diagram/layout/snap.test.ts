import { describe, expect, it } from 'vitest'
import { snapped } from './snap.ts'

const still = { x: 100, y: 100, w: 200, h: 50 }

describe('a dragged box', () => {
  it('lies on the nearest edge of another, with a line that shows it', () => {
    expect(snapped({ x: 104, y: 300, w: 80, h: 40 }, [still])).toEqual({
      x: 100,
      y: 300,
      guides: [{ upright: true, at: 100, from: 100, to: 340 }],
    })
  })

  it('lies on middles too, but never with a middle on an edge', () => {
    expect(snapped({ x: 163, y: 300, w: 80, h: 40 }, [still]).x).toBe(160)
    expect(snapped({ x: 62, y: 300, w: 80, h: 40 }, [still]).x).toBe(62)
  })

  it('may lie on two at once, each the nearest', () => {
    const { x, y, guides } = snapped({ x: 298, y: 153, w: 60, h: 50 }, [still, { x: 600, y: 205, w: 10, h: 10 }])
    expect([x, y]).toEqual([300, 155])
    expect(guides).toHaveLength(2)
  })

  it('stays where it is when nothing is near', () => {
    expect(snapped({ x: 500, y: 500, w: 10, h: 10 }, [still])).toEqual({ x: 500, y: 500, guides: [] })
  })
})
