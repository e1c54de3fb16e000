import { describe, expect, it } from 'vitest'
import cases from './cases/docker.swarm.restart.json' with { type: 'json' }
import { type RestartTaskQuestion, restartTaskRule } from './restartTask.rule.ts'

describe('docker.swarm.restart', () => {
  it.each(cases)('$name', ({ input, expect: wanted }) => {
    expect(restartTaskRule.decide(input as unknown as RestartTaskQuestion)).toMatchObject(wanted)
  })
})
