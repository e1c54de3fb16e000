import type { Json } from '../../../kernel/index.ts'
import { filesOfCommit } from '../object/flatTree.ts'
import { readCommit } from '../object/store.ts'
import { subjectOf } from '../revision/pretty.ts'
import { walk } from '../revision/walk.ts'
import { statusOf } from '../work/status.ts'
import { statusText } from '../work/statusText.ts'
import { resetFiles } from '../work/workTree.ts'
import { conflictNote } from './applyMerge.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { makeCommit, summaryOf } from './committing.ts'
import { flags } from './flags.ts'
import { cleanMessage } from './message.ts'
import { layOn } from './picking.ts'
import { die, Problem } from './problem.ts'
import { selection } from './ranges.ts'

const FLAGS = flags(`
  abort | cancel revert or cherry-pick sequence
  continue | resume revert or cherry-pick sequence
  quit | end revert or cherry-pick sequence
  skip | skip current commit and continue
  n,no-commit | don't automatically commit
  e,edit | edit the commit message
  s,signoff | accepted
  m,mainline=<parent-number> | select mainline parent
  x | append commit name
  X,strategy-option=<option> | option for merge strategy
  strategy=<strategy> | accepted
  ff | allow fast-forward
  allow-empty | preserve initially empty commits
  keep-redundant-commits | keep redundant, empty commits
`)

/** Models: git builtin/revert.c cmd_cherry_pick and sequencer.c */
export const cherryPick: Command = {
  name: 'cherry-pick',
  summary: 'Apply the changes introduced by some existing commits',
  usage: [
    'git cherry-pick [--edit] [-n] [-m <parent-number>] [-s] [-x] [--ff] <commit>...',
    'git cherry-pick (--continue | --skip | --abort | --quit)',
  ],
  completes: 'refs',
  flags: FLAGS,
  run: (ask) => sequence(ask, false),
  resume: (ask) => resumed(ask, false),
}

/** Models: git builtin/revert.c cmd_revert and sequencer.c */
export const revert: Command = {
  name: 'revert',
  summary: 'Revert some existing commits',
  usage: [
    'git revert [--[no-]edit] [-n] [-m <parent-number>] [-s] <commit>...',
    'git revert (--continue | --skip | --abort | --quit)',
  ],
  completes: 'refs',
  flags: FLAGS,
  run: (ask) => sequence(ask, true),
  resume: (ask) => resumed(ask, true),
}

function names(backwards: boolean) {
  return backwards
    ? { verb: 'revert', head: 'REVERT_HEAD', apply: 'revert' }
    : { verb: 'cherry-pick', head: 'CHERRY_PICK_HEAD', apply: 'apply' }
}

