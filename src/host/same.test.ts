import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { same, shared } from './same.ts'

/** Values of views: JSON, and fields that are undefined, which a worker's message keeps. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(undefined, null, true, 0, 1, 'a', 'b'),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('id', 'x', 'y'), tie('any'), { noNullPrototype: true }),
  ),
})).any

describe('a value that comes anew', () => {
  it('is what it was before sharing, and the old one where they are equal', () => {
    fc.assert(
      fc.property(value, value, (old, next) => {
        const [oldCopy, copy] = [structuredClone(old), structuredClone(next)]
        const got = shared(old, next)
        expect(got).toStrictEqual(copy)
        expect(old).toStrictEqual(oldCopy)
        if (same(old, copy)) expect(got).toBe(old)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps the parts that are equal, also where things of a list have moved', () => {
    const old = {
      list: [
        { id: 'a', look: { tone: 'ok' } },
        { id: 'b', look: { tone: 'err' } },
      ],
      left: 0,
    }
    const got = shared(old, {
      list: [
        { id: 'b', look: { tone: 'err' } },
        { id: 'a', look: { tone: 'warn' } },
      ],
      left: 0,
    }) as typeof old
    expect(got).not.toBe(old)
    expect(got.list[0]).toBe(old.list[1])
    expect(got.list[1]).toEqual({ id: 'a', look: { tone: 'warn' } })
    expect(shared(old, structuredClone(old))).toBe(old)
  })

  it('takes the bytes of a picture as they come, and knows when they are the same', () => {
    const [old, next] = [Uint8Array.of(1, 2), Uint8Array.of(1, 2)]
    expect(shared({ cells: old }, { cells: next })).toEqual({ cells: next })
    expect((shared({ cells: old }, { cells: next }) as { cells: unknown }).cells).toBe(next)
    expect(same(old, next)).toBe(true)
    expect(same(old, Uint8Array.of(1, 3))).toBe(false)
    expect(same(old, Uint16Array.of(1, 2))).toBe(false)
    expect(same(old, [1, 2])).toBe(false)
  })
})
