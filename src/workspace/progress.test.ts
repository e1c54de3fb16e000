import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../teaching/review/outcome.ts'
import { backupCode, readBackupCode } from './backupCode.ts'
import { readProgressFile, writeProgressFile } from './progressFile.ts'

const id = fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/)
const outcome: fc.Arbitrary<Outcome> = fc.record(
  {
    at: fc.nat(3_000_000).map((minutes) => 1_760_000_000_000 - (1_760_000_000_000 % 60_000) + minutes * 60_000),
    source: fc.constantFrom('lesson' as const, 'quiz' as const, 'review' as const, 'exam' as const, 'lab' as const),
    id,
    skill: fc.constantFrom('predict' as const, 'build' as const, 'debug' as const),
    concepts: fc.array(id, { minLength: 1, maxLength: 3 }),
    right: fc.boolean(),
    sureness: fc.constantFrom(1 as const, 2 as const, 3 as const),
    misconception: id,
  },
  { requiredKeys: ['at', 'source', 'id', 'skill', 'concepts', 'right'] },
)
const progress = fc.record({
  outcomes: fc.array(outcome, { maxLength: 60 }).map((all) => all.sort((a, b) => a.at - b.at)),
  lessons: fc.dictionary(
    id,
    fc.record(
      {
        begun: fc.nat(1000).map((n) => n * 60_000),
        done: fc.integer({ min: 1, max: 9 }).map((n) => n * 60_000),
        stars: fc.nat(2),
      },
      { requiredKeys: ['begun', 'stars'] },
    ),
    { maxKeys: 8 },
  ),
})

/** Equal as data: outcomes of one moment may stand in any order, and an object has no order at all. */
const plain = (data: unknown) => JSON.parse(JSON.stringify(data)) as { outcomes: readonly Outcome[]; lessons: object }
const sorted = (data: unknown) => {
  const { outcomes, lessons } = plain(data)
  return { lessons, outcomes: outcomes.map((one) => JSON.stringify(Object.entries(one).sort())).sort() }
}

describe('progress', () => {
  it('survives a file and, to the minute, a code', () => {
    fc.assert(
      fc.property(progress, (data) => {
        expect(plain(readProgressFile(writeProgressFile(data)))).toEqual(plain(data))
        expect(sorted(readBackupCode(backupCode(data)))).toEqual(sorted(data))
      }),
      { numRuns: 60 },
    )
  })

  it('is refused when a sign of the code is changed', () => {
    const code = backupCode({ outcomes: [], lessons: { 'a-pod-dies': { begun: 60_000, done: 120_000, stars: 2 } } })
    expect(code.length).toBeLessThan(80)
    for (let i = 0; i < code.length; i++) {
      const changed = `${code.slice(0, i)}${code[i] === 'A' ? 'B' : 'A'}${code.slice(i + 1)}`
      expect(readBackupCode(changed)).toHaveProperty('wrong')
    }
  })

  it('of anything else is refused in words', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 200 }), fc.json()), (text) => {
        expect(readProgressFile(text)).toHaveProperty('wrong')
        expect(readBackupCode(text)).toHaveProperty('wrong')
      }),
    )
    expect(readProgressFile('{"orreryProgress":1,"outcomes":[{"at":-1}],"lessons":{}}')).toHaveProperty(
      'wrong',
      expect.stringContaining('outcomes.0'),
    )
  })
})
