import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Save } from '../host/save.ts'
import { readSaveFile, writeSaveFile } from './saveFile.ts'
import { readSave } from './saveSchema.ts'
import { packShare, unpackShare } from './share.ts'

const SEED = 20_260
const RUNS = 1000

const save: Save = {
  version: 1,
  seed: 7,
  at: 5000,
  shown: 1,
  branches: [
    {
      id: 0,
      name: 'main',
      forkedAt: 0,
      end: 9000,
      history: [
        { at: 0, line: 'lab cluster up', session: 'main', by: 'scene' },
        { at: 10, line: 'kubectl get pods', session: 'main' },
      ],
    },
    { id: 1, name: '<img src=x onerror=alert(1)>', parent: 0, forkedAt: 4000, end: 5000, history: [] },
  ],
}

const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    1.5,
    Number.MAX_SAFE_INTEGER,
    '',
    '__proto__',
    '<script>alert(1)</script>',
    'x'.repeat(70_000),
    [],
    {},
    [[[]]],
    { __proto__: { admin: true } },
  ),
  fc.jsonValue(),
)

/** One place of a value, replaced, taken away or doubled. */
function mutated(value: unknown, path: readonly number[], how: number, by: unknown): unknown {
  if (path.length === 0 || typeof value !== 'object' || value === null) return by
  const [first = 0, ...rest] = path
  if (Array.isArray(value)) {
    if (value.length === 0) return [by]
    const at = first % value.length
    if (rest.length === 0 && how === 1) return value.filter((_, i) => i !== at)
    if (rest.length === 0 && how === 2) return [...value, value[at]]
    return value.map((one, i) => (i === at ? mutated(one, rest, how, by) : one))
  }
  const entries = Object.entries(value)
  const [key] = entries[first % Math.max(1, entries.length)] ?? ['new']
  if (rest.length === 0 && how === 1) return Object.fromEntries(entries.filter(([name]) => name !== key))
  if (rest.length === 0 && how === 2) return { ...value, [`${key}2`]: by }
  return { ...value, [key]: mutated((value as Record<string, unknown>)[key], rest, how, by) }
}

const places = fc.array(fc.nat(9), { minLength: 1, maxLength: 5 })

describe('hostile input', () => {
  it('as a save is a save to the last field, or is refused in words', () => {
    let refused = 0
    fc.assert(
      fc.property(places, fc.nat(2), nasty, (path, how, by) => {
        const read = readSave(mutated(save, path, how, by))
        if ('wrong' in read) {
          refused++
          expect(read.wrong).not.toBe('')
        } else expect(readSave(JSON.parse(JSON.stringify(read.save)))).toEqual(read)
      }),
      { numRuns: RUNS, seed: SEED },
    )
    expect(refused).toBeGreaterThan(RUNS / 2)
  })

  it('as a file never throws, whatever was cut out of it or put in', () => {
    const text = writeSaveFile('World', save)
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(40), fc.string({ unit: 'binary', maxLength: 20 }), (at, length, by) => {
        const read = readSaveFile(text.slice(0, at) + by + text.slice(at + length))
        if ('wrong' in read) expect(read.wrong).not.toBe('')
        else expect(readSaveFile(writeSaveFile(read.title, read.save))).toEqual(read)
      }),
      { numRuns: RUNS, seed: SEED },
    )
  })

  it('as a link never throws, and what is unpacked is what was packed', () => {
    const packed = packShare({ title: 'World', save })
    if ('wrong' in packed) throw new Error(packed.wrong)
    const { link } = packed
    fc.assert(
      fc.property(fc.nat(link.length), fc.nat(20), fc.string({ maxLength: 20 }), (at, length, by) => {
        const hostile = link.slice(0, at) + by + link.slice(at + length)
        const read = unpackShare(hostile)
        if (hostile === link) expect(read).toEqual({ title: 'World', save })
        else expect(read).toHaveProperty('wrong')
      }),
      { numRuns: RUNS, seed: SEED },
    )
  })
})
