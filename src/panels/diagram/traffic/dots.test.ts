import { describe, expect, it } from 'vitest'
import { trackOf } from '../route/path.ts'
import { Dots, gapOf } from './dots.ts'

const track = trackOf([0, 0, 720, 0])

function seen(dots: Dots): { x: number; failed: boolean }[] {
  const all: { x: number; failed: boolean }[] = []
  dots.each((x, _y, failed) => all.push({ x, failed }))
  return all
}

describe('dots', () => {
  it('are as far apart as their rate says', () => {
    expect([gapOf(40), gapOf(120)]).toEqual([36, 12])
    const dots = new Dots({ track, rate: 40, p95: 60, errors: 0 }, 1)
    const xs = seen(dots).map(({ x }) => x)
    for (let i = 1; i < xs.length; i++) expect(xs[i - 1]! - xs[i]!).toBeCloseTo(36)
  })

  it('fail in the share that is said, and each keeps its outcome', () => {
    const dots = new Dots({ track, rate: 120, p95: 60, errors: 0.1 }, 5)
    let failures = 0
    let before = seen(dots)
    for (let step = 0; step < 3000; step++) {
      dots.advance(1 / 30)
      const now = seen(dots)
      failures += now.filter(({ failed }, i) => failed && i >= now.length - 1).length
      expect(now.length).toBeGreaterThan(50)
      before = now
    }
    expect(before.filter(({ failed }) => failed).length / before.length).toBeCloseTo(0.1, 1)
    expect(failures).toBeGreaterThan(0)
  })

  it('run dry when nothing is sent any more', () => {
    const dots = new Dots({ track, rate: 40, p95: 60, errors: 0 }, 1)
    dots.follow({ track, rate: 0, p95: 60, errors: 0 })
    for (let step = 0; step < 600; step++) dots.advance(1 / 30)
    expect(dots.count).toBe(0)
  })
})
