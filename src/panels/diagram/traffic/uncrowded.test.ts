import { describe, expect, it } from 'vitest'
import type { RouteLabel } from '../route/labels.ts'
import { uncrowded } from './uncrowded.ts'

const label = (key: string, x: number, rate: number, errors = 0): RouteLabel => ({
  key,
  x,
  y: 0,
  anchor: 'middle',
  rate,
  p95: undefined,
  errors,
})

describe('labels on lines', () => {
  it('all stand where there is room', () => {
    const labels = [label('a', 0, 1), label('b', 200, 2)]
    expect(uncrowded(labels, 1)).toEqual(labels)
  })

  it('give way to the busier one when the camera is far, and to one that tells of failures always', () => {
    const labels = [label('a', 0, 1), label('b', 60, 9), label('c', 120, 5, 0.2)]
    expect(uncrowded(labels, 0.5).map(({ key }) => key)).toEqual(['c'])
    expect(uncrowded(labels, 0.9).map(({ key }) => key)).toEqual(['a', 'c'])
  })
})
