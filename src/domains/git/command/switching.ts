import { quotedPath } from '../diff/quotedPath.ts'
import { byteOrder } from '../object/byteOrder.ts'
import { filesOfCommit } from '../object/flatTree.ts'
import { readCommit } from '../object/store.ts'
import { ancestors } from '../revision/ancestry.ts'
import { subjectOf } from '../revision/pretty.ts'
import { resolveRef } from '../work/refs.ts'
import { statusOf } from '../work/status.ts'
import { trackingText } from '../work/statusText.ts'
import { obstacles, resetFiles, switchFiles } from '../work/workTree.ts'
import type { Ask } from './ask.ts'
import { checkName, create, startCommit, trackStart } from './branch.ts'
import { die, Problem } from './problem.ts'

export interface Switch {
  /** The branch to stand on; undefined for a detached HEAD. */
  readonly branch: string | undefined
  /** How the target was written. */
  readonly name: string
  readonly commit: string
  readonly force?: boolean
  /** Whether the branch is new, or was reset. */
  readonly made?: 'new' | 'reset' | undefined
  /** Whether advice about a detached HEAD is given. */
  readonly advise?: boolean
}

/** Moves HEAD and the working tree to a branch or commit. Models: git builtin/checkout.c switch_branches */
export function switchTo(ask: Ask, { branch, name, commit, force, made, advise }: Switch): number {
  const { repo } = ask
  const before = repo.head()
  const from = repo.branch()
  const quiet = ask.flag('quiet')
  const target = filesOfCommit(repo.store, commit)
  if (force) resetFiles(repo, target)
  else {
    if (repo.stage().conflicts.size > 0) {
      const paths = [...repo.stage().conflicts.keys()].sort()
      throw new Problem(
        `${paths.map((path) => `${path}: needs merge\n`).join('')}error: you need to resolve your current index first`,
        1,
      )
    }
    if (before !== commit) {
      refuseObstacles(ask, obstacles(repo, filesOfCommit(repo.store, before), target), 'checkout', 'switch branches')
      switchFiles(repo, filesOfCommit(repo.store, before), target)
    }
  }
  repo.refs.set('HEAD', branch === undefined ? commit : `ref: refs/heads/${branch}`)
  for (const one of ['CHERRY_PICK_HEAD', 'REVERT_HEAD', 'MERGE_HEAD', 'MERGE_MSG', 'MERGE_MODE', 'SQUASH_MSG'])
    repo.remove(one)
  if (!quiet) ask.out(changedText(ask))
  if (
    from === undefined &&
    before !== undefined &&
    before !== commit &&
    !quiet &&
    !(branch !== undefined && made === 'new')
  )
    leftBehind(ask, before, branch)
  const who = ask.logger
  const old = from ?? before ?? ''
  const message = `checkout: moving from ${old} to ${branch ?? name}`
  if (branch === undefined) {
    if (!quiet && from !== undefined && advise !== false) ask.err(detachedAdvice(ask, name))
    if (!quiet) ask.err(`HEAD is now at ${ask.short(commit)} ${subjectOf(readCommit(repo.store, commit).message)}\n`)
  }
  repo.log('HEAD', before, commit, who, message)
  if (branch !== undefined && !quiet) {
    if (made === 'new') ask.err(`Switched to a new branch '${branch}'\n`)
    else if (made === 'reset')
      ask.err(from === branch ? `Reset branch '${branch}'\n` : `Switched to and reset branch '${branch}'\n`)
    else ask.err(from === branch ? `Already on '${branch}'\n` : `Switched to branch '${branch}'\n`)
    if (made !== 'new') ask.out(trackingText(repo, branch))
  }
  return 0
}

/** Makes a branch and stands on it: `switch -c`, `checkout -b`. */
export function switchToNew(ask: Ask, name: string, start: string | undefined, reset: boolean): number {
  const { repo } = ask
  checkName(name)
  const exists = resolveRef(repo.refs, `refs/heads/${name}`) !== undefined
  if (exists && !reset) die(`a branch named '${name}' already exists`)
  if (repo.head() === undefined && start === undefined) {
    repo.refs.set('HEAD', `ref: refs/heads/${name}`)
    if (!ask.flag('quiet')) ask.err(`Switched to a new branch '${name}'\n`)
    return 0
  }
  const commit = start === undefined ? startCommit(ask, 'HEAD') : startOf(ask, start, name)
  const target = filesOfCommit(repo.store, commit)
  const before = filesOfCommit(repo.store, repo.head())
  refuseObstacles(ask, obstacles(repo, before, target), 'checkout', 'switch branches')
  if (!exists)
    create(ask.with({ ...ask.given, options: { ...ask.given.options, track: false } }), name, start ?? 'HEAD', false)
  else if (repo.branch() !== name || reset)
    repo.moveRef(`refs/heads/${name}`, commit, ask.logger, `branch: Reset to ${start ?? 'HEAD'}`)
  if (repo.branch() === name) {
    switchFiles(repo, before, target)
    if (!ask.flag('quiet')) ask.err(`Reset branch '${name}'\n`)
    return 0
  }
  const code = switchTo(ask, { branch: name, name, commit, made: exists ? 'reset' : 'new' })
  if (start !== undefined) trackStart(ask, name, start)
  return code
}

