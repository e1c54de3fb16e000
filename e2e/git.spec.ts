// The ids of commits made in the browser are those of real git for the same files, people and times.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

const PEOPLE = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_AUTHOR_DATE: '1767225600 +0000',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_COMMITTER_DATE: '1767225600 +0000',
}

/** What real git answers; the known ids where there is none. */
function realIds(): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'orrery-git-'))
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...PEOPLE, HOME: folder },
    }).trim()
  try {
    git('init', '-q', '-b', 'main')
    writeFileSync(join(folder, 'hello.txt'), 'hello\n')
    git('add', '.')
    git('commit', '-q', '-m', 'Say hello')
    writeFileSync(join(folder, 'hello.txt'), 'hello\nworld\n')
    git('commit', '-q', '-a', '-m', 'Say more')
    return [git('rev-parse', 'HEAD'), git('rev-parse', 'HEAD~1'), git('rev-parse', 'HEAD^{tree}')]
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return KNOWN
    throw problem
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const KNOWN: readonly string[] = [
  'd6a98ed6c523f0def109f43b4422296614c457d0',
  '65ab16d1eb967ba78aa91b31c2877487704e0c2f',
  'b2ebf159fb11cd612e1c3e62636be14ce60424ad',
]

test('commits made in the browser have the ids of real git', async ({ page }) => {
  const wanted = realIds()
  expect(wanted).toEqual(KNOWN)
  const bench = await Bench.open(page, 'three-nodes')
  for (const [name, value] of Object.entries(PEOPLE)) await bench.type(`export ${name}='${value}'`)
  await bench.type('mkdir hello && cd hello && git init -q -b main')
  await bench.type("echo hello > hello.txt && git add . && git commit -q -m 'Say hello'")
  await bench.type("echo world >> hello.txt && git commit -q -a -m 'Say more'")
  await bench.type("git rev-parse HEAD HEAD~1 'HEAD^{tree}'")
  for (const id of wanted) await expect(bench.output).toContainText(id)
})
