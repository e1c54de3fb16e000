import * as fs from 'node:fs'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import isomorphic from 'isomorphic-git'
import { describe, expect, test } from 'vitest'
import { mergeCommits } from './merge/mergeCommits.ts'
import { type FlatTree, filesOfCommit, writeTree } from './object/flatTree.ts'
import { MemoryStore, readBlob, writeBlob, writeObject } from './object/store.ts'
import { GitSession } from './testing/gitSession.ts'
import { hasGit, RealGit } from './testing/realGit.ts'

const WHO = { name: 'Ada', email: 'ada@example.com', at: 1_767_225_600, zone: '+0000' }

/** Files by path; `null` for one that is not there. */
type Texts = Readonly<Record<string, string>>

const paths = ['a', 'b.txt', 'd/e', 'd/f/g', 'd.x', 'ä', 'Z']
const lines = fc.array(fc.constantFrom('one', 'two', 'three', '', '  four', 'é'), { maxLength: 12 })
const text = lines.map((all) => all.map((line) => `${line}\n`).join(''))
const texts = fc.dictionary(fc.constantFrom(...paths), text, { minKeys: 1 }) as fc.Arbitrary<Texts>

function commitOf(store: MemoryStore, files: Texts, parents: readonly string[], message: string, at = WHO.at): string {
  const flat: FlatTree = new Map(
    Object.entries(files).map(([path, body]) => [path, { mode: '100644', id: writeBlob(store, body) }]),
  )
  const who = { ...WHO, at }
  return writeObject(store, {
    type: 'commit',
    tree: writeTree(store, flat),
    parents,
    author: who,
    committer: who,
    message,
  })
}

function dates(at = WHO.at): { readonly [name: string]: string } {
  return { GIT_AUTHOR_DATE: `${at} +0000`, GIT_COMMITTER_DATE: `${at} +0000` }
}

function put(real: RealGit, files: Texts): void {
  for (const name of ['a', 'b.txt', 'd', 'd.x', 'ä', 'Z'])
    rmSync(join(real.dir, name), { recursive: true, force: true })
  for (const [path, body] of Object.entries(files)) {
    mkdirSync(dirname(join(real.dir, path)), { recursive: true })
    writeFileSync(join(real.dir, path), body)
  }
}

test('a fixed history has the ids that real git gives it', () => {
  const session = new GitSession()
  session.run('git config --global user.name Ada; git config --global user.email ada@example.com')
  session.run('git init -q r; cd r; printf "hello\\n" > a.txt; mkdir d; printf "x\\n" > d/run.sh; chmod +x d/run.sh')
  session.run('git add .; GIT_AUTHOR_DATE="1700000000 +0130" git commit -qm "First commit"; git tag -a v1 -m one')
  expect(session.run('git rev-parse HEAD HEAD^{tree} HEAD:a.txt HEAD:d v1').trim().split('\n')).toEqual(FIXED)
})

/** Of git 2.39.5, for the history above. */
const FIXED: readonly string[] = [
  'b29b6be4a4cc1faf540ef8ff16e74c401d193b1e',
  '807edd9a8413513b121760297941beb8d71c73c9',
  'ce013625030ba8dba906f756967f9e9ca394464a',
  '4db8d882a56aac458b4741f95be7a01a7f673acf',
  '2171b43b2bed0506ad588b4d924ab63fb508d69c',
]

