import { filesOfCommit } from '../object/flatTree.ts'
import { readCommit } from '../object/store.ts'
import { subjectOf } from '../revision/pretty.ts'
import { resolveCommit } from '../revision/resolve.ts'
import { statusOf } from '../work/status.ts'
import { obstacles, resetFiles, switchFiles } from '../work/workTree.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die, Problem } from './problem.ts'

/** Models: git builtin/reset.c */
export const reset: Command = {
  name: 'reset',
  summary: 'Reset current HEAD to the specified state',
  usage: [
    'git reset [--mixed | --soft | --hard | --merge | --keep] [-q] [<commit>]',
    'git reset [-q] [<tree-ish>] [--] <pathspec>...',
  ],
  completes: 'refs',
  flags: flags(`
    q,quiet | be quiet, only report errors
    mixed | reset HEAD and index
    soft | reset only HEAD
    hard | reset HEAD, index and working tree
    merge | reset HEAD, index and working tree
    keep | reset HEAD but keep local changes
  `),
  run(ask) {
    const { repo } = ask
    const [first, ...others] = ask.args
    const rest = ask.given.rest ?? []
    const revision = first !== undefined && resolveCommit(repo, first) !== undefined
    const paths = [...(revision || first === undefined ? others : [first, ...others]), ...rest]
    const mode = ['soft', 'hard', 'merge', 'keep'].find((one) => ask.flag(one)) ?? 'mixed'
    if (
      first !== undefined &&
      !revision &&
      !ask.files.exists(ask.path(first)) &&
      !repo.stage().has(first) &&
      !repo.headFiles().has(first)
    )
      ask.ambiguous(first)
    if (paths.length > 0) {
      if (mode !== 'mixed') die(`Cannot do ${mode} reset with paths.`)
      return resetPaths(ask, paths, revision ? first : 'HEAD')
    }
    const head = repo.head()
    if (head === undefined && !revision) {
      const stage = repo.stage()
      stage.files.clear()
      repo.saveStage(stage)
      return 0
    }
    const name = first ?? 'HEAD'
    const commit = ask.commit(name)
    const target = filesOfCommit(repo.store, commit)
    if (mode === 'soft' && repo.read('MERGE_HEAD') !== undefined)
      die('Cannot do a soft reset in the middle of a merge.')
    if (mode === 'hard') resetFiles(repo, target)
    else if (mode === 'merge' || mode === 'keep') {
      const before = repo.headFiles()
      const { changed } = obstacles(repo, before, target)
      if (changed.length > 0 && mode === 'keep')
        throw new Problem(
          `error: Entry '${changed[0]}' not uptodate. Cannot merge.\nfatal: Could not reset index file to revision '${name}'.`,
        )
      if (repo.stage().conflicts.size > 0) resetFiles(repo, target)
      else switchFiles(repo, before, target)
    } else if (mode === 'mixed') setIndex(ask, target)
    if (head !== undefined) repo.write('ORIG_HEAD', `${head}\n`)
    repo.moveRef('HEAD', commit, ask.logger, `reset: moving to ${name}`)
    if (mode !== 'soft')
      for (const one of ['MERGE_HEAD', 'MERGE_MSG', 'MERGE_MODE', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'SQUASH_MSG'])
        repo.remove(one)
    if (ask.flag('quiet')) return 0
    if (mode === 'hard')
      ask.out(`HEAD is now at ${ask.short(commit)} ${subjectOf(readCommit(repo.store, commit).message)}\n`)
    else if (mode === 'mixed') ask.out(unstagedText(ask))
    return 0
  },
}

function resetPaths(ask: Ask, paths: readonly string[], from: string): number {
  const { repo } = ask
  const spec = ask.pathspec(paths)
  const target = repo.head() === undefined && from === 'HEAD' ? new Map() : filesOfCommit(repo.store, ask.commit(from))
  const stage = repo.stage()
  for (const path of new Set([...stage.paths(), ...target.keys()])) {
    if (!spec.matches(path)) continue
    const leaf = target.get(path)
    if (leaf) stage.add(path, leaf)
    else stage.remove(path)
  }
  repo.saveStage(stage)
  if (!ask.flag('quiet')) ask.out(unstagedText(ask))
  return 0
}

function setIndex(ask: Ask, target: ReturnType<typeof filesOfCommit>): void {
  const stage = ask.repo.stage()
  stage.files.clear()
  stage.conflicts.clear()
  for (const [path, leaf] of target) stage.files.set(path, leaf)
  ask.repo.saveStage(stage)
}

function unstagedText(ask: Ask): string {
  const { unstaged } = statusOf(ask.repo, { untracked: 'no' })
  if (unstaged.length === 0) return ''
  return `Unstaged changes after reset:\n${unstaged.map((diff) => `${diff.status}\t${(diff.new ?? diff.old)?.path}\n`).join('')}`
}
