import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { GitSession } from './testing/gitSession.ts'
import { hasGit, RealGit } from './testing/realGit.ts'

const folder = new URL('./scenarios/', import.meta.url)
const ENV = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_EDITOR: 'true',
  GIT_PAGER: 'cat',
}

/** Hints are worded anew in every version, and objects are counted in ways of its own: neither is compared. */
function plain(text: string, dir: string): string {
  return text
    .replaceAll(dir, '/work')
    .replaceAll('\u001b[K', '')
    .replace('to merge the remote branch into yours)', 'if you want to integrate the remote branch with yours)')
    .split('\n')
    .map((line) =>
      line.replace(/^[^\n]*\r *(?=\S)/, '').replace(/^Could not apply (\w+)\.\.\. # /, 'Could not apply $1... '),
    )
    .filter((line) => !/^(hint:|Rebasing \()/.test(line))
    .join('\n')
}

describe.skipIf(!hasGit)('what git prints equals real git', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sh'))
  for (const name of names)
    test(name, { timeout: 60_000 }, () => {
      const real = new RealGit()
      const ours = new GitSession()
      ours.run('mkdir /work; cd /work')
      for (const [key, value] of Object.entries(ENV)) ours.run(`export ${key}='${value}'`)
      let cwd = ''
      let clock = 1_767_225_600
      try {
        real.shell('git config --global init.defaultBranch main; git config --global core.quotepath true', {
          HOME: real.dir,
        })
        for (const line of readFileSync(new URL(name, folder), 'utf8').split('\n')) {
          if (line.trim() === '' || line.startsWith('#')) continue
          clock += 60
          const dates = { GIT_AUTHOR_DATE: `${clock} +0000`, GIT_COMMITTER_DATE: `${clock} +0000` }
          for (const [key, value] of Object.entries(dates)) ours.run(`export ${key}='${value}'`)
          const cd = /^cd (\S+)$/.exec(line)?.[1]
          if (cd !== undefined) {
            cwd = cd.startsWith('/work') ? cd.slice(6) : `${cwd}/${cd}`
            ours.run(line)
            continue
          }
          const script = `cd "${real.dir}/${cwd}"; { ${line.replaceAll('/work', real.dir)}\n} 2>&1; true`
          const theirs = real.shell(script, { ...ENV, ...dates, HOME: real.dir })
          expect
            .soft(`$ ${line}\n${plain(ours.run(`{ ${line}; } 2>&1 | cat`), '\0')}`)
            .toBe(`$ ${line}\n${plain(theirs, real.dir)}`)
        }
      } finally {
        real.end()
      }
    })
  test('there are some', () => expect(names.length).toBeGreaterThan(3))
})

afterAll(() => {
  if (!hasGit) console.warn('git.test: there is no git binary here, so nothing was compared with it')
})
