import type { Json } from '../../../kernel/index.ts'
import { filesOfCommit, writeTree } from '../object/flatTree.ts'
import { readCommit } from '../object/store.ts'
import { subjectOf } from '../revision/pretty.ts'
import { resolveCommit } from '../revision/resolve.ts'
import { resolveRef } from '../work/refs.ts'
import { switchFiles } from '../work/workTree.ts'
import { conflictNote } from './applyMerge.ts'
import type { Ask } from './ask.ts'
import type { Reply } from './command.ts'
import { makeCommit, summaryOf } from './committing.ts'
import { cleanMessage } from './message.ts'
import { layOn } from './picking.ts'
import { Problem } from './problem.ts'
import { parseTodo, type TodoItem } from './rebaseTodo.ts'

/** Does the commands that are left, until one stops or an editor is needed. Models: git sequencer.c pick_commits */
export function proceed(ask: Ask): Reply {
  const { repo } = ask
  for (;;) {
    const items = parseTodo(repo.read('rebase-merge/git-rebase-todo') ?? '')
    const [item, ...rest] = items
    if (item === undefined) return finish(ask)
    if ('bad' in item)
      throw new Problem(
        `error: invalid command '${item.bad.split(' ')[0]}'\nerror: invalid line 1: ${item.bad}\nYou can fix this with 'git rebase --edit-todo' and then run 'git rebase --continue'.\nOr you can abort the rebase with 'git rebase --abort'.`,
        1,
      )
    repo.write('rebase-merge/git-rebase-todo', rest.map((one) => `${'bad' in one ? one.bad : one.line}\n`).join(''))
    repo.write('rebase-merge/done', `${item.line}\n`, true)
    const reply = step(ask, item, rest[0])
    if (reply !== undefined) return reply
  }
}

function step(ask: Ask, item: TodoItem, following: TodoItem | { readonly bad: string } | undefined): Reply | undefined {
  const { repo } = ask
  if (item.verb === 'noop' || item.verb === 'drop') return undefined
  if (item.verb === 'break') {
    ask.err(
      `Stopped at ${ask.short(repo.head() ?? '')} (${subjectOf(readCommit(repo.store, repo.head() as string).message)})\n`,
    )
    return 0
  }
  const id = resolveCommit(repo, item.commit)
  if (id === undefined)
    throw new Problem(`error: could not parse '${item.commit}'\nerror: invalid line 1: ${item.line}`, 1)
  const commit = readCommit(repo.store, id)
  const head = repo.head()
  const melds = item.verb === 'squash' || item.verb === 'fixup'
  const forward = head !== undefined && commit.parents[0] === head && commit.parents.length === 1
  if (forward && !melds && !ask.flag('force-rebase') && !ask.no('ff')) {
    switchFiles(repo, filesOfCommit(repo.store, head), filesOfCommit(repo.store, id))
    const before = repo.head()
    repo.refs.set('HEAD', id)
    repo.log('HEAD', before, id, ask.logger, `rebase (${item.verb}): ${subjectOf(commit.message)}`)
  } else {
    const picked = layOn(ask, id)
    if (picked.conflicts.length > 0) {
      stop(ask, item, id, picked.conflicts)
      return 1
    }
    if (
      picked.empty &&
      commit.parents.length === 1 &&
      !melds &&
      readCommit(repo.store, commit.parents[0] as string).tree !== commit.tree
    ) {
      ask.err(`dropping ${id} ${subjectOf(commit.message)} -- patch contents already upstream\n`)
      return undefined
    }
    if (melds) return meld(ask, item, id, following)
    makeCommit(ask, {
      files: repo.stage().files,
      parents: head === undefined ? [] : [head],
      author: commit.author,
      message: commit.message,
      log: `rebase (${item.verb})`,
    })
  }
  if (item.verb === 'edit') {
    const here = repo.head() as string
    repo.write('rebase-merge/amend', `${here}\n`)
    repo.write('rebase-merge/stopped-sha', `${id}\n`)
    ask.err(
      `Stopped at ${ask.short(id)}...  ${subjectOf(commit.message)}\nYou can amend the commit now, with\n\n  git commit --amend \n\nOnce you are satisfied with your changes, run\n\n  git rebase --continue\n`,
    )
    return 0
  }
  if (item.verb !== 'reword') return undefined
  repo.write(
    'COMMIT_EDITMSG',
    `${commit.message}\n# Please enter the commit message for your changes. Lines starting\n# with '#' will be ignored, and an empty message aborts the commit.\n`,
  )
  repo.write('rebase-merge/editing', 'reword\n')
  return { edit: `${repo.gitDir}/COMMIT_EDITMSG`, next: 'step' as Json }
}

