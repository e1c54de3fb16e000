import type { Json } from '../../../kernel/index.ts'
import { fileStats, statText, summaryText } from '../diff/stat.ts'
import { treeDiff } from '../diff/treeDiff.ts'
import { mergeCommits } from '../merge/mergeCommits.ts'
import { filesOfCommit } from '../object/flatTree.ts'
import { readCommit } from '../object/store.ts'
import { isAncestor, mergeBases } from '../revision/ancestry.ts'
import { dateText } from '../revision/date.ts'
import { fullRef, previousBranch, resolveCommit } from '../revision/resolve.ts'
import { walk } from '../revision/walk.ts'
import { obstacles, resetFiles, switchFiles } from '../work/workTree.ts'
import { applyMerge, conflictNote } from './applyMerge.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { makeCommit } from './committing.ts'
import { flags } from './flags.ts'
import { cleanMessage } from './message.ts'
import { die, Problem } from './problem.ts'
import { refuseObstacles } from './switching.ts'

/** Models: git builtin/merge.c with the ort strategy. */
export const merge: Command = {
  name: 'merge',
  summary: 'Join two or more development histories together',
  usage: ['git merge [<options>] [<commit>...]', 'git merge --abort', 'git merge --continue'],
  completes: 'refs',
  flags: flags(`
    n | do not show a diffstat at the end of the merge
    stat | show a diffstat at the end of the merge
    squash | create a single commit instead of doing a merge
    commit | perform a commit if the merge succeeds (default)
    e,edit | edit message before committing
    ff | allow fast-forward (default)
    ff-only | abort if fast-forward is not possible
    m,message=<message> | merge commit message (for a non-fast-forward merge)
    F,file=<path> | read message from file
    s,strategy=<strategy> | merge strategy to use
    X,strategy-option=<option> | option for selected merge strategy
    v,verbose | be more verbose
    q,quiet | be more quiet
    abort | abort the current in-progress merge
    quit | --abort but leave index and working tree alone
    continue | continue the current in-progress merge
    allow-unrelated-histories | allow merging unrelated histories
    no-verify | accepted
    signoff | accepted
  `),
  run(ask) {
    const { repo } = ask
    if (ask.flag('abort')) return abort(ask)
    if (ask.flag('quit')) {
      forget(ask)
      return 0
    }
    if (ask.flag('continue')) {
      if (repo.read('MERGE_HEAD') === undefined) die('There is no merge in progress (MERGE_HEAD missing).')
      return conclude(ask)
    }
    refuseUnfinished(ask)
    const [given, ...more] = ask.args
    if (more.length > 0) die('this lab merges one branch at a time')
    const name = given === '-' ? (previousBranch(repo) ?? '-') : (given ?? '@{u}')
    const other = resolveCommit(repo, name)
    if (other === undefined) {
      if (given === undefined) die('No remote for the current branch.')
      throw new Problem(`merge: ${name} - not something we can merge`, 1)
    }
    return mergeWith(ask, other, messageFor(ask, name), name, `merge ${name}`)
  },
  resume: (ask) => finish(ask, cleanMessage(ask.repo.read('MERGE_MSG') ?? '', true)),
}

