import { treeDiff } from '../diff/treeDiff.ts'
import { mergeTrees } from '../merge/mergeTrees.ts'
import { type FlatTree, filesOfCommit, writeTree } from '../object/flatTree.ts'
import { signatureText } from '../object/signature.ts'
import { readCommit, writeObject } from '../object/store.ts'
import { subjectOf } from '../revision/pretty.ts'
import { statusOf } from '../work/status.ts'
import { statusText } from '../work/statusText.ts'
import { removeFile, resetFiles, writeFile } from '../work/workTree.ts'
import { stageFile } from './add.ts'
import { applyMerge } from './applyMerge.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { DIFF_FLAGS, diffForms, diffText } from './diffOutput.ts'
import { flags } from './flags.ts'
import { die, Problem } from './problem.ts'

/** Models: git builtin/stash.c */
export const stash: Command = {
  name: 'stash',
  summary: 'Stash the changes in a dirty working directory away',
  usage: [
    'git stash list [<log-options>]',
    'git stash show [-u | --include-untracked] [<diff-options>] [<stash>]',
    'git stash drop [-q | --quiet] [<stash>]',
    'git stash pop [--index] [-q | --quiet] [<stash>]',
    'git stash apply [--index] [-q | --quiet] [<stash>]',
    'git stash branch <branchname> [<stash>]',
    'git stash [push [-k | --keep-index] [-q | --quiet] [-u | --include-untracked] [-m <message>] [--] [<pathspec>...]]',
    'git stash clear',
  ],
  subcommands: ['push', 'pop', 'apply', 'list', 'show', 'drop', 'clear', 'branch'].map((name) => ({
    name,
    summary: `${name} stashes`,
  })),
  flags: [
    ...flags(`
      k,keep-index | keep index
      q,quiet | quiet mode
      include-untracked | include untracked files in stash
      a,all | include ignore files
      m,message=<message> | stash message
      index | attempt to recreate the index
      staged | stash staged changes only
    `),
    ...DIFF_FLAGS,
  ],
  run(ask) {
    const [sub = 'push', ...others] = ask.args
    switch (sub) {
      case 'push':
        return save(ask, [...others, ...(ask.given.rest ?? [])], ask.value('message'))
      case 'save':
        return save(ask, [], others.length > 0 ? others.join(' ') : ask.value('message'))
      case 'list':
        for (const [i, { message }] of entries(ask).entries()) ask.out(`stash@{${i}}: ${message}\n`)
        return 0
      case 'show': {
        const { id } = entryOf(ask, others[0])
        const { store } = ask.repo
        const diffs = treeDiff(store, filesOfCommit(store, readCommit(store, id).parents[0]), filesOfCommit(store, id))
        ask.out(diffText(ask, store, diffs, diffForms(ask, ['stat'])))
        return 0
      }
      case 'apply':
        return apply(ask, others[0])
      case 'pop': {
        const code = apply(ask, others[0])
        if (code !== 0) ask.err('The stash entry is kept in case you need it again.\n')
        return code === 0 ? drop(ask, others[0]) : code
      }
      case 'drop':
        return drop(ask, others[0])
      case 'clear':
        ask.repo.refs.remove('refs/stash')
        ask.repo.remove('logs/refs/stash')
        return 0
      default:
        throw new Problem(`error: unknown subcommand: \`${sub}'\n${ask.usage.trimEnd()}`, 129)
    }
  },
}

function entries(ask: Ask) {
  return ask.repo.reflog('refs/stash')
}

function entryOf(
  ask: Ask,
  given: string | undefined,
): { readonly id: string; readonly at: number; readonly name: string } {
  const all = entries(ask)
  const at =
    given === undefined
      ? 0
      : Number(
          /^(?:stash@\{(\d+)\}|(\d+))$/
            .exec(given)
            ?.slice(1)
            .find((one) => one !== undefined) ?? Number.NaN,
        )
  if (all.length === 0) throw new Problem('No stash entries found.', 1)
  if (Number.isNaN(at)) throw new Problem(`error: ${given} is not a valid reference`, 1)
  const entry = all[at]
  if (!entry) throw new Problem(`error: stash@{${at}} is not a valid reference`, 1)
  return { id: entry.id, at, name: given === undefined ? 'refs/stash@{0}' : `stash@{${at}}` }
}

