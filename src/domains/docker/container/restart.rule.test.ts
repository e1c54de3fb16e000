import { describe, expect, it } from 'vitest'
import cases from './cases/docker.restart.json' with { type: 'json' }
import { type RestartQuestion, restartRule } from './restart.rule.ts'

describe('docker.restart', () => {
  it.each(cases)('$name', ({ input, expect: wanted }) => {
    expect(restartRule.decide(input as RestartQuestion)).toMatchObject(wanted)
  })
})