/** Merges a commit into HEAD. `label` stands in conflict markers, `log` before the kind of merge in the logs. */
export function mergeWith(ask: Ask, other: string, message: string, label: string, log: string): Reply {
  const { repo } = ask
  const head = repo.head()
  if (head === undefined) {
    resetFiles(repo, filesOfCommit(repo.store, other))
    repo.moveRef('HEAD', other, ask.logger, 'initial pull')
    return 0
  }
  if (isAncestor(repo.store, other, head)) {
    if (!ask.flag('quiet')) ask.out('Already up to date.\n')
    return 0
  }
  const forward = isAncestor(repo.store, head, other)
  if (forward && !ask.no('ff') && !(repo.config.get('merge.ff') === 'false')) return fastForward(ask, head, other, log)
  if (ask.flag('ff-only') || (!forward && repo.config.get('merge.ff') === 'only' && !ask.no('ff')))
    throw new Problem(
      'hint: Diverging branches can\'t be fast-forwarded, you need to either:\nhint:\nhint: \tgit merge --no-ff\nhint:\nhint: or:\nhint:\nhint: \tgit rebase\nhint:\nhint: Disable this message with "git config set advice.diverging false"\nfatal: Not possible to fast-forward, aborting.',
    )
  if (mergeBases(repo.store, head, other).length === 0 && !ask.flag('allow-unrelated-histories'))
    die('refusing to merge unrelated histories')
  const ours = filesOfCommit(repo.store, head)
  const options = ask.list('strategy-option')
  const favor = options.includes('ours') ? 'ours' : options.includes('theirs') ? 'theirs' : undefined
  const whole = ask.value('strategy') === 'ours'
  const style = /diff3$/.test(repo.config.get('merge.conflictstyle') ?? '') ? ('diff3' as const) : ('merge' as const)
  const result = whole
    ? { files: ours, conflicts: new Map<string, never>(), messages: [] }
    : mergeCommits(repo.memory, head, other, { ours: 'HEAD', theirs: label, favor, style })
  try {
    applyMerge(ask, ours, result)
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    throw new Problem(`${problem.message}\nMerge with strategy ort failed.`, 2)
  }
  repo.write('ORIG_HEAD', `${head}\n`)
  const squash = ask.flag('squash')
  if (squash) writeSquash(ask, head, other)
  else {
    repo.write('MERGE_HEAD', `${other}\n`)
    repo.write('MERGE_MODE', ask.no('ff') ? 'no-ff' : '')
  }
  if (squash) ask.out('Squash commit -- not updating HEAD\n')
  if (result.conflicts.size > 0) {
    repo.write('MERGE_MSG', `${message}\n${conflictNote(result.conflicts.keys())}`)
    ask.out('Automatic merge failed; fix conflicts and then commit the result.\n')
    return 1
  }
  if (squash || ask.no('commit')) {
    if (!squash) repo.write('MERGE_MSG', `${message}\n`)
    ask.out('Automatic merge went well; stopped before committing as requested\n')
    return 0
  }
  const { env } = ask.call
  const edits =
    ask.flag('edit') ||
    (!ask.no('edit') &&
      ask.value('message') === undefined &&
      ask.value('file') === undefined &&
      ask.call.interactive &&
      ask.call.terminal &&
      env['GIT_MERGE_AUTOEDIT'] !== 'no')
  if (!edits) return finish(ask, cleanMessage(message, false))
  repo.write(
    'MERGE_MSG',
    `${message}\n# Please enter a commit message to explain why this merge is necessary,\n# especially if it merges an updated upstream into a topic branch.\n#\n# Lines starting with '#' will be ignored, and an empty message aborts\n# the commit.\n`,
  )
  return { edit: `${repo.gitDir}/MERGE_MSG`, next: 'merge' as Json }
}

/** Makes the commit of a merge that went well. */
function finish(ask: Ask, message: string): number {
  const { repo } = ask
  if (message === '') {
    ask.err("error: Empty commit message.\nNot committing merge; use 'git commit' to complete the merge.\n")
    return 1
  }
  const head = repo.head() as string
  const other = (repo.read('MERGE_HEAD') ?? '').trim()
  const label = ask.args[0] ?? other
  const log = ask.given.args.length > 1 || ask.flag('rebase') ? `pull ${ask.args.join(' ')}`.trim() : `merge ${label}`
  const id = makeCommit(ask, {
    files: repo.stage().files,
    parents: [head, other],
    author: ask.who('AUTHOR'),
    message,
    log: `${log}: Merge made by the 'ort' strategy.`,
  })
  forget(ask)
  if (ask.flag('quiet')) return 0
  ask.out("Merge made by the 'ort' strategy.\n")
  ask.out(changesText(ask, head, id))
  return 0
}

function fastForward(ask: Ask, head: string, other: string, log: string): number {
  const { repo } = ask
  const quiet = ask.flag('quiet')
  if (!quiet) ask.out(`Updating ${ask.short(head)}..${ask.short(other)}\n`)
  const before = filesOfCommit(repo.store, head)
  const after = filesOfCommit(repo.store, other)
  refuseObstacles(ask, obstacles(repo, before, after), 'merge', 'merge')
  switchFiles(repo, before, after)
  if (!quiet) ask.out('Fast-forward\n')
  if (ask.flag('squash')) {
    writeSquash(ask, head, other)
    ask.out('Squash commit -- not updating HEAD\n')
  } else {
    repo.write('ORIG_HEAD', `${head}\n`)
    repo.moveRef('HEAD', other, ask.logger, `${log}: Fast-forward`)
  }
  if (!quiet) ask.out(changesText(ask, head, other))
  return 0
}

