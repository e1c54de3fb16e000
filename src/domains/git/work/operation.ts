import type { Repo } from './repo.ts'

/** What is under way in a working copy, in the sentences of `git status`. */
export interface Operation {
  /** What stands above the branch. */
  readonly before: readonly string[]
  readonly lines: readonly string[]
  readonly rebasing: boolean
  /** Whether a merge, pick or revert waits for its commit, so that unstaging is not offered. */
  readonly merging: boolean
}

/** Reads from the git directory what is under way. Models: git wt-status.c wt_longstatus_print_state */
export function operationLines(repo: Repo, conflicts: boolean): Operation {
  if (repo.read('rebase-merge/done') !== undefined) return rebase(repo, conflicts)
  const none = { before: [], rebasing: false }
  if (repo.read('MERGE_HEAD') !== undefined)
    return {
      ...none,
      merging: true,
      lines: conflicts
        ? [
            'You have unmerged paths.',
            '  (fix conflicts and run "git commit")',
            '  (use "git merge --abort" to abort the merge)',
          ]
        : ['All conflicts fixed but you are still merging.', '  (use "git commit" to conclude merge)'],
    }
  for (const [file, verb, doing, noun] of [
    ['CHERRY_PICK_HEAD', 'cherry-pick', 'cherry-picking', 'cherry-pick'],
    ['REVERT_HEAD', 'revert', 'reverting', 'revert'],
  ] as const) {
    const id = repo.read(file)?.trim()
    if (id === undefined) continue
    return {
      ...none,
      merging: file === 'CHERRY_PICK_HEAD',
      lines: [
        `You are currently ${doing} commit ${repo.abbreviate(id)}.`,
        conflicts
          ? `  (fix conflicts and run "git ${verb} --continue")`
          : `  (all conflicts fixed: run "git ${verb} --continue")`,
        `  (use "git ${verb} --skip" to skip this patch)`,
        `  (use "git ${verb} --abort" to cancel the ${noun} operation)`,
      ],
    }
  }
  return { ...none, lines: [], merging: false }
}

function rebase(repo: Repo, conflicts: boolean): Operation {
  const lines = (name: string): readonly string[] =>
    (repo.read(`rebase-merge/${name}`) ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const short = (line: string): string =>
    line.replace(/[0-9a-f]{40}/, (id) => repo.abbreviate(id)).replace(/^(\w+ [0-9a-f]+) # /, '$1 ')
  const onto = repo.abbreviate((repo.read('rebase-merge/onto') ?? '').trim())
  const name = (repo.read('rebase-merge/head-name') ?? '').trim()
  const done = lines('done')
  const todo = lines('git-rebase-todo')
  const many = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`
  const before = [`interactive rebase in progress; onto ${onto}`]
  if (done.length === 0) before.push('No commands done.')
  else {
    before.push(
      done.length === 1
        ? 'Last command done (1 command done):'
        : `Last commands done (${many(done.length, 'command')} done):`,
      ...done.slice(-2).map((line) => `   ${short(line)}`),
    )
    if (done.length > 2) before.push('  (see more in file .git/rebase-merge/done)')
  }
  if (todo.length === 0) before.push('No commands remaining.')
  else
    before.push(
      todo.length === 1
        ? 'Next command to do (1 remaining command):'
        : `Next commands to do (${many(todo.length, 'remaining command')}):`,
      ...todo.slice(0, 2).map((line) => `   ${short(line)}`),
      '  (use "git rebase --edit-todo" to view and edit)',
    )
  const where = name.startsWith('refs/heads/') ? ` branch '${name.slice(11)}' on '${onto}'` : ''
  const stopped = repo.read('rebase-merge/amend') !== undefined
  const own = conflicts
    ? [
        `You are currently rebasing${where || '.'}${where ? '.' : ''}`,
        '  (fix conflicts and then run "git rebase --continue")',
        '  (use "git rebase --skip" to skip this patch)',
        '  (use "git rebase --abort" to check out the original branch)',
      ]
    : stopped
      ? [
          `You are currently editing a commit while rebasing${where}.`,
          '  (use "git commit --amend" to amend the current commit)',
          '  (use "git rebase --continue" once you are satisfied with your changes)',
        ]
      : [`You are currently rebasing${where}.`, '  (all conflicts fixed: run "git rebase --continue")']
  return { before: [...before, ...own, ''], lines: [], rebasing: true, merging: false }
}
