import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classCodeOf, readClassCode, variantOf } from './classCode.ts'

describe('the code of a class', () => {
  it('is read back however it is written', () => {
    fc.assert(
      fc.property(fc.nat(24_299_999), (number) => {
        const code = classCodeOf(number)
        expect(readClassCode(` ${code.toLowerCase()} `)).toBe(code)
      }),
    )
    for (const wrong of ['', 'ABCD', 'ABCDEF', 'AB0DE', 'ÄBCDE', 'A CDE']) expect(readClassCode(wrong)).toBeUndefined()
  })

  it('gives each of a class of forty a variant of their own, the same every time', () => {
    fc.assert(
      fc.property(fc.nat(24_299_999), (number) => {
        const code = classCodeOf(number)
        const seeds = Array.from({ length: 40 }, (_, i) => variantOf(code, i + 1, 'rolling-bounds'))
        expect(new Set(seeds).size).toBeGreaterThan(35)
        expect(variantOf(code, 7, 'rolling-bounds')).toBe(seeds[6])
      }),
      { numRuns: 50 },
    )
  })
})
