import type { Json } from '../../../kernel/index.ts'
import { treeDiff } from '../diff/treeDiff.ts'
import { filesOfCommit } from '../object/flatTree.ts'
import { readCommit } from '../object/store.ts'
import { isAncestor, mergeBases } from '../revision/ancestry.ts'
import { subjectOf } from '../revision/pretty.ts'
import { resolveCommit, upstreamOf } from '../revision/resolve.ts'
import { walk } from '../revision/walk.ts'
import { resolveRef } from '../work/refs.ts'
import { statusOf } from '../work/status.ts'
import { resetFiles } from '../work/workTree.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { diffText } from './diffOutput.ts'
import { flags } from './flags.ts'
import { cleanMessage } from './message.ts'
import { die, Problem } from './problem.ts'
import { continueRebase, proceed, resumeRebase } from './rebaseSteps.ts'
import { TODO_HELP } from './rebaseTodo.ts'

/** Models: git builtin/rebase.c over sequencer.c. Unlike git, merges are left out and there is no --rebase-merges. */
export const rebase: Command = {
  name: 'rebase',
  summary: 'Reapply commits on top of another base tip',
  usage: [
    'git rebase [-i] [options] [--exec <cmd>] [--onto <newbase> | --keep-base] [<upstream> [<branch>]]',
    'git rebase [-i] [options] [--exec <cmd>] [--onto <newbase>] --root [<branch>]',
    'git rebase --continue | --abort | --skip | --edit-todo',
  ],
  completes: 'refs',
  flags: flags(`
    onto=<revision> | rebase onto given branch instead of upstream
    i,interactive | let the user edit the list of commits to rebase
    continue | continue
    skip | skip current patch and continue
    abort | abort and check out the original branch
    quit | abort but keep HEAD where it is
    edit-todo | edit the todo list during an interactive rebase
    root | rebase all reachable commits up to the root(s)
    autosquash | move commits that begin with squash!/fixup!
    autostash | accepted
    f,force-rebase | rebase even if up to date
    no-ff | rebase even if up to date
    q,quiet | be quiet
    X,strategy-option=<option> | pass the argument through to the merge strategy
    keep-empty | accepted
    reapply-cherry-picks | apply all changes, even those already present upstream
    no-verify | accepted
  `),
  run(ask) {
    const { repo } = ask
    const under = repo.read('rebase-merge/onto') !== undefined
    for (const verb of ['continue', 'skip', 'abort', 'quit', 'edit-todo'])
      if (ask.flag(verb) && !under) throw new Problem('fatal: no rebase in progress', 128)
    if (ask.flag('abort')) return abort(ask)
    if (ask.flag('quit')) {
      repo.remove('rebase-merge')
      return 0
    }
    if (ask.flag('skip')) {
      resetFiles(repo, repo.headFiles())
      for (const name of ['CHERRY_PICK_HEAD', 'MERGE_MSG', 'rebase-merge/stopped-sha', 'rebase-merge/amend'])
        repo.remove(name)
      return proceed(ask)
    }
    if (ask.flag('edit-todo'))
      return { edit: `${repo.gitDir}/rebase-merge/git-rebase-todo`, editor: 'sequence', next: 'todo-edited' as Json }
    if (ask.flag('continue')) return continueRebase(ask)
    if (under)
      die(
        `It seems that there is already a rebase-merge directory, and\nI wonder if you are in the middle of another rebase.  If that is the\ncase, please try\n\tgit rebase (--continue | --abort | --skip)\nIf that is not the case, please\n\trm -fr "${repo.gitDir}/rebase-merge"\nand run me again.  I am stopping in case you still have something\nvaluable there.\n`,
      )
    return begin(ask, ask.args[0], ask.args[1])
  },
  resume(ask, next): Reply {
    if (next === 'todo-edited') return 0
    return next === 'todo' ? listEdited(ask) : resumeRebase(ask)
  },
}