function save(ask: Ask, paths: readonly string[], message: string | undefined): number {
  const { repo } = ask
  const head = repo.head()
  if (head === undefined) throw new Problem('You do not have the initial commit yet', 1)
  const spec = ask.pathspec(paths)
  const stage = repo.stage()
  if (stage.conflicts.size > 0)
    throw new Problem(
      `${[...stage.conflicts.keys()].map((path) => `${path}: needs merge\n`).join('')}error: could not write index`,
      1,
    )
  const untracked = ask.flag('include-untracked') || ask.flag('u') || ask.flag('all')
  const found = statusOf(repo, { untracked: untracked ? 'all' : 'no', paths: spec.matches })
  if (found.staged.length + found.unstaged.length + found.untracked.length === 0) {
    if (!ask.flag('quiet')) ask.out('No local changes to save\n')
    return 0
  }
  const branch = repo.branch() ?? '(no branch)'
  const base = readCommit(repo.store, head)
  const label = `${branch}: ${ask.short(head)} ${subjectOf(base.message)}`
  const author = ask.who('AUTHOR')
  const committer = ask.who('COMMITTER')
  const write = (files: FlatTree, parents: readonly string[], text: string): string =>
    writeObject(repo.store, {
      type: 'commit',
      tree: writeTree(repo.store, files),
      parents,
      author,
      committer,
      message: text,
    })
  const headFiles = repo.headFiles()
  const index = new Map(stage.files)
  const indexCommit = write(index, [head], `index on ${label}\n`)
  const others = new Map(
    found.untracked.flatMap((path) => {
      const leaf = repo.workFile(path)
      return leaf ? [[path, leaf] as const] : []
    }),
  )
  const work = new Map(index)
  for (const path of stage.paths()) {
    if (!spec.matches(path)) {
      const leaf = headFiles.get(path)
      if (leaf) work.set(path, leaf)
      continue
    }
    const leaf = repo.workFile(path)
    if (leaf) {
      stageFile(repo, path, leaf)
      work.set(path, leaf)
    } else work.delete(path)
  }
  for (const [path, leaf] of others) stageFile(repo, path, leaf)
  const parents = [head, indexCommit]
  if (others.size > 0) parents.push(write(others, [], `untracked files on ${label}\n`))
  const text = message === undefined ? `WIP on ${label}` : `On ${branch}: ${message}`
  const id = write(work, parents, text)
  const before = entries(ask)[0]?.id
  repo.refs.set('refs/stash', id)
  repo.write('logs/refs/stash', `${before ?? '0'.repeat(40)} ${id} ${signatureText(committer)}\t${text}\n`, true)
  for (const path of others.keys()) {
    stage.remove(path)
    removeFile(repo, path)
  }
  const target = new Map(ask.flag('keep-index') ? index : headFiles)
  if (paths.length > 0)
    for (const [path, leaf] of index) if (!spec.matches(path)) target.set(path, repo.workFile(path) ?? leaf)
  resetFiles(repo, target)
  if (paths.length > 0) {
    for (const [path, leaf] of index) if (!spec.matches(path)) stage.files.set(path, leaf)
    repo.saveStage(stage)
  }
  if (!ask.flag('quiet')) ask.out(`Saved working directory and index state ${text}\n`)
  return 0
}

function apply(ask: Ask, given: string | undefined): number {
  const { repo } = ask
  const { id } = entryOf(ask, given)
  const commit = readCommit(repo.store, id)
  const [base, index, others] = commit.parents
  const stage = repo.stage()
  if (stage.conflicts.size > 0)
    throw new Problem(
      `${[...stage.conflicts.keys()].map((path) => `${path}: needs merge\n`).join('')}error: could not write index`,
      1,
    )
  const ours = new Map(stage.files)
  const result = mergeTrees(repo.memory, filesOfCommit(repo.store, base), ours, filesOfCommit(repo.store, id), {
    ours: 'Updated upstream',
    theirs: 'Stashed changes',
    base: 'Stash base',
  })
  applyMerge(ask, ours, result)
  if (others !== undefined)
    for (const [path, leaf] of filesOfCommit(repo.store, others)) {
      if (repo.workFile(path))
        die(`${path} already exists, no checkout\nerror: could not restore untracked files from stash`)
      writeFile(repo, path, leaf)
    }
  if (result.conflicts.size === 0) {
    const wanted = ask.flag('index') ? filesOfCommit(repo.store, index) : ours
    const fresh = new Map(wanted)
    if (!ask.flag('index')) {
      const old = filesOfCommit(repo.store, base)
      for (const [path, leaf] of result.files) if (!ours.has(path) && !old.has(path)) fresh.set(path, leaf)
    }
    stage.files.clear()
    for (const [path, leaf] of fresh) stage.files.set(path, leaf)
    repo.saveStage(stage)
  }
  if (!ask.flag('quiet')) ask.out(statusText(repo, statusOf(repo), (path) => ask.relative(path)))
  return result.conflicts.size > 0 ? 1 : 0
}

function drop(ask: Ask, given: string | undefined): number {
  const { repo } = ask
  const { id, at, name } = entryOf(ask, given)
  const lines = (repo.read('logs/refs/stash') ?? '').split('\n').filter((line) => line !== '')
  lines.splice(lines.length - 1 - at, 1)
  const last = lines[lines.length - 1]
  if (last === undefined) {
    repo.refs.remove('refs/stash')
    repo.remove('logs/refs/stash')
  } else {
    repo.write('logs/refs/stash', `${lines.join('\n')}\n`)
    repo.refs.set('refs/stash', last.slice(41, 81))
  }
  if (!ask.flag('quiet')) ask.out(`Dropped ${name} (${id})\n`)
  return 0
}
