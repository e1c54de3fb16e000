import { mergeTrees } from '../merge/mergeTrees.ts'
import { type FlatTree, filesOfCommit } from '../object/flatTree.ts'
import { readCommit } from '../object/store.ts'
import { subjectOf } from '../revision/pretty.ts'
import { applyMerge } from './applyMerge.ts'
import type { Ask } from './ask.ts'

/** The change of a commit laid on HEAD, into index and working tree. */
export interface Picked {
  readonly conflicts: readonly string[]
  /** Whether nothing changes by it. */
  readonly empty: boolean
  readonly files: FlatTree
}

/** Lays the change of a commit, or its opposite, on what HEAD has. Models: git sequencer.c do_pick_commit */
export function layOn(
  ask: Ask,
  commit: string,
  backwards = false,
  parent = readCommit(ask.repo.store, commit).parents[0],
): Picked {
  const { repo } = ask
  const { message } = readCommit(repo.store, commit)
  const label = `${ask.short(commit)} (${subjectOf(message)})`
  const before = filesOfCommit(repo.store, parent)
  const after = filesOfCommit(repo.store, commit)
  const ours = ask.flag('no-commit') ? new Map(repo.stage().files) : repo.headFiles()
  const [base, theirs, names] = backwards
    ? [after, before, { theirs: `parent of ${label}`, base: label }]
    : [before, after, { theirs: label, base: `parent of ${label}` }]
  const options = ask.list('strategy-option')
  const style = /diff3$/.test(repo.config.get('merge.conflictstyle') ?? '') ? ('diff3' as const) : ('merge' as const)
  const result = mergeTrees(repo.memory, base, ours, theirs, {
    ours: 'HEAD',
    ...names,
    style,
    favor: options.includes('theirs') ? 'theirs' : options.includes('ours') ? 'ours' : undefined,
  })
  applyMerge(ask, ours, result)
  const empty =
    result.conflicts.size === 0 &&
    result.files.size === ours.size &&
    [...result.files].every(([path, leaf]) => ours.get(path)?.id === leaf.id && ours.get(path)?.mode === leaf.mode)
  return { conflicts: [...result.conflicts.keys()], empty, files: result.files }
}
