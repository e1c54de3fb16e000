import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DecisionPicture } from '../../host/views/index.ts'
import { filterColumns, wordOf } from './filterColumns.ts'
import { foldChain } from './foldChain.ts'
import { historySpans, stripWindow } from './historySpans.ts'
import { linePath } from './linePath.ts'
import { addSample, figuresOf, type Sample } from './samples.ts'
import { fallen, outcomeOf, runningTotal, theatreSteps } from './theatreSteps.ts'
import { toldParts, toldWords } from './toldParts.ts'

describe('told sentences', () => {
  it('finds nouns and verbatim words', () => {
    expect(toldParts('The [scheduler](c/kube-scheduler) ran `kubectl get po`.')).toEqual([
      { is: 'text', text: 'The ' },
      { is: 'noun', text: 'scheduler', id: 'c/kube-scheduler' },
      { is: 'text', text: ' ran ' },
      { is: 'code', text: 'kubectl get po' },
      { is: 'text', text: '.' },
    ])
  })

  it('leaves everything else as it is: markup stays text, half a mark too', () => {
    for (const text of ['<b onclick="x">hi</b>', '[open](', '`never closed', '[]()', 'a [b] (c)'])
      expect(toldParts(text)).toEqual([{ is: 'text', text }])
  })

  it('takes code first come, so that a link in it stays words', () => {
    expect(toldParts('`[a](b)`')).toEqual([{ is: 'code', text: '[a](b)' }])
  })

  it('loses no word of any sentence', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replace(/[[\]()`]/g, '')
        expect(toldWords(plain)).toBe(plain)
        expect(toldWords(`x [${plain.replace(/\s/g, '') || 'n'}](id) y`)).toBe(`x ${plain.replace(/\s/g, '') || 'n'} y`)
      }),
    )
  })
})

describe('a long chain', () => {
  it('is folded in the middle, but never a single link', () => {
    const chain = (n: number) => Array.from({ length: n }, (_, i) => i)
    expect(foldChain(chain(7)).hidden).toBe(0)
    const { first, hidden, last } = foldChain(chain(12))
    expect([...first, ...last]).toEqual([0, 1, 2, 3, 10, 11])
    expect(first.length + hidden + last.length).toBe(12)
  })
})

describe('the strip of a life', () => {
  const life = {
    history: [
      { at: 0, into: 'Pulling', event: 1 },
      { at: 4000, into: 'Creating', event: 2 },
      { at: 4000, into: 'Running', event: 3 },
      { at: 7000, into: 'BackOff', event: 4 },
    ],
    tones: { Running: 'ok', BackOff: 'err' } as const,
  }

  it('leaves out what took no time, ends at now, and adds what is left of the timer', () => {
    const spans = historySpans({ ...life, timers: [{ at: 30_000 }, { at: 17_000 }] }, 9000)
    expect(spans.map(({ state, from, to, future }) => [state, from, to, future])).toEqual([
      ['Pulling', 0, 4000, false],
      ['Running', 4000, 7000, false],
      ['BackOff', 7000, 9000, false],
      ['BackOff', 9000, 17_000, true],
    ])
    expect(stripWindow(spans)).toEqual({ from: 0, to: 17_510 })
  })

  it('shows nothing of what lies after a sought moment', () => {
    expect(historySpans({ ...life, timers: [] }, 5000).map(({ state }) => state)).toEqual(['Pulling', 'Running'])
  })
})

describe('lines on ways', () => {
  it('rounds corners and forgets points on the way', () => {
    expect(
      linePath([
        [0, 0],
        [0, 10],
        [0, 40],
        [50, 40],
      ]),
    ).toBe('M0 0L0 32Q0 40 8 40L50 40')
    expect(linePath([])).toBe('')
  })
})

describe('figures while watched', () => {
  const look = {
    title: 'web',
    tone: 'ok',
    word: 'Ready',
    figures: ['40/s', '250m'],
    meters: [{ label: 'CPU', requested: 2, used: 1, of: 4, text: '2 of 4' }],
  } as const

  it('reads meters and rates, but not what is only asked for', () => {
    expect(figuresOf(look).map(({ label, value }) => [label, value])).toEqual([
      ['CPU', 1],
      ['Requests', 40],
    ])
    expect(figuresOf(undefined)).toEqual([])
  })

  it('keeps one a second, and forgets what lies ahead after going back', () => {
    let samples: readonly Sample[] = []
    for (const at of [0, 1000, 2000, 3000, 1000]) samples = addSample(samples, at, figuresOf(look))
    expect(samples.map(({ at }) => at)).toEqual([0, 1000])
    for (let at = 2; at < 400; at++) samples = addSample(samples, at * 1000, figuresOf(look))
    expect(samples.length).toBe(120)
  })
})

describe('a decision on its stage', () => {
  const decision: DecisionPicture = {
    event: 1,
    at: 0,
    subject: 'pod/web',
    noun: 'Node',
    entered: 3,
    asked: 3,
    passed: 2,
    filters: ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => ({ name })),
    scorers: [
      { name: 'S', weight: 3 },
      { name: 'T', weight: 1 },
    ],
    candidates: [
      { name: 'n1', meters: [], points: [100, 29], total: 329, place: 1, winner: true },
      { name: 'n2', meters: [], points: [0, 92], total: 92, place: 2, winner: false },
      { name: 'n3', meters: [], refused: { by: 4, reasons: ['too small'] }, winner: false },
    ],
    words: [],
    asks: [],
    label: 'Pod',
    called: 'web',
    replaced: [],
  }

  it('gives columns to those that refused, fills up from the front, and joins the rest', () => {
    expect(filterColumns(decision, 0).map(({ name }) => name)).toEqual(['E', '5 others'])
    const columns = filterColumns(decision, 4)
    expect(columns.map(({ name }) => name)).toEqual(['A', 'B', 'C', 'E', '2 others'])
    expect(columns.map((column) => wordOf({ by: 4 }, column))).toEqual([
      'passed',
      'passed',
      'passed',
      'refused',
      'not asked',
    ])
    expect(columns.every((column) => wordOf(undefined, column) === 'passed')).toBe(true)
  })

  it('steps from the entrance over filters and points to the choice', () => {
    const { steps, columns } = theatreSteps(decision)
    expect(steps.map(({ is }) => is)).toEqual(['enter', ...columns.map(() => 'filter'), 'score', 'score', 'choose'])
    expect([0, 3, 4, 5].map((asked) => fallen(decision.candidates, columns, asked))).toEqual([0, 0, 1, 1])
  })

  it('adds points times weights up to the total that the rule gave', () => {
    for (const one of decision.candidates.filter(({ total }) => total !== undefined))
      expect(runningTotal(one, decision.scorers, 2)).toBe(one.total)
  })

  it('says the outcome, also when nobody or only one is left', () => {
    expect(outcomeOf(decision)).toEqual({ head: '3 enter, 1 fall', winner: 'n1', tail: 'wins by 237' })
    const alone = decision.candidates.filter(({ name }) => name !== 'n2')
    expect(outcomeOf({ ...decision, candidates: alone, passed: 1 }).tail).toBe('is the only one left')
    expect(outcomeOf({ ...decision, candidates: alone.slice(1), passed: 0 }).tail).toBe('nobody is left')
  })
})