/** Starts a rebase of HEAD or of a branch onto an upstream. */
export function begin(ask: Ask, given: string | undefined, branch: string | undefined): Reply {
  const { repo } = ask
  const current = repo.branch()
  const root = ask.flag('root')
  const upstreamName = root ? undefined : (given ?? trackedBy(ask))
  const upstream =
    upstreamName === undefined
      ? undefined
      : (resolveCommit(repo, upstreamName) ?? die(`invalid upstream '${upstreamName}'`))
  const what = root ? given : branch
  const { unstaged, staged, conflicts } = statusOf(repo, { untracked: 'no' })
  if (unstaged.length > 0 || conflicts.length > 0 || staged.length > 0) {
    const lines = [
      ...(unstaged.length + conflicts.length > 0 ? ['error: cannot rebase: You have unstaged changes.'] : []),
      ...(staged.length > 0
        ? [
            unstaged.length > 0
              ? 'error: additionally, your index contains uncommitted changes.'
              : 'error: cannot rebase: Your index contains uncommitted changes.',
          ]
        : []),
    ]
    throw new Problem(`${lines.join('\n')}\nerror: Please commit or stash them.`, 1)
  }
  const branchRef =
    what === undefined ? (current === undefined ? undefined : `refs/heads/${current}`) : ask.branchRef(what)
  const head = what === undefined ? repo.head() : resolveCommit(repo, what)
  if (head === undefined) return die(what === undefined ? 'no commits yet' : `no such branch/commit '${what}'`)
  const ontoName = ask.value('onto') ?? upstreamName
  const onto =
    ontoName === undefined
      ? undefined
      : (resolveCommit(repo, ontoName) ?? die(`Does not point to a valid commit '${ontoName}'`))
  const interactive = ask.flag('interactive')
  const base = onto === undefined ? [] : mergeBases(repo.store, onto, head)
  const linear =
    onto !== undefined &&
    base.length === 1 &&
    base[0] === onto &&
    (upstream === onto || upstream === undefined || isAncestor(repo.store, upstream, onto))
  const force = ask.flag('force-rebase') || ask.flag('no-ff') || ask.no('ff')
  if (
    linear &&
    !interactive &&
    !force &&
    walk(repo.store, [head], { not: [onto] }).every(({ commit }) => commit.parents.length < 2)
  ) {
    if (what !== undefined && branchRef !== undefined) moveTo(ask, head, branchRef)
    const label = (branchRef ?? '').replace('refs/heads/', '')
    if (!ask.flag('quiet')) ask.out(label === '' ? 'HEAD is up to date.\n' : `Current branch ${label} is up to date.\n`)
    return 0
  }
  const commits = toReplay(ask, head, upstream)
  repo.write('rebase-merge/head-name', `${branchRef ?? 'detached HEAD'}\n`)
  repo.write('rebase-merge/onto', `${onto ?? ''}\n`)
  repo.write('rebase-merge/onto-name', `${ontoName ?? ''}\n`)
  repo.write('rebase-merge/orig-head', `${head}\n`)
  if (interactive) repo.write('rebase-merge/interactive', '')
  repo.write('rebase-merge/done', '')
  const lines = ordered(ask, commits).map(
    ([verb, id]) => `${verb} ${ask.short(id)} # ${subjectOf(readCommit(repo.store, id).message)}\n`,
  )
  const todo = lines.length === 0 ? 'noop\n' : lines.join('')
  if (!interactive) {
    repo.write('rebase-merge/git-rebase-todo', todo)
    return launch(ask)
  }
  const range = `${upstream === undefined ? '' : `${ask.short(upstream)}..`}${ask.short(head)} onto ${ask.short(onto ?? head)}`
  const count = `${lines.length} command${lines.length === 1 ? '' : 's'}`
  repo.write('rebase-merge/git-rebase-todo', `${todo}\n# Rebase ${range} (${count})\n${TODO_HELP}`)
  return { edit: `${repo.gitDir}/rebase-merge/git-rebase-todo`, editor: 'sequence', next: 'todo' as Json }
}

function listEdited(ask: Ask): Reply {
  const { repo } = ask
  const text = cleanMessage(repo.read('rebase-merge/git-rebase-todo') ?? '', true)
  if (text.trim() === '') {
    repo.remove('rebase-merge')
    throw new Problem('error: nothing to do', 1)
  }
  repo.write('rebase-merge/git-rebase-todo', text)
  return launch(ask)
}

function launch(ask: Ask): Reply {
  const { repo } = ask
  const onto = skipUnneeded(ask, (repo.read('rebase-merge/onto') ?? '').trim())
  const name = (repo.read('rebase-merge/onto-name') ?? '').trim()
  const head = (repo.read('rebase-merge/orig-head') ?? '').trim()
  repo.write('ORIG_HEAD', `${head}\n`)
  if (onto !== '') {
    resetFiles(repo, filesOfCommit(repo.store, onto))
    const before = repo.head()
    repo.refs.set('HEAD', onto)
    repo.log('HEAD', before, onto, ask.logger, `rebase (start): checkout ${name}`)
  }
  return proceed(ask)
}

/** Takes picks off the head of the list that would change nothing, since they stand where they stood. Answers where to start. */
function skipUnneeded(ask: Ask, onto: string): string {
  const { repo } = ask
  if (onto === '' || ask.flag('force-rebase') || ask.no('ff')) return onto
  let at = onto
  const todo = (repo.read('rebase-merge/git-rebase-todo') ?? '').split('\n').filter((line) => line !== '')
  for (let [line] = todo; line !== undefined; [line] = todo) {
    const id = /^p(?:ick)? (\w+)/.exec(line)?.[1]
    const commit = id === undefined ? undefined : resolveCommit(repo, id)
    const parents = commit === undefined ? [] : readCommit(repo.store, commit).parents
    if (commit === undefined || parents.length !== 1 || parents[0] !== at) break
    at = commit
    todo.shift()
    repo.write('rebase-merge/done', `${line}\n`, true)
  }
  repo.write('rebase-merge/git-rebase-todo', todo.map((line) => `${line}\n`).join(''))
  return at
}