/** Statistics and summary of what changed between two commits. */
export function changesText(ask: Ask, from: string, to: string): string {
  if (ask.flag('n') || ask.no('stat') || ask.config.get('merge.stat') === 'false') return ''
  const { store } = ask.repo
  const diffs = treeDiff(store, filesOfCommit(store, from), filesOfCommit(store, to))
  return statText(fileStats(store, diffs)) + summaryText(diffs)
}

function conclude(ask: Ask): number {
  const { repo } = ask
  if (repo.stage().conflicts.size > 0)
    throw new Problem(
      "error: Committing is not possible because you have unmerged files.\nhint: Fix them up in the work tree, and then use 'git add/rm <file>'\nhint: as appropriate to mark resolution and make a commit.\nfatal: Exiting because of an unresolved conflict.",
    )
  const message = cleanMessage(repo.read('MERGE_MSG') ?? '', true)
  const head = repo.head() as string
  const other = (repo.read('MERGE_HEAD') ?? '').trim()
  const id = makeCommit(ask, {
    files: repo.stage().files,
    parents: [head, other],
    author: ask.who('AUTHOR'),
    message,
    log: 'commit (merge)',
  })
  forget(ask)
  ask.out(`[${repo.branch() ?? 'detached HEAD'} ${ask.short(id)}] ${message.split('\n')[0]}\n`)
  return 0
}

function abort(ask: Ask): number {
  const { repo } = ask
  if (repo.read('MERGE_HEAD') === undefined) die('There is no merge to abort (MERGE_HEAD missing).')
  resetFiles(repo, repo.headFiles())
  forget(ask)
  return 0
}

function forget(ask: Ask): void {
  for (const name of ['MERGE_HEAD', 'MERGE_MSG', 'MERGE_MODE']) ask.repo.remove(name)
}

/** Ends in git's words when another merge or pick waits to be finished. */
export function refuseUnfinished(ask: Ask): void {
  const { repo } = ask
  if (repo.stage().conflicts.size > 0)
    throw new Problem(
      "error: Merging is not possible because you have unmerged files.\nhint: Fix them up in the work tree, and then use 'git add/rm <file>'\nhint: as appropriate to mark resolution and make a commit.\nfatal: Exiting because of an unresolved conflict.",
    )
  if (repo.read('MERGE_HEAD') !== undefined)
    die('You have not concluded your merge (MERGE_HEAD exists).\nPlease, commit your changes before you merge.')
  if (repo.read('CHERRY_PICK_HEAD') !== undefined)
    die(
      'You have not concluded your cherry-pick (CHERRY_PICK_HEAD exists).\nPlease, commit your changes before you merge.',
    )
}

function messageFor(ask: Ask, name: string): string {
  const { repo } = ask
  const words = ask.list('message')
  if (words.length > 0) return words.join('\n\n')
  const file = ask.value('file')
  if (file !== undefined) {
    const read = ask.files.read(ask.path(file))
    return 'text' in read ? read.text.trimEnd() : die(`could not read file '${file}': ${read.error}`)
  }
  const ref = fullRef(repo, name)
  const what = ref?.startsWith('refs/heads/')
    ? `branch '${ref.slice(11)}'`
    : ref?.startsWith('refs/remotes/')
      ? `remote-tracking branch '${ref.slice(13)}'`
      : ref?.startsWith('refs/tags/')
        ? `tag '${ref.slice(10)}'`
        : `commit '${name}'`
  return `Merge ${what}${into(ask)}`
}

/** ` into <branch>`, left out for the branches that git takes for the main one. */
export function into(ask: Ask): string {
  const branch = ask.repo.branch()
  const quiet = ['main', 'master', ...ask.config.all('merge.suppressdest')]
  return branch === undefined ? ' into HEAD' : quiet.includes(branch) ? '' : ` into ${branch}`
}

function writeSquash(ask: Ask, head: string, other: string): void {
  const { store } = ask.repo
  const commits = walk(store, [other], { not: [head] }).map(({ id }) => {
    const { author, message } = readCommit(store, id)
    const body = message
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`.trimEnd())
    return `commit ${id}\nAuthor: ${author.name} <${author.email}>\nDate:   ${dateText(author, 'default', ask.now)}\n\n${body.join('\n')}\n`
  })
  ask.repo.write('SQUASH_MSG', `Squashed commit of the following:\n\n${commits.join('\n')}`)
}
