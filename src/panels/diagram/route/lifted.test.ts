import { describe, expect, it } from 'vitest'
import type { SceneEdge, SceneNode } from '../../../host/views/scene.view.ts'
import { lifted } from './lifted.ts'

const box = { x: 0, y: 0, w: 1, h: 1 }
const nodes = [
  { id: 'task', parent: 'zone' },
  { id: 'web', parent: 'task' },
  { id: 'sidecar', parent: 'task' },
] as unknown as readonly SceneNode[]
const edge = (to: string, rate: number, errors: number): SceneEdge => ({
  id: `group>${to}`,
  from: 'group',
  to,
  kind: 'traffic',
  rate,
  errors,
  p95: rate,
})

describe('lines to things that are not drawn', () => {
  it('end at what holds them, and add up there', () => {
    const boxes = new Map([
      ['group', box],
      ['task', box],
    ])
    const [line, ...others] = lifted([edge('web', 30, 0), edge('sidecar', 10, 0.4)], nodes, { boxes })
    expect(others).toEqual([])
    expect(line).toMatchObject({ from: 'group', to: 'task', rate: 40, p95: 30 })
    expect(line?.errors).toBeCloseTo(0.1)
  })

  it('stay as they are where all ends are drawn', () => {
    const edges = [edge('web', 30, 0)]
    const boxes = new Map([
      ['group', box],
      ['web', box],
    ])
    expect(lifted(edges, nodes, { boxes })).toBe(edges)
  })
})
