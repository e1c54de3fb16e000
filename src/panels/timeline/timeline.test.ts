import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MarkSort, TimelineMark } from '../../host/views/index.ts'
import { dueLabels } from './dueLabels.ts'
import { laneAt, laneRows } from './laneRows.ts'
import { thinMarks } from './thinMarks.ts'
import { ringFor, ticks } from './ticks.ts'
import { clockText, leftText, lengthText, readTime, wholeText } from './timeText.ts'
import { FIRST_WINDOW, follow, pan, zoom } from './viewWindow.ts'

describe('times in words', () => {
  it('writes the clock to a tenth, hours only when there are some', () => {
    expect(clockText(842_300)).toBe('14:02.3')
    expect(clockText(842_399)).toBe('14:02.3')
    expect(clockText(4_442_300)).toBe('1:14:02.3')
    expect(wholeText(5_000)).toBe('00:05')
  })

  it('says lengths in the unit that fits', () => {
    expect([400, 9_960, 23_400, 119_000, 720_000, 7_300_000].map(lengthText)).toEqual([
      '0.4 s',
      '10 s',
      '23 s',
      '119 s',
      '12 min',
      '2 h',
    ])
    expect(leftText(6_400)).toBe('6.4 s')
    expect(leftText(-5)).toBe('0.0 s')
  })

  it('reads back every time that the clock shows, to the tenth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 36_000_000 }), (ms) => {
        expect(readTime(clockText(ms))).toBe(Math.floor(ms / 100) * 100)
      }),
    )
    expect(readTime('90')).toBe(90_000)
    expect(readTime('soon')).toBeUndefined()
  })
})

describe('the chapter ring', () => {
  it('has strokes each second, five and ten seconds at the first zoom', () => {
    expect(ringFor(FIRST_WINDOW.perMs)).toEqual([1000, 5000, 10_000])
    const found = ticks(795_000, 800_000, FIRST_WINDOW.perMs)
    expect(found.map(({ weight }) => weight)).toEqual(['middle', 'minor', 'minor', 'minor', 'minor', 'major'])
    expect(found.at(-1)?.label).toBe('13:20')
  })

  it('keeps labels apart and strokes sparse at every zoom, and starts at 0', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 0.9, noNaN: true }),
        fc.integer({ min: -1000, max: 1e8 }),
        (power, from) => {
          const perMs = 10 ** power
          const found = ticks(from, from + 800 / perMs, perMs)
          expect(found.length).toBeLessThan(170)
          expect(found.every(({ at }) => at >= 0)).toBe(true)
          const labelled = found.filter(({ label }) => label !== undefined)
          for (let i = 1; i < labelled.length; i++)
            expect(((labelled[i]?.at ?? 0) - (labelled[i - 1]?.at ?? 0)) * perMs).toBeGreaterThan(60)
          expect(new Set(labelled.map(({ label }) => label)).size).toBe(labelled.length)
        },
      ),
    )
  })
})

describe('the strip under the hand', () => {
  it('stays while the hand is in the middle, and moves just enough otherwise', () => {
    expect(follow(FIRST_WINDOW, 10_000, 804)).toBe(FIRST_WINDOW)
    const moved = follow(FIRST_WINDOW, 100_000, 804)
    expect((100_000 - moved.origin) * moved.perMs).toBeCloseTo(804 * 0.727)
    expect(follow(moved, 100_000, 804)).toBe(moved)
  })

  it('settles: following twice is following once, whatever the zoom', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.0001, max: 5, noNaN: true }),
        fc.integer({ min: 0, max: 1e7 }),
        fc.integer({ min: 200, max: 2000 }),
        (perMs, now, width) => {
          const once = follow({ origin: -24 / perMs, perMs }, now, width)
          expect(follow(once, now, width).origin).toBeCloseTo(once.origin, 3)
        },
      ),
    )
  })

  it('keeps the time under the pointer when it zooms, and never shows much before 0', () => {
    const view = { origin: 50_000, perMs: 0.01 }
    const closer = zoom(view, 2, 300)
    expect(closer.origin + 300 / closer.perMs).toBeCloseTo(view.origin + 300 / view.perMs)
    expect(pan(view, -1e9).origin * view.perMs).toBeCloseTo(-24)
  })
})

describe('marks', () => {
  const mark = (at: number, sort: MarkSort): TimelineMark => ({ event: at, at, sort, text: sort, about: 'x' })

  it('keeps the weightier of two that would overlap and counts the other', () => {
    const shown = thinMarks([mark(0, 'state'), mark(5, 'fault'), mark(100, 'alert')], 1)
    expect(shown.map(({ mark: { sort }, swallowed }) => [sort, swallowed])).toEqual([
      ['fault', 1],
      ['alert', 0],
    ])
  })

  it('keeps them apart, in order, and loses none from the count', () => {
    const sorts: MarkSort[] = ['command', 'deploy', 'state', 'alert', 'fault']
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.constantFrom(...sorts)), { maxLength: 80 }),
        (given) => {
          const marks = given.map(([at, sort], event) => ({ ...mark(at, sort), event }))
          const shown = thinMarks(marks, 0.5)
          expect(shown.reduce((sum, { swallowed }) => sum + swallowed + 1, 0)).toBe(marks.length)
          for (let i = 1; i < shown.length; i++)
            expect(((shown[i]?.mark.at ?? 0) - (shown[i - 1]?.mark.at ?? 0)) * 0.5).toBeGreaterThanOrEqual(11)
        },
      ),
    )
  })

  it('writes what is due only where words have room', () => {
    const due = [
      { at: 100, to: 'a', text: 'grace ends' },
      { at: 110, to: 'b', text: 'cart retries' },
      { at: 120, to: 'c', text: 'a third one' },
      { at: 790, to: 'd', text: 'cut off at the edge' },
    ]
    expect(dueLabels(due, (at) => at, 800).map(({ line }) => line)).toEqual([0, 1, undefined, undefined])
    expect(dueLabels(due, (at) => at, 800, 95).map(({ line }) => line)[0]).toBeUndefined()
  })
})

describe('lanes', () => {
  const lane = (id: number, forkedAt: number, end: number) => ({ id, forkedAt, end })

  it('puts forks above the first branch, on one line when they do not meet', () => {
    const rows = laneRows([lane(0, 0, 100), lane(1, 10, 20), lane(2, 40, 90), lane(3, 50, 95)], 0, 5)
    expect(rows.get(0)).toBe(40)
    expect(rows.get(1)).toBe(rows.get(3))
    expect(rows.get(2)).not.toBe(rows.get(3))
  })

  it('carries a time before the fork on the lane that was left', () => {
    const branches = [lane(0, 0, 100), { ...lane(1, 40, 90), parent: 0 }, { ...lane(2, 60, 95), parent: 1 }]
    expect([10, 50, 70].map((at) => laneAt(branches, 2, at))).toEqual([0, 1, 2])
  })

  it('always has room for the shown branch', () => {
    const lanes = [lane(0, 0, 100), ...Array.from({ length: 9 }, (_, i) => lane(i + 1, 10, 90))]
    for (const shown of [1, 5, 9]) expect(laneRows(lanes, shown, 5).has(shown)).toBe(true)
    expect(laneRows(lanes, 1, 5).size).toBe(4)
  })
})