describe.skipIf(!hasGit)('random histories', () => {
  test('have the ids of real git and of isomorphic-git', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 4 }), async (history) => {
        const real = new RealGit()
        try {
          real.run(['init', '-q', '-b', 'main'])
          const store = new MemoryStore()
          let head: string | undefined
          for (const [i, files] of history.entries()) {
            put(real, files)
            real.run(['add', '-A'])
            real.run(['commit', '-q', '--allow-empty', '-m', `commit ${i}`], dates(WHO.at + i))
            head = commitOf(store, files, head === undefined ? [] : [head], `commit ${i}\n`, WHO.at + i)
            expect(head).toBe(real.run(['rev-parse', 'HEAD']).out.trim())
          }
          const log = await isomorphic.log({ fs, dir: real.dir })
          expect(log[0]?.oid).toBe(head)
          const other = await isomorphic.writeCommit({
            fs,
            dir: real.dir,
            commit: {
              message: 'again\n',
              tree: log[0]?.commit.tree ?? '',
              parent: [head ?? ''],
              author: { name: 'Ada', email: 'ada@example.com', timestamp: WHO.at, timezoneOffset: 0 },
              committer: { name: 'Ada', email: 'ada@example.com', timestamp: WHO.at, timezoneOffset: 0 },
            },
          })
          expect(commitOf(store, history.at(-1) ?? {}, [head ?? ''], 'again\n')).toBe(other)
        } finally {
          real.end()
        }
      }),
      { numRuns: 12 },
    )
  })

  test('merge as real git merges them', { timeout: 180_000 }, () => {
    let compared = 0
    fc.assert(
      fc.property(mergeCase, ([base, ours, theirs]) => {
        const real = new RealGit()
        try {
          const store = new MemoryStore()
          real.run(['init', '-q', '-b', 'main'])
          const commit = (files: Texts, name: string): void => {
            put(real, files)
            real.run(['add', '-A'])
            real.run(['commit', '-q', '--allow-empty', '-m', name], dates())
          }
          commit(base, 'base')
          real.run(['checkout', '-q', '-b', 'theirs'])
          commit(theirs, 'theirs')
          real.run(['checkout', '-q', 'main'])
          commit(ours, 'ours')
          const merged = real.run(['merge', '-q', '-m', 'join', 'theirs'], dates())
          const root = commitOf(store, base, [], 'base\n')
          const a = commitOf(store, ours, [root], 'ours\n')
          const b = commitOf(store, theirs, [root], 'theirs\n')
          const result = mergeCommits(store, a, b, { ours: 'HEAD', theirs: 'theirs' })
          expect(result.conflicts.size > 0).toBe(merged.code !== 0)
          for (const [path, leaf] of result.files)
            expect([path, readBlob(store, leaf.id)]).toEqual([
              path,
              existsSync(join(real.dir, path)) ? fs.readFileSync(join(real.dir, path), 'utf8') : undefined,
            ])
          if (result.conflicts.size === 0)
            expect(writeTree(store, result.files)).toBe(real.run(['rev-parse', 'HEAD^{tree}']).out.trim())
          else {
            const stages = [...result.conflicts].flatMap(([path, of]) =>
              ([1, 2, 3] as const).flatMap((n) => (of[n] ? [`${of[n].mode} ${of[n].id} ${n}\t${path}`] : [])),
            )
            expect(stages.join('\n')).toBe(real.run(['-c', 'core.quotepath=false', 'ls-files', '-u']).out.trim())
          }
          expect(filesOfCommit(store, a).size).toBe(Object.keys(ours).length)
          compared++
        } finally {
          real.end()
        }
      }),
      { numRuns: 30 },
    )
    expect(compared).toBeGreaterThan(0)
  })
})

/** A tree and two edits of it, with renames, deletions and changes of the same lines. */
const edit = fc.record({
  at: fc.nat(30),
  cut: fc.nat(3),
  add: fc.array(fc.constantFrom('p', 'q', 'three', ''), { maxLength: 3 }),
  drop: fc.boolean(),
  rename: fc.boolean(),
})
const mergeCase = fc
  .tuple(
    fc.array(fc.constantFrom('alpha', 'beta', 'gamma', 'delta', '', '  {', '  }'), { minLength: 12, maxLength: 30 }),
    fc.array(edit, { minLength: 1, maxLength: 3 }),
    fc.array(edit, { minLength: 1, maxLength: 3 }),
    fc.boolean(),
  )
  .map(([all, first, second, numbered]): readonly [Texts, Texts, Texts] => {
    const body = all.map((line, i) => (numbered ? `${line} ${i}` : line))
    const whole = (some: readonly string[]): string => some.map((line) => `${line}\n`).join('')
    const base: Texts = { a: whole(body), 'd/e': whole(body.slice(3)), 'b.txt': 'fixed\n' }
    const edited = (edits: readonly (typeof first)[number][], to: string): Texts => {
      const next: Record<string, string> = { ...base }
      edits.forEach(({ at, cut, add, drop, rename }, i) => {
        const path = i === 0 ? 'a' : i === 1 ? 'd/e' : 'b.txt'
        const some = (base[path] ?? '').split('\n').slice(0, -1)
        some.splice(at % (some.length + 1), cut, ...add)
        if (drop && i === 2) delete next[path]
        else if (rename && i === 1) {
          delete next[path]
          next[to] = whole(some)
        } else next[path] = whole(some)
      })
      return next
    }
    return [base, edited(first, 'd/f/g'), edited(second, 'd/f/g')]
  })
