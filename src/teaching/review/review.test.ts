import { describe, expect, it } from 'vitest'
import { abilitiesOf, shownCounts } from './ability.ts'
import { askedCodes, conceptCards, questionCard } from './ankiCards.ts'
import { ankiText } from './ankiText.ts'
import { brierOf, calibrationOf } from './calibration.ts'
import type { Outcome } from './outcome.ts'
import { dueAt, memoriesOf, recallAt } from './schedule.ts'

const DAY = 86_400_000
const outcome = (at: number, over: Partial<Outcome> = {}): Outcome => ({
  at,
  source: 'quiz',
  id: 'min-healthy',
  skill: 'predict',
  concepts: ['ecs.deployment'],
  right: true,
  ...over,
})

describe('the schedule of reviews', () => {
  it('is due within a day or two after a first wrong answer, later after a right one, later still after a certain one', () => {
    const dueOf = (over: Partial<Outcome>) => memoriesOf([outcome(0, over)]).get('ecs.deployment')?.due ?? 0
    expect(dueOf({ right: false })).toBeLessThanOrEqual(2 * DAY)
    expect(dueOf({})).toBeGreaterThan(dueOf({ right: false }))
    expect(dueOf({ sureness: 3 })).toBeGreaterThan(dueOf({ sureness: 2 }))
    expect(dueOf({ sureness: 1 })).toBeLessThan(dueOf({ sureness: 2 }))
  })

  it('grows its intervals as long as answers are right, and falls back after a lapse', () => {
    const outcomes: Outcome[] = [outcome(0)]
    const gaps: number[] = []
    for (let i = 0; i < 4; i++) {
      const { due, last } = memoriesOf(outcomes).get('ecs.deployment') as { due: number; last: number }
      gaps.push(due - last)
      outcomes.push(outcome(due))
    }
    expect([...gaps].sort((a, b) => a - b)).toEqual(gaps)
    const before = memoriesOf(outcomes).get('ecs.deployment')
    const lapsed = memoriesOf([...outcomes, outcome(before?.due ?? 0, { right: false })]).get('ecs.deployment')
    expect(lapsed?.lapses).toBe(1)
    expect((lapsed?.due ?? 0) - (lapsed?.last ?? 0)).toBeLessThan(gaps[3] ?? 0)
  })

  it('counts a sitting once, as bad as its worst answer', () => {
    const once = memoriesOf([outcome(0, { right: false })]).get('ecs.deployment')
    const thrice = memoriesOf([outcome(0), outcome(60_000, { right: false }), outcome(120_000)]).get('ecs.deployment')
    expect(thrice?.stability).toBe(once?.stability)
    expect(thrice?.seen).toBe(3)
  })

  it('lists what is due, the longest overdue first, and recall falls with time', () => {
    const memories = memoriesOf([
      outcome(0, { concepts: ['a'], right: false }),
      outcome(DAY, { concepts: ['b'], right: false }),
      outcome(DAY, { concepts: ['c'], sureness: 3 }),
    ])
    expect(dueAt(memories, 4 * DAY).map(({ concept }) => concept)).toEqual(['a', 'b'])
    const a = memories.get('a')
    expect(a && recallAt(a, 10 * DAY) < recallAt(a, 2 * DAY)).toBe(true)
  })
})

describe('what outcomes say', () => {
  it('compares sureness with success', () => {
    const outcomes = [
      outcome(0, { sureness: 3 }),
      outcome(1, { sureness: 3, right: false }),
      outcome(2, { sureness: 1 }),
    ]
    expect(calibrationOf(outcomes).map(({ right, of, share }) => [right, of, share])).toEqual([
      [1, 1, 1],
      [0, 0, undefined],
      [1, 2, 0.5],
    ])
    expect(brierOf([])).toBeUndefined()
    expect(brierOf(outcomes)).toBeCloseTo((0.05 ** 2 + 0.95 ** 2 + 0.6 ** 2) / 3)
  })

  it('maps concepts to what was shown last, by skill', () => {
    const abilities = abilitiesOf([
      outcome(2, { right: false }),
      outcome(1),
      outcome(3, { skill: 'build', concepts: ['ecs.deployment', 'ecs.service'] }),
    ])
    expect(abilities.get('ecs.deployment')).toEqual({ predict: 'tried', build: 'shown', debug: 'untried' })
    expect(shownCounts(abilities)).toEqual({ predict: 0, build: 2, debug: 0 })
  })

  it('goes into Anki as one card a row, whatever the text holds', () => {
    const text = ankiText([{ front: 'A "quoted"\tquestion\nof two lines', back: '3', tags: ['k8s.pod', 'two words'] }])
    expect(text).toContain('"A ""quoted"" question\nof two lines"\t"3"\tk8s.pod two_words')
    expect(text.startsWith('#separator:tab\n#html:false\n')).toBe(true)
  })

  it('makes cards of the concepts that were met, and of the latest question of each kind', () => {
    const outcomes = [
      outcome(1, { code: 'AAAA-0001' }),
      outcome(2, { code: 'AAAA-0002' }),
      outcome(3, { id: 'max-surge', code: 'BBBB-0001', concepts: ['k8s.pod'] }),
      outcome(4, { source: 'lesson', id: 'a-pod-dies/2', concepts: ['k8s.pod'] }),
    ]
    expect(askedCodes(outcomes)).toEqual(['AAAA-0002', 'BBBB-0001'])
    const concepts = [
      { id: 'k8s.pod', title: 'Pod', topic: 'kubernetes' as const, needs: [], says: 'What runs together.' },
      { id: 'k8s.node', title: 'Node', topic: 'kubernetes' as const, needs: [], says: 'A machine.' },
    ]
    expect(conceptCards(concepts, outcomes)).toEqual([
      { front: 'Pod', back: 'What runs together.', tags: ['orrery', 'kubernetes', 'k8s.pod'] },
    ])
  })

  it('asks on a card what was asked on the screen', () => {
    const card = questionCard(
      {
        code: 'K74Q-293X',
        template: 'limits',
        title: 'Where does this pod land?',
        topic: 'scheduling',
        concepts: ['k8s.requests'],
        titles: ['Requests'],
        format: 'place',
        level: 1,
        prompt: [
          { is: 'paragraph', of: [{ is: 'text', text: 'Three nodes.' }] },
          { is: 'printed', of: [{ line: 'kubectl get nodes', output: 'NAME' }] },
        ],
        asked: {
          format: 'place',
          places: [{ name: 'node-1', facts: '300m free' }],
          none: 'Nowhere',
          asked: 'api',
          facts: ['requests 500m'],
        },
      },
      { truth: 'node-1', says: 'Requests decide.' },
    )
    expect(card.front).toBe(
      'Where does this pod land?\n\nThree nodes.\n\n$ kubectl get nodes\nNAME\n\napi, requests 500m\n\n• node-1: 300m free\n• Nowhere',
    )
    expect(card.back).toBe('node-1\n\nRequests decide.')
    expect(card.tags).toContain('code:K74Q-293X')
  })
})
