import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { MemoryStore, writeBlob } from '../object/store.ts'
import { hasGit, RealGit } from '../testing/realGit.ts'
import { changes } from './changes.ts'
import { linesOf } from './lines.ts'
import { fileStats, renameText, statText } from './stat.ts'
import { unified } from './unified.ts'

const WORDS = ['a', 'b', 'c', '', '  d', '    e', '}', '{', '\tf', 'function g() {', '  return 1', 'x = 1']
const texts = fc
  .tuple(fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }), fc.boolean())
  .map(([lines, newline]) => lines.join('\n') + (newline && lines.length > 0 ? '\n' : ''))

/** A long text and an edited copy of it. */
const edits = fc
  .tuple(
    fc.array(fc.constantFrom(...WORDS, 'unique 1', 'unique 2', 'unique 3'), { minLength: 30, maxLength: 250 }),
    fc.array(fc.tuple(fc.nat(250), fc.nat(6), fc.array(fc.constantFrom(...WORDS), { maxLength: 6 })), { maxLength: 8 }),
  )
  .map(([lines, cuts]) => {
    const other = [...lines]
    for (const [at, count, fresh] of cuts) other.splice(at % (other.length + 1), count, ...fresh)
    return [`${lines.join('\n')}\n`, `${other.join('\n')}\n`] as const
  })

function ours(a: string, b: string): string {
  const store = new MemoryStore()
  const side = (text: string) => ({ path: 'f', mode: '100644', id: writeBlob(store, text) })
  return unified(store, { status: 'M', old: side(a), new: side(b) }, { abbreviate: (id) => id.slice(0, 7) })
}

describe.skipIf(!hasGit)('diff equals git', () => {
  const real = new RealGit()
  afterAll(() => real.end())

  function theirs(a: string, b: string): string {
    writeFileSync(join(real.dir, 'a'), a)
    writeFileSync(join(real.dir, 'b'), b)
    return real
      .run(['diff', '--no-index', 'a', 'b'])
      .out.replace('diff --git a/a b/b', 'diff --git a/f b/f')
      .replace('--- a/a\n+++ b/b\n', '--- a/f\n+++ b/f\n')
  }

  test('of small texts with few different lines', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        if (a !== b) expect(ours(a, b)).toBe(theirs(a, b))
      }),
      { numRuns: 250 },
    )
  })

  test('of edited long texts', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(edits, ([a, b]) => {
        if (a !== b) expect(ours(a, b)).toBe(theirs(a, b))
      }),
      { numRuns: 200 },
    )
  })

  test('of texts so different that the search is cut short', { timeout: 60_000 }, () => {
    const text = (seed: number): string => {
      let x = seed
      return Array.from({ length: 3000 }, () => {
        x = (Math.imul(x, 1103515245) + 12345) & 0x7fffffff
        return `${(x >> 8) % 400}\n`
      }).join('')
    }
    for (const seed of [1, 2]) expect(ours(text(seed), text(seed + 7))).toBe(theirs(text(seed), text(seed + 7)))
  })
})

test('changes lead from one text to the other', () => {
  fc.assert(
    fc.property(texts, texts, fc.constantFrom('myers' as const, 'histogram' as const), (a, b, algorithm) => {
      const [x, y] = [linesOf(a), linesOf(b)]
      const out: string[] = []
      let at = 0
      for (const { i1, chg1, i2, chg2 } of changes(x, y, { algorithm })) {
        out.push(...x.slice(at, i1), ...y.slice(i2, i2 + chg2))
        at = i1 + chg1
      }
      expect([...out, ...x.slice(at)].join('')).toBe(b)
    }),
  )
})

test('a renamed path shows what it has in common', () => {
  expect(renameText('a/b/c', 'a/x/c')).toBe('a/{b => x}/c')
  expect(renameText('a', 'b')).toBe('a => b')
  expect(renameText('src/a.ts', 'src/b.ts')).toBe('src/{a.ts => b.ts}')
  expect(renameText('a/c', 'a/b/c')).toBe('a/{ => b}/c')
})

test('bars are scaled to the terminal', () => {
  const store = new MemoryStore()
  const lines = (n: number) => Array.from({ length: n }, (_, i) => `${i}\n`).join('')
  const diff = (path: string, a: number, b: number) => ({
    status: 'M' as const,
    old: { path, mode: '100644', id: writeBlob(store, lines(a)) },
    new: { path, mode: '100644', id: writeBlob(store, lines(b)) },
  })
  expect(statText(fileStats(store, [diff('a', 0, 3), diff('long/name', 500, 2)]))).toBe(
    ' a         |   3 +\n long/name | 498 --------------------------------------------------------------\n 2 files changed, 3 insertions(+), 498 deletions(-)\n',
  )
})