/** Puts a change into the commit before; the message is edited once the last of a run of them is in. */
function meld(
  ask: Ask,
  item: TodoItem,
  id: string,
  following: TodoItem | { readonly bad: string } | undefined,
): Reply | undefined {
  const { repo } = ask
  const head = repo.head() as string
  const target = readCommit(repo.store, head)
  const added = readCommit(repo.store, id)
  const count = Number(repo.read('rebase-merge/meld-count') ?? 1) + 1
  const before = repo.read('rebase-merge/message-squash') ?? `# This is the 1st commit message:\n\n${target.message}`
  const message =
    item.verb === 'squash'
      ? `${before}\n# This is the commit message #${count}:\n\n${added.message}`
      : `${before}\n# The commit message #${count} will be skipped:\n\n${added.message
          .trimEnd()
          .split('\n')
          .map((line) => `# ${line}`)
          .join('\n')}\n`
  const squashes = item.verb === 'squash' || repo.read('rebase-merge/squashes') !== undefined
  amend(ask, target.message, 'rebase (fixup)')
  const more =
    following !== undefined && 'verb' in following && (following.verb === 'squash' || following.verb === 'fixup')
  if (more) {
    repo.write('rebase-merge/meld-count', String(count))
    repo.write('rebase-merge/message-squash', message)
    if (squashes) repo.write('rebase-merge/squashes', '')
    return undefined
  }
  for (const name of ['meld-count', 'message-squash', 'squashes']) repo.remove(`rebase-merge/${name}`)
  if (!squashes) return undefined
  repo.write(
    'COMMIT_EDITMSG',
    `# This is a combination of ${count} commits.\n${message}\n# Please enter the commit message for your changes. Lines starting\n# with '#' will be ignored, and an empty message aborts the commit.\n`,
  )
  repo.write('rebase-merge/editing', 'squash\n')
  return { edit: `${repo.gitDir}/COMMIT_EDITMSG`, next: 'step' as Json }
}

/** Replaces HEAD's commit by one with what is staged. */
function amend(ask: Ask, message: string, log: string): string {
  const { repo } = ask
  const commit = readCommit(repo.store, repo.head() as string)
  return makeCommit(ask, { files: repo.stage().files, parents: commit.parents, author: commit.author, message, log })
}

/** Goes on when the editor with a message was closed. */
export function resumeRebase(ask: Ask): Reply {
  const { repo } = ask
  const message = cleanMessage(repo.read('COMMIT_EDITMSG') ?? '', true)
  const what = (repo.read('rebase-merge/editing') ?? '').trim()
  repo.remove('rebase-merge/editing')
  if (message === '') {
    ask.err('Aborting commit due to empty commit message.\n')
    return 1
  }
  if (what === 'continue') return committed(ask, message)
  const id = amend(ask, message, `rebase (${what})`)
  ask.out(summaryOf(ask, id, true))
  return proceed(ask)
}

function stop(ask: Ask, item: TodoItem, id: string, conflicts: readonly string[]): void {
  const { repo } = ask
  const commit = readCommit(repo.store, id)
  const subject = subjectOf(commit.message)
  repo.write('rebase-merge/stopped-sha', `${id}\n`)
  repo.write('rebase-merge/stopped-verb', `${item.verb}\n`)
  repo.write('CHERRY_PICK_HEAD', `${id}\n`)
  repo.write('MERGE_MSG', `${commit.message}${conflictNote(conflicts)}`)
  ask.err(
    `error: could not apply ${ask.short(id)}... ${subject}\nhint: Resolve all conflicts manually, mark them as resolved with\nhint: "git add/rm <conflicted_files>", then run "git rebase --continue".\nhint: You can instead skip this commit: run "git rebase --skip".\nhint: To abort and get back to the state before "git rebase", run "git rebase --abort".\nhint: Disable this message with "git config set advice.mergeConflict false"\nCould not apply ${ask.short(id)}... # ${subject}\n`,
  )
}