function sequence(ask: Ask, backwards: boolean): Reply {
  const { repo } = ask
  const { verb, head } = names(backwards)
  const started = repo.read('sequencer/head')?.trim()
  const current = repo.read(head)?.trim()
  const none = (): never => {
    throw new Problem(`error: no cherry-pick or revert in progress\nfatal: ${verb} failed`, 128)
  }
  if (ask.flag('abort')) {
    if (current === undefined && started === undefined) none()
    const to = started ?? repo.head()
    resetFiles(repo, filesOfCommit(repo.store, to))
    if (to !== undefined && to !== repo.head()) repo.moveRef('HEAD', to, ask.logger, `reset: moving to ${to}`)
    forget(ask, head)
    return 0
  }
  if (ask.flag('quit')) {
    forget(ask, head)
    return 0
  }
  if (ask.flag('skip')) {
    if (current === undefined && started === undefined) none()
    resetFiles(repo, repo.headFiles())
    repo.remove(head)
    repo.remove('MERGE_MSG')
    return goOn(ask, backwards)
  }
  if (ask.flag('continue')) {
    if (current === undefined && started === undefined) none()
    if (repo.stage().conflicts.size > 0)
      throw new Problem(
        `error: Committing is not possible because you have unmerged files.\nhint: Fix them up in the work tree, and then use 'git add/rm <file>'\nhint: as appropriate to mark resolution and make a commit.\nfatal: Exiting because of an unresolved conflict.`,
      )
    if (current !== undefined) {
      if (editing(ask, backwards)) return { edit: `${repo.gitDir}/MERGE_MSG`, next: 'continue' as Json }
      commitPicked(ask, backwards, current, cleanMessage(repo.read('MERGE_MSG') ?? '', true))
    }
    return goOn(ask, backwards)
  }
  if (ask.args.length === 0) throw new Problem(ask.usage.trimEnd(), 129)
  if (repo.stage().conflicts.size > 0)
    throw new Problem(
      `error: ${backwards ? 'Reverting' : 'Cherry-picking'} is not possible because you have unmerged files.\nhint: Fix them up in the work tree, and then use 'git add/rm <file>'\nhint: as appropriate to mark resolution and make a commit.\nfatal: ${verb} failed`,
    )
  const commits = listed(ask, backwards)
  const { staged } = statusOf(repo, { untracked: 'no' })
  if (staged.length > 0 && !ask.flag('no-commit'))
    throw new Problem(
      `error: your local changes would be overwritten by ${verb}.\nhint: commit your changes or stash them to proceed.\nfatal: ${verb} failed`,
    )
  if (commits.length > 1) {
    repo.write('sequencer/head', `${repo.head()}\n`)
    repo.write('sequencer/todo', commits.map((id) => `${verb === 'revert' ? 'revert' : 'pick'} ${id}\n`).join(''))
  }
  return commits.length > 1 ? goOn(ask, backwards) : one(ask, backwards, commits[0] as string)
}

function listed(ask: Ask, backwards: boolean): readonly string[] {
  const ranged = ask.args.some((word) => /\.\./.test(word) || word.startsWith('^'))
  if (!ranged) return ask.args.map((word) => bad(ask, word))
  const { from, not } = selection(ask, ask.args, [])
  const found = walk(ask.repo.store, from, { not }).map(({ id }) => id)
  if (found.length === 0) throw new Problem(`error: empty commit set passed\nfatal: ${names(backwards).verb} failed`)
  return backwards ? found : found.reverse()
}

function bad(ask: Ask, word: string): string {
  try {
    return ask.commit(word)
  } catch {
    return die(`bad revision '${word}'`)
  }
}

function goOn(ask: Ask, backwards: boolean): Reply {
  const { repo } = ask
  for (;;) {
    const todo = (repo.read('sequencer/todo') ?? '').split('\n').filter((line) => line !== '')
    const [first, ...rest] = todo
    if (first === undefined) {
      if (repo.files.exists(`${repo.gitDir}/sequencer`)) repo.remove('sequencer')
      return 0
    }
    repo.write('sequencer/todo', rest.map((line) => `${line}\n`).join(''))
    const reply = one(ask, backwards, first.split(' ')[1] as string)
    if (reply !== 0) return reply
  }
}

