import { describe, expect, it } from 'vitest'
import { commitTime, graphWidth, type History, laneX, linePath, refsAt } from './history.ts'

const history: History = {
  commits: [],
  refs: [
    { name: 'v1', sort: 'tag', commit: 'a' },
    { name: 'feature', sort: 'branch', commit: 'a' },
    { name: 'main', sort: 'branch', commit: 'a' },
    { name: 'old', sort: 'branch', commit: 'b' },
  ],
  head: { commit: 'a', branch: 'main' },
  lanes: 2,
}

describe('a history of commits', () => {
  it('names a commit by its refs, the branch of HEAD first', () => {
    expect(refsAt(history, 'a').map(({ name, head }) => [name, head])).toEqual([
      ['main', true],
      ['v1', false],
      ['feature', false],
    ])
    const detached = { ...history, head: { commit: 'b', branch: null } }
    expect(refsAt(detached, 'b').map(({ name }) => name)).toEqual(['HEAD', 'old'])
  })

  it('keeps every lane within its width, and bends only where the lane changes', () => {
    expect(laneX(1)).toBeLessThan(graphWidth(2))
    expect(linePath(0, 0, 0)).not.toContain('C')
    expect(linePath(0, 0, 1)).toContain('C')
  })

  it('tells time to the minute', () => {
    expect(commitTime(1767225600 + 61)).toBe('2026-01-01 00:01')
  })
})
