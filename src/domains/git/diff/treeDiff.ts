import { type FlatTree, pathsOf } from '../object/flatTree.ts'
import type { ObjectStore } from '../object/store.ts'
import type { FileDiff } from './fileDiff.ts'
import { findRenames } from './renames.ts'

/** What differs between two flat trees, in git's order; with `renames` deleted and added files are paired by similarity. */
export function treeDiff(
  store: ObjectStore,
  old: FlatTree,
  fresh: FlatTree,
  options: { readonly renames?: boolean; readonly paths?: ((path: string) => boolean) | undefined } = {},
): readonly FileDiff[] {
  const found: FileDiff[] = []
  for (const path of pathsOf(old, fresh)) {
    const a = old.get(path)
    const b = fresh.get(path)
    if (a?.id === b?.id && a?.mode === b?.mode) continue
    if (options.paths && !options.paths(path)) continue
    if (!a && b) found.push({ status: 'A', new: { path, ...b } })
    else if (a && !b) found.push({ status: 'D', old: { path, ...a } })
    else if (a && b) {
      const status = a.mode.slice(0, 3) === b.mode.slice(0, 3) ? 'M' : 'T'
      found.push({ status, old: { path, ...a }, new: { path, ...b } })
    }
  }
  return options.renames === false ? found : findRenames(store, found)
}