/** Commits that the upstream lacks, oldest first; those whose change it has already are left out. */
function toReplay(ask: Ask, head: string, upstream: string | undefined): readonly string[] {
  const { store } = ask.repo
  const own = walk(store, [head], { not: upstream === undefined ? [] : [upstream], order: 'topo' })
    .filter(({ commit }) => commit.parents.length < 2)
    .map(({ id }) => id)
    .reverse()
  if (upstream === undefined || ask.flag('reapply-cherry-picks')) return own
  const theirs = new Set(
    walk(store, [upstream], { not: [head] })
      .filter(({ commit }) => commit.parents.length < 2)
      .map(({ id }) => patchOf(ask, id)),
  )
  return own.filter((id) => {
    const patch = patchOf(ask, id)
    if (patch === '' || !theirs.has(patch)) return true
    ask.err(`warning: skipped previously applied commit ${ask.short(id)}\n`)
    ask.err(
      'hint: use --reapply-cherry-picks to include skipped commits\nhint: Disable this message with "git config set advice.skippedCherryPicks false"\n',
    )
    return false
  })
}

/** The change of a commit without what depends on where it stands. */
function patchOf(ask: Ask, id: string): string {
  const { store } = ask.repo
  const [parent] = readCommit(store, id).parents
  const diffs = treeDiff(store, filesOfCommit(store, parent), filesOfCommit(store, id), { renames: false })
  return diffText(ask.with({ options: {}, args: [], rest: undefined, order: [] }), store, diffs, ['patch'])
    .replace(/^index .*\n/gm, '')
    .replace(/^@@ .*$/gm, '@@')
}

/** The commands of the list; with autosquash, `fixup!` and `squash!` commits stand behind what they belong to. */
function ordered(ask: Ask, commits: readonly string[]): readonly (readonly [string, string])[] {
  const plain = commits.map((id): [string, string] => ['pick', id])
  if (
    !ask.flag('autosquash') &&
    !(ask.config.flag('rebase.autosquash') && ask.flag('interactive') && !ask.no('autosquash'))
  )
    return plain
  const subject = (id: string): string => subjectOf(readCommit(ask.repo.store, id).message)
  const out: [string, string][] = []
  for (const [verb, id] of plain) {
    const [, word, wanted = ''] = /^(fixup|squash)! (.*)$/.exec(subject(id)) ?? []
    const base = wanted.replace(/^((fixup|squash)! )+/, '')
    const at =
      word === undefined
        ? -1
        : out.findIndex(
            ([, other]) => subject(other) === base || subject(other).startsWith(base) || other.startsWith(base),
          )
    if (at < 0 || word === undefined) {
      out.push([verb, id])
      continue
    }
    let after = at + 1
    while (out[after] && out[after]?.[0] !== 'pick') after++
    out.splice(after, 0, [word, id])
  }
  return out
}

function abort(ask: Ask): number {
  const { repo } = ask
  const name = (repo.read('rebase-merge/head-name') ?? '').trim()
  const head = (repo.read('rebase-merge/orig-head') ?? '').trim()
  resetFiles(repo, filesOfCommit(repo.store, head))
  moveTo(
    ask,
    head,
    name.startsWith('refs/') ? name : undefined,
    `rebase (abort): returning to ${name.startsWith('refs/') ? name : head}`,
  )
  for (const one of ['rebase-merge', 'CHERRY_PICK_HEAD', 'MERGE_MSG']) repo.remove(one)
  return 0
}

function moveTo(
  ask: Ask,
  commit: string,
  ref: string | undefined,
  message = `checkout: moving from ${ask.repo.branch()} to ${ref?.replace('refs/heads/', '')}`,
): void {
  const { repo } = ask
  const before = repo.head()
  if (before !== commit) resetFiles(repo, filesOfCommit(repo.store, commit))
  repo.refs.set('HEAD', ref === undefined ? commit : `ref: ${ref}`)
  repo.log('HEAD', before, commit, ask.logger, message)
}

function trackedBy(ask: Ask): string {
  const { repo } = ask
  const branch = repo.branch()
  const upstream = branch === undefined ? undefined : upstreamOf(repo, branch)
  if (upstream && resolveRef(repo.refs, upstream.ref) !== undefined) return upstream.ref
  const name = branch ?? 'HEAD'
  throw new Problem(
    `There is no tracking information for the current branch.\nPlease specify which branch you want to rebase against.\nSee git-rebase(1) for details.\n\n    git rebase '<branch>'\n\nIf you wish to set tracking information for this branch you can do so with:\n\n    git branch --set-upstream-to=<remote>/<branch> ${name}\n`,
    1,
  )
}
