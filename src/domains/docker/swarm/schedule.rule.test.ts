import { describe, expect, it } from 'vitest'
import cases from './cases/docker.swarm.schedule.json' with { type: 'json' }
import { type Candidate, scheduleRule, type Wanted } from './schedule.rule.ts'

describe('docker.swarm.schedule', () => {
  it.each(cases)('$name', ({ input, expect: wanted }) => {
    expect(scheduleRule.decide(input as unknown as { wanted: Wanted; nodes: readonly Candidate[] })).toMatchObject(
      wanted,
    )
  })
})