/** `rebase --continue`: commits what was resolved, then goes on. */
export function continueRebase(ask: Ask): Reply {
  const { repo } = ask
  const paths = [...repo.stage().conflicts.keys()].sort()
  if (paths.length > 0)
    throw new Problem(
      `${paths.map((path) => `${path}: needs merge\n`).join('')}You must edit all merge conflicts and then\nmark them as resolved using git add`,
      1,
    )
  const picked = repo.read('CHERRY_PICK_HEAD')?.trim()
  const head = repo.head()
  const same = head !== undefined && writeTree(repo.memory, repo.stage().files) === readCommit(repo.store, head).tree
  if (picked === undefined) {
    if (repo.read('rebase-merge/amend') !== undefined && !same) {
      const id = amend(ask, readCommit(repo.store, head as string).message, 'rebase (continue)')
      ask.out(summaryOf(ask, id, true))
    }
    repo.remove('rebase-merge/amend')
    return proceed(ask)
  }
  if (same) {
    repo.remove('CHERRY_PICK_HEAD')
    repo.remove('MERGE_MSG')
    return proceed(ask)
  }
  const message = repo.read('MERGE_MSG') ?? ''
  if (ask.call.interactive && ask.call.terminal && !ask.no('edit')) {
    repo.write(
      'COMMIT_EDITMSG',
      `${message}\n# Please enter the commit message for your changes. Lines starting\n# with '#' will be ignored, and an empty message aborts the commit.\n`,
    )
    repo.write('rebase-merge/editing', 'continue\n')
    return { edit: `${repo.gitDir}/COMMIT_EDITMSG`, next: 'step' as Json }
  }
  return committed(ask, cleanMessage(message, true))
}

function committed(ask: Ask, message: string): Reply {
  const { repo } = ask
  const picked = (repo.read('CHERRY_PICK_HEAD') ?? '').trim()
  const head = repo.head()
  const verb = (repo.read('rebase-merge/stopped-verb') ?? 'pick').trim()
  for (const name of ['CHERRY_PICK_HEAD', 'MERGE_MSG', 'rebase-merge/stopped-sha', 'rebase-merge/stopped-verb'])
    repo.remove(name)
  const id =
    verb === 'squash' || verb === 'fixup'
      ? amend(ask, verb === 'fixup' ? readCommit(repo.store, head as string).message : message, 'rebase (continue)')
      : makeCommit(ask, {
          files: repo.stage().files,
          parents: head === undefined ? [] : [head],
          author: readCommit(repo.store, picked).author,
          message,
          log: 'rebase (continue)',
        })
  ask.out(summaryOf(ask, id).replace(/^ Author: .*\n/m, ''))
  return proceed(ask)
}

function finish(ask: Ask): number {
  const { repo } = ask
  const name = (repo.read('rebase-merge/head-name') ?? '').trim()
  const onto = (repo.read('rebase-merge/onto') ?? '').trim()
  const head = repo.head() as string
  if (name.startsWith('refs/')) {
    const before = resolveRef(repo.refs, name)
    repo.refs.set(name, head)
    repo.log(name, before, head, ask.logger, `rebase (finish): ${name} onto ${onto}`)
    repo.refs.set('HEAD', `ref: ${name}`)
    repo.log('HEAD', head, head, ask.logger, `rebase (finish): returning to ${name}`)
  }
  repo.remove('rebase-merge')
  if (!ask.flag('quiet'))
    ask.err(`Successfully rebased and updated ${name.startsWith('refs/') ? name : 'detached HEAD'}.\n`)
  return 0
}
