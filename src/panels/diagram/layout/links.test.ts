import { beforeAll, describe, expect, it } from 'vitest'
import { single } from './block.ts'
import { overlaps } from './box.ts'
import { graphOf, loadGraphs } from './graph.ts'
import { chainOf, joinsAmong } from './links.ts'

describe('lines between things', () => {
  beforeAll(loadGraphs)

  it('climb to the members that their ends are in, and are none within one member', () => {
    const parents = new Map([
      ['task', 'zone'],
      ['container', 'task'],
    ])
    const joins = [
      { from: 'group', to: 'container' },
      { from: 'group', to: 'task' },
      { from: 'task', to: 'container' },
      { from: 'group', to: 'nowhere' },
    ]
    expect(joinsAmong(new Set(['zone', 'group']), joins, (id) => parents.get(id))).toEqual([
      { from: 'group', to: 'zone' },
    ])
  })

  it('form a chain only when one runs through all', () => {
    const joins = [
      { from: 'build', to: 'deploy' },
      { from: 'source', to: 'build' },
    ]
    expect(chainOf(['deploy', 'build', 'source'], joins)).toEqual(['source', 'build', 'deploy'])
    expect(chainOf(['deploy', 'build', 'source', 'other'], joins)).toBeUndefined()
    expect(
      chainOf(
        ['a', 'b', 'c'],
        [
          { from: 'a', to: 'b' },
          { from: 'a', to: 'c' },
        ],
      ),
    ).toBeUndefined()
  })

  it('lead from left to right, and nothing overlaps', () => {
    const ids = ['balancer', 'blue', 'green', 'alone']
    const joins = [
      { from: 'balancer', to: 'blue' },
      { from: 'balancer', to: 'green' },
    ]
    const { items, w, h } = graphOf(
      ids.map((id) => [id, single(id, 120, 50)] as const),
      joins,
      { along: 40, down: 12, across: 20, columns: 4 },
    )
    const box = new Map(items.map((item) => [item.id, item.box]))
    for (const { from, to } of joins) expect((box.get(from)?.x ?? 0) + 120).toBeLessThan(box.get(to)?.x ?? 0)
    const all = [...box.values()]
    expect(all.some((a, i) => all.slice(i + 1).some((b) => overlaps(a, b)))).toBe(false)
    for (const { x, y, w: wide, h: tall } of all) {
      expect(x + wide).toBeLessThanOrEqual(w)
      expect(y + tall).toBeLessThanOrEqual(h)
    }
  })
})