function startOf(ask: Ask, start: string, name: string): string {
  try {
    return ask.commit(start)
  } catch {
    return die(`'${start}' is not a commit and a branch '${name}' cannot be created from it`)
  }
}

/** Ends in git's words when files would be overwritten. */
export function refuseObstacles(
  ask: Ask,
  { changed, untracked }: { readonly changed: readonly string[]; readonly untracked: readonly string[] },
  command: string,
  doing: string,
): void {
  const list = (paths: readonly string[]): string => paths.map((path) => `\t${path}\n`).join('')
  const parts: string[] = []
  if (changed.length > 0)
    parts.push(
      `error: Your local changes to the following files would be overwritten by ${command}:\n${list(changed)}Please commit your changes or stash them before you ${doing}.\n`,
    )
  if (untracked.length > 0)
    parts.push(
      `error: The following untracked working tree files would be overwritten by ${command}:\n${list(untracked)}Please move or remove them before you ${doing}.\n`,
    )
  if (parts.length > 0) {
    if (command !== 'checkout' && ask.stdout !== '') ask.errorsFirst = false
    throw new Problem(`${parts.join('')}Aborting`, 1)
  }
}

/** Files that differ from where HEAD is now, with their letters. */
function changedText(ask: Ask): string {
  const { repo } = ask
  const { staged, unstaged } = statusOf(repo, { untracked: 'no' })
  const letters = new Map<string, string>()
  for (const diff of [...staged, ...unstaged]) {
    if (diff.status === 'R' && diff.old) letters.set(diff.old.path, 'D')
    letters.set((diff.new ?? diff.old)?.path ?? '', diff.status === 'R' ? 'A' : diff.status)
  }
  return [...letters]
    .sort(([a], [b]) => byteOrder(a, b))
    .map(([path, letter]) => `${letter}\t${quotedPath(path)}\n`)
    .join('')
}

function detachedAdvice(ask: Ask, name: string): string {
  if (ask.config.get('advice.detachedhead') === 'false') return ''
  return `Note: switching to '${name}'.

You are in 'detached HEAD' state. You can look around, make experimental
changes and commit them, and you can discard any commits you make in this
state without impacting any branches by switching back to a branch.

If you want to create a new branch to retain commits you create, you may
do so (now or later) by using -c with the switch command. Example:

  git switch -c <new-branch-name>

Or undo this operation with:

  git switch -

Turn off this advice by setting config variable advice.detachedHead to false

`
}

/** Tells of commits that no ref leads to any more, or where HEAD was. */
function leftBehind(ask: Ask, before: string, branch: string | undefined): void {
  const { repo } = ask
  const tips = repo.refs.list('refs/').flatMap((ref) => resolveRef(repo.refs, ref) ?? [])
  const commits = tips.flatMap((id) => (repo.store.text(id)?.startsWith('commit\n') ? [id] : []))
  const safe = ancestors(repo.store, commits)
  const lost = [...ancestors(repo.store, [before], safe)]
  const line = (id: string): string => `${ask.short(id)} ${subjectOf(readCommit(repo.store, id).message)}`
  if (lost.length === 0) {
    ask.err(`Previous HEAD position was ${line(before)}\n`)
    return
  }
  const many = lost.length === 1 ? '1 commit' : `${lost.length} commits`
  const shown = lost.slice(0, 4).map((id) => `  ${line(id)}\n`)
  const more = lost.length > 4 ? ` ... and ${lost.length - 4} more.\n` : ''
  const them = lost.length === 1 ? 'it' : 'them'
  ask.err(
    `Warning: you are leaving ${many} behind, not connected to\nany of your branches:\n\n${shown.join('')}${more}\n`,
  )
  if (branch !== undefined)
    ask.err(
      `If you want to keep ${them} by creating a new branch, this may be a good time\nto do so with:\n\n git branch <new-branch-name> ${ask.short(before)}\n\n`,
    )
}
