import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Completion, completionCode, readCompletionCode } from './completion.ts'

const done: Completion = {
  lesson: 'a-pod-dies',
  beat: 3,
  name: 'Ada',
  began: { position: 412, at: 61_000 },
  save: {
    version: 1,
    seed: 7,
    at: 90_000,
    shown: 1,
    branches: [
      { id: 0, name: 'main', forkedAt: 0, end: 95_000, history: [{ at: 0, line: 'false', session: 'main' }] },
      {
        id: 1,
        name: 'branch 1',
        parent: 0,
        forkedAt: 62_000,
        end: 90_000,
        history: [
          { at: 0, line: 'lab cluster up --nodes 2', session: 'main', by: 'scene' },
          { at: 64_000, line: 'kubectl scale deployment web --replicas=5', session: 'main' },
        ],
      },
    ],
  },
}

describe('a completion code', () => {
  it('carries the shown run alone, under its signature', () => {
    const code = completionCode(done)
    expect(code.length).toBeLessThan(500)
    expect(readCompletionCode(`\n ${code.slice(0, 40)}\n${code.slice(40)} `)).toEqual({
      ...done,
      save: {
        ...done.save,
        shown: 0,
        branches: [{ id: 0, name: 'branch 1', forkedAt: 0, end: 90_000, history: done.save.branches[1]?.history }],
      },
    })
  })

  it('is refused when it is anything else', () => {
    const code = completionCode(done)
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.constantFrom('A', 'b', '7', '-'), (at, sign) => {
        fc.pre(code[at] !== sign)
        expect(readCompletionCode(code.slice(0, at) + sign + code.slice(at + 1))).toHaveProperty('wrong')
        expect(readCompletionCode(code.slice(0, at))).toHaveProperty('wrong')
      }),
      { numRuns: 300 },
    )
  })
})
