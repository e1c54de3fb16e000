import { combinedDiff } from '../diff/combined.ts'
import { type FileDiff, reversed } from '../diff/fileDiff.ts'
import { treeDiff } from '../diff/treeDiff.ts'
import { byteOrder } from '../object/byteOrder.ts'
import { type FlatTree, flatTree } from '../object/flatTree.ts'
import { mergeBases } from '../revision/ancestry.ts'
import { peel, resolveCommit, resolveRevision } from '../revision/resolve.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { DIFF_FLAGS, diffForms, diffText, wantsRenames } from './diffOutput.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'

/** Models: git builtin/diff.c */
export const diff: Command = {
  name: 'diff',
  summary: 'Show changes between commits, commit and working tree, etc',
  usage: [
    'git diff [<options>] [<commit>] [--] [<path>...]',
    'git diff [<options>] --cached [--merge-base] [<commit>] [--] [<path>...]',
    'git diff [<options>] <commit>...<commit> [--] [<path>...]',
  ],
  completes: 'changed',
  flags: [
    ...flags(`
      cached | compare the index with HEAD
      staged | compare the index with HEAD
      merge-base | compare with the common ancestor
      exit-code | exit with 1 if there were differences
      quiet | no output, but the exit code
      check | warn of trailing space and conflict markers
    `),
    ...DIFF_FLAGS,
  ],
  run(ask) {
    const { repo } = ask
    const { trees, paths } = operands(ask)
    const spec = paths.length > 0 ? ask.pathspec(paths) : undefined
    const [a, b] = trees
    const stage = repo.stage()
    const staged = ask.flag('cached') || ask.flag('staged')
    const conflicts =
      a === undefined && !staged
        ? [...stage.conflicts.keys()].sort(byteOrder).filter((path) => !spec || spec.matches(path))
        : []
    const work = (): FlatTree => new Map([...repo.workFiles()].filter(([path]) => stage.has(path)))
    const index = (): FlatTree => new Map([...stage.files].sort(([x], [y]) => byteOrder(x, y)))
    const left = a ?? (staged ? repo.headFiles() : index())
    const right = b ?? (staged ? index() : work())
    let found: readonly FileDiff[] = treeDiff(repo.memory, left, right, {
      renames: wantsRenames(ask),
      paths: (path) =>
        (!spec || spec.matches(path)) && !conflicts.includes(path) && !(a === undefined && stage.conflicts.has(path)),
    })
    if (ask.flag('R')) found = found.map(reversed)
    const forms = diffForms(ask, ['patch'])
    if (ask.flag('check')) return check(ask, found)
    if (!ask.flag('quiet')) {
      const own = diffText(ask, repo.memory, found, forms)
      if (conflicts.length > 0) ask.out(withConflicts(ask, conflicts, found, own, forms))
      else ask.out(own)
    }
    const some = found.length + conflicts.length > 0
    return some && (ask.flag('exit-code') || ask.flag('quiet')) ? 1 : 0
  },
}

function withConflicts(
  ask: Ask,
  conflicts: readonly string[],
  found: readonly FileDiff[],
  own: string,
  forms: readonly string[],
): string {
  const { repo } = ask
  if (forms.includes('name-only')) return `${conflicts.map((path) => `${path}\n`).join('')}${own}`
  if (forms.includes('name-status')) return `${conflicts.map((path) => `U\t${path}\n`).join('')}${own}`
  if (!forms.includes('patch')) return own
  const parts: (readonly [string, string])[] = found.map((one) => [
    (one.new ?? one.old)?.path ?? '',
    diffText(ask, repo.memory, [one], ['patch']),
  ])
  for (const path of conflicts) {
    const stages = repo.stage().conflicts.get(path) ?? {}
    const result = repo.workFile(path)
    const both = stages[2] && stages[3] && result
    parts.push([
      path,
      both
        ? combinedDiff(repo.memory, path, [stages[2] ?? both, stages[3] ?? both], result, (id) => ask.short(id), true)
        : `* Unmerged path ${path}\n`,
    ])
  }
  return parts
    .sort(([x], [y]) => byteOrder(x, y))
    .map(([, text]) => text)
    .join('')
}

/** The trees that the words name, and the paths. */
function operands(ask: Ask): { readonly trees: readonly FlatTree[]; readonly paths: readonly string[] } {
  const { repo } = ask
  const trees: FlatTree[] = []
  const paths: string[] = []
  const tree = (text: string): FlatTree | undefined => {
    const id = resolveRevision(repo, text, ask.cwd)
    const found = id === undefined ? undefined : peel(repo, id, 'tree')
    return found === undefined ? undefined : flatTree(repo.store, found)
  }
  for (const word of ask.args) {
    const range = /^(.*?)(\.\.\.?)(.*)$/s.exec(word)
    const from = range ? tree(range[1] || 'HEAD') : undefined
    const to = range ? tree(range[3] || 'HEAD') : undefined
    if (range && from && to && paths.length === 0) {
      const a = resolveCommit(repo, range[1] || 'HEAD')
      const b = resolveCommit(repo, range[3] || 'HEAD')
      const base = range[2] === '...' && a && b ? mergeBases(repo.store, a, b)[0] : undefined
      if (range[2] === '...' && base === undefined) die(`${word}: no merge base`)
      trees.push(base === undefined ? from : (tree(base) ?? from), to)
      continue
    }
    const one = paths.length === 0 ? tree(word) : undefined
    if (one) trees.push(one)
    else if (word.startsWith(':') || /[*?]/.test(word) || ask.files.exists(ask.path(word))) paths.push(word)
    else ask.ambiguous(word)
  }
  if (ask.flag('merge-base') && trees.length > 0) {
    const a = ask.commit(ask.args[0] ?? 'HEAD')
    const b = ask.commit(ask.args[1] ?? 'HEAD')
    const base = mergeBases(repo.store, a, b)[0]
    if (base !== undefined) trees[0] = tree(base) ?? (trees[0] as FlatTree)
  }
  return { trees, paths: [...paths, ...(ask.given.rest ?? [])] }
}

function check(ask: Ask, found: readonly FileDiff[]): number {
  let bad = false
  for (const one of found) {
    const text = diffText(ask, ask.repo.memory, [one], ['patch'])
    let line = 0
    for (const row of text.split('\n')) {
      const head = /^@@ -\S+ \+(\d+)/.exec(row)
      if (head) line = Number(head[1]) - 1
      else if (line === 0 && !row.startsWith('+')) continue
      else if (!row.startsWith('-')) line++
      if (!/^\+(?!\+\+)/.test(row)) continue
      const why = /[ \t]+$/.test(row)
        ? 'trailing whitespace.'
        : /^\+(<{7}|={7}|>{7})( |$)/.test(row)
          ? 'leftover conflict marker'
          : undefined
      if (why === undefined) continue
      bad = true
      ask.out(`${one.new?.path}:${line}: ${why}\n${why.startsWith('t') ? `${row}\n` : ''}`)
    }
  }
  return bad ? 2 : 0
}
