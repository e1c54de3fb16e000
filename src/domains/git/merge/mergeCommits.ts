import { type FlatTree, filesOfCommit, flatTree, writeTree } from '../object/flatTree.ts'
import { type ObjectStore, readCommit, writeObject } from '../object/store.ts'
import { mergeBases } from '../revision/ancestry.ts'
import { type MergeOptions, type MergeResult, mergeTrees } from './mergeTrees.ts'

/**
 * Merges two commits. Of several common ancestors a virtual one is made first, by merging them. Trees and blobs that come of it are
 * put into the store. Models: git merge-ort.c merge_incore_recursive
 */
export function mergeCommits(
  store: ObjectStore,
  ours: string,
  theirs: string,
  options: Omit<MergeOptions, 'base'>,
): MergeResult {
  const base = baseFiles(store, mergeBases(store, ours, theirs), 1)
  return mergeTrees(store, base.files, filesOfCommit(store, ours), filesOfCommit(store, theirs), {
    ...options,
    base: base.label,
  })
}

function baseFiles(
  store: ObjectStore,
  bases: readonly string[],
  depth: number,
): { readonly files: FlatTree; readonly label: string } {
  const [only, ...more] = [...bases].reverse()
  if (only === undefined) return { files: new Map(), label: 'empty tree' }
  if (more.length === 0) return { files: filesOfCommit(store, only), label: only.slice(0, 7) }
  let merged = only
  for (const next of more) {
    const under = baseFiles(store, mergeBases(store, merged, next), depth + 1)
    const { files } = mergeTrees(store, under.files, filesOfCommit(store, merged), filesOfCommit(store, next), {
      ours: 'Temporary merge branch 1',
      theirs: 'Temporary merge branch 2',
      base: under.label,
      depth,
    })
    const { author, committer } = readCommit(store, merged)
    merged = writeObject(store, {
      type: 'commit',
      tree: writeTree(store, files),
      parents: [merged, next],
      author,
      committer,
      message: 'merged tree',
    })
  }
  return { files: flatTree(store, readCommit(store, merged).tree), label: 'merged common ancestors' }
}