function one(ask: Ask, backwards: boolean, id: string): Reply {
  const { repo } = ask
  const { verb, head, apply } = names(backwards)
  const commit = readCommit(repo.store, id)
  const mainline = ask.value('mainline')
  if (commit.parents.length > 1 && mainline === undefined)
    throw new Problem(`error: commit ${id} is a merge but no -m option was given.\nfatal: ${verb} failed`)
  if (commit.parents.length < 2 && mainline !== undefined && commit.parents.length === 1 && mainline !== '1')
    throw new Problem(`error: commit ${id} does not have parent ${mainline}\nfatal: ${verb} failed`)
  const parent = mainline === undefined ? commit.parents[0] : commit.parents[Number(mainline) - 1]
  const subject = subjectOf(commit.message)
  const message = backwards
    ? revertMessage(id, subject, commit.parents.length > 1 ? parent : undefined)
    : ask.flag('x')
      ? withPicked(commit.message, id)
      : commit.message
  const picked = layOn(ask, id, backwards, parent)
  if (picked.conflicts.length > 0) {
    repo.write('MERGE_MSG', `${message}${conflictNote(picked.conflicts)}`)
    if (!ask.flag('no-commit')) repo.write(head, `${id}\n`)
    const again = `"git ${verb} --continue"`
    ask.err(
      `error: could not ${apply} ${ask.short(id)}... ${subject}\nhint: After resolving the conflicts, mark them with\nhint: "git add/rm <pathspec>", then run\nhint: ${again}.\nhint: You can instead skip this commit with "git ${verb} --skip".\nhint: To abort and get back to the state before "git ${verb}",\nhint: run "git ${verb} --abort".\nhint: Disable this message with "git config set advice.mergeConflict false"\n`,
    )
    return 1
  }
  if (ask.flag('no-commit')) {
    repo.write('MERGE_MSG', message)
    return 0
  }
  if (picked.empty && !ask.flag('allow-empty') && !ask.flag('keep-redundant-commits')) {
    repo.write('MERGE_MSG', message)
    repo.write(head, `${id}\n`)
    ask.out(statusText(repo, statusOf(repo), (path) => ask.relative(path)))
    ask.err(
      `The previous cherry-pick is now empty, possibly due to conflict resolution.\nIf you wish to commit it anyway, use:\n\n    git commit --allow-empty\n\nOtherwise, please use 'git ${verb} --skip'\n`,
    )
    return 1
  }
  if (editing(ask, backwards)) {
    repo.write(
      'MERGE_MSG',
      `${message}\n# Please enter the commit message for your changes. Lines starting\n# with '#' will be ignored, and an empty message aborts the commit.\n`,
    )
    repo.write(head, `${id}\n`)
    return { edit: `${repo.gitDir}/MERGE_MSG`, next: 'commit' as Json }
  }
  commitPicked(ask, backwards, id, message)
  return 0
}

function editing(ask: Ask, backwards: boolean): boolean {
  if (ask.no('edit')) return false
  return ask.flag('edit') || (backwards && ask.call.interactive && ask.call.terminal)
}

function resumed(ask: Ask, backwards: boolean): Reply {
  const { repo } = ask
  const message = cleanMessage(repo.read('MERGE_MSG') ?? '', true)
  if (message === '') {
    ask.err('Aborting commit due to empty commit message.\n')
    return 1
  }
  commitPicked(ask, backwards, (repo.read(names(backwards).head) ?? '').trim(), message)
  return goOn(ask, backwards)
}

function commitPicked(ask: Ask, backwards: boolean, id: string, message: string): void {
  const { repo } = ask
  const author = backwards ? ask.who('AUTHOR') : readCommit(repo.store, id).author
  const head = repo.head()
  const made = makeCommit(ask, {
    files: repo.stage().files,
    parents: head === undefined ? [] : [head],
    author,
    message,
    log: backwards ? 'revert' : 'cherry-pick',
  })
  repo.remove(names(backwards).head)
  repo.remove('MERGE_MSG')
  ask.out(summaryOf(ask, made, true))
}

function withPicked(message: string, id: string): string {
  const trailer = `(cherry picked from commit ${id})`
  const body = message.trimEnd()
  return `${body}${/\n\n(?:[\w-]+: .*\n?|\(cherry picked.*\n?)+$/.test(`${body}\n`) ? '\n' : '\n\n'}${trailer}\n`
}

function revertMessage(id: string, subject: string, mainline: string | undefined): string {
  const again = /^Revert "(.*)"$/.exec(subject)
  const head = again && !again[1]?.startsWith('Revert "') ? `Reapply "${again[1]}"` : `Revert "${subject}"`
  return `${head}\n\nThis reverts commit ${id}${mainline === undefined ? '' : `, reversing\nchanges made to ${mainline}`}.\n`
}

function forget(ask: Ask, head: string): void {
  for (const name of [head, 'MERGE_MSG', 'sequencer']) ask.repo.remove(name)
}
