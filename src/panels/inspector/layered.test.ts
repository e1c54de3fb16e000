import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aimAt } from './aimAt.ts'
import { type ChartBox, type ChartWay, layered, type Placed } from './layered.ts'
import { hubsOf, ranksOf } from './ranks.ts'
import { spread } from './spread.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const graph = fc
  .tuple(
    fc.integer({ min: 1, max: names.length }),
    fc.array(fc.tuple(fc.nat(7), fc.nat(7), fc.integer({ min: 30, max: 160 })), { maxLength: 14 }),
  )
  .map(([n, pairs]) => {
    const boxes: ChartBox[] = names.slice(0, n).map((id, i) => ({ id, width: 100 + i * 15, height: 52 }))
    const ways = new Map<string, ChartWay>()
    for (const [from, to, width] of pairs) {
      const [a, b] = [names[from % n] as string, names[to % n] as string]
      ways.set(`${a} ${b}`, { id: `${a} ${b}`, from: a, to: b, label: { width, height: 24 } })
    }
    return { boxes, ways: [...ways.values()] }
  })

function drawn({ boxes, ways }: { boxes: readonly ChartBox[]; ways: readonly ChartWay[] }) {
  const rank = ranksOf(
    boxes.map(({ id }) => id),
    ways,
    'a',
    new Set(),
  )
  return { rank, drawing: layered(boxes, ways, rank) }
}

function overlap(a: Placed, b: Placed): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

describe('rows of a lifecycle', () => {
  it('goes by steps from the first, with the final last', () => {
    const ways = [
      { from: 'Pulling', to: 'Running' },
      { from: 'Running', to: 'Exited' },
      { from: 'Exited', to: 'Pulling' },
      { from: 'Pulling', to: 'Gone' },
    ]
    const rank = ranksOf(['Pulling', 'Running', 'Exited', 'Gone'], ways, 'Pulling', new Set(['Gone']))
    expect(Object.fromEntries(rank)).toEqual({ Pulling: 0, Running: 1, Exited: 2, Gone: 3 })
  })

  it('puts what almost everything leads to below all of it', () => {
    const line = ['a', 'b', 'c', 'd', 'e']
    const ways = [
      ...line.slice(1).map((to, i) => ({ from: line[i] as string, to })),
      ...line.map((from) => ({ from, to: 'bin' })),
    ]
    expect([...hubsOf(ways, 'a')]).toEqual(['bin'])
    expect(ranksOf([...line, 'bin'], ways, 'a', new Set()).get('bin')).toBe(5)
  })
})

describe('a row', () => {
  it('keeps order and gaps, and grants wishes that do not collide', () => {
    expect(
      spread(
        [
          { middle: 0, width: 10 },
          { middle: 100, width: 10 },
        ],
        5,
      ),
    ).toEqual([0, 100])
    fc.assert(
      fc.property(
        fc.array(fc.record({ middle: fc.integer({ min: -500, max: 500 }), width: fc.integer({ min: 1, max: 200 }) })),
        (row) => {
          const middles = spread(row, 7)
          for (let i = 1; i < row.length; i++) {
            const room = ((row[i - 1]?.width ?? 0) + (row[i]?.width ?? 0)) / 2 + 7
            expect((middles[i] ?? 0) - (middles[i - 1] ?? 0)).toBeGreaterThanOrEqual(room - 1e-6)
          }
        },
      ),
    )
  })
})

describe('the drawing', () => {
  it('lets no two boxes or labels overlap, and keeps all inside', () => {
    fc.assert(
      fc.property(graph, (given) => {
        const { drawing } = drawn(given)
        const all = [...drawing.boxes.values(), ...[...drawing.ways.values()].map(({ label }) => label)]
        for (const [i, one] of all.entries()) {
          for (const other of all.slice(i + 1)) expect(overlap(one, other)).toBe(false)
          expect(one.x).toBeGreaterThanOrEqual(-0.001)
          expect(one.x + one.width).toBeLessThanOrEqual(drawing.width + 0.001)
          expect(one.y + one.height).toBeLessThanOrEqual(drawing.height + 0.001)
        }
      }),
    )
  })

  it('starts each way at the border of its box and ends it at that of the other, by right angles', () => {
    fc.assert(
      fc.property(graph, (given) => {
        const { drawing } = drawn(given)
        for (const way of given.ways) {
          const points = drawing.ways.get(way.id)?.points ?? []
          const [from, to] = [drawing.boxes.get(way.from), drawing.boxes.get(way.to)]
          const [start, end] = [points[0], points.at(-1)]
          if (!from || !to || !start || !end) throw new Error(`${way.id} is not drawn`)
          for (const [point, box] of [
            [start, from],
            [end, to],
          ] as const) {
            expect([box.y, box.y + box.height].some((y) => Math.abs(y - point[1]) < 0.001)).toBe(true)
            expect(point[0]).toBeGreaterThanOrEqual(box.x)
            expect(point[0]).toBeLessThanOrEqual(box.x + box.width)
          }
          for (let i = 1; i < points.length; i++) {
            const [[x1, y1], [x2, y2]] = [points[i - 1] ?? [0, 0], points[i] ?? [0, 0]]
            expect(Math.min(Math.abs(x1 - x2), Math.abs(y1 - y2))).toBeLessThanOrEqual(1)
          }
        }
      }),
    )
  })

  it('is the same each time', () => {
    fc.assert(
      fc.property(graph, (given) => {
        expect(drawn(given).drawing).toEqual(drawn(given).drawing)
      }),
    )
  })
})

describe('where to look', () => {
  const boxes: ChartBox[] = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, width: 120, height: 52 }))
  const ways = boxes.slice(1).map(({ id }, i) => ({
    id,
    from: boxes[i]?.id ?? '',
    to: id,
    label: { width: 60, height: 24 },
  }))
  const { drawing } = drawn({ boxes, ways })

  it('shows all of a drawing that fits, in the middle', () => {
    const { y } = aimAt(drawing, 'e', { width: 800, height: drawing.height + 148 }, false)
    expect(y).toBeCloseTo(74)
  })

  it('shows the present state of one that does not, without going past its edges', () => {
    expect(aimAt(drawing, 'a', { width: 800, height: 200 }, false).y).toBe(24)
    expect(aimAt(drawing, 'e', { width: 800, height: 200 }, false).y).toBeCloseTo(200 - 24 - drawing.height)
  })
})
