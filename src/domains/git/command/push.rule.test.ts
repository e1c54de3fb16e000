import { describe, expect, it } from 'vitest'
import cases from './cases/git.push.json' with { type: 'json' }
import { pushRule } from './push.rule.ts'

describe('git.push', () => {
  it.each(cases)('$name', ({ input, expect: wanted }) => {
    expect(pushRule.decide(input)).toEqual(wanted)
  })
})
