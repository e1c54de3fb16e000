import { expect, test } from 'vitest'
import cases from './cases/ssm.parameterTier.json'
import { parameterTier } from './parameterTier.rule.ts'

test.each(cases)('$id is decided like AWS', ({ input, expect: wanted }) => {
  expect(parameterTier.vector?.(input as never)).toMatchObject(wanted)
})

test('says what it is that needs an advanced parameter', () => {
  expect(
    parameterTier.decide({ requestedTier: 'Intelligent-Tiering', valueBytes: 5000, hasPolicies: true }),
  ).toMatchObject({ because: 'the value has 5000 bytes, more than 4096' })
  expect(parameterTier.decide({ requestedTier: 'Standard', valueBytes: 5000, hasPolicies: false })).toMatchObject({
    error: { code: 'ValidationException', message: expect.stringMatching(/^Standard tier parameters support .*4096/) },
  })
})
