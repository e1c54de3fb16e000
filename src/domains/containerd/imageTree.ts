import type { FileTree } from '../../shell/files.ts'
import { treeOf } from '../../shell/files.ts'
import { BASE_FILES } from './base.ts'
import type { Image } from './image.ts'

/** All files of an image: those of its base and its own. Shared, never changed. */
export function imageTree(image: Image): FileTree {
  if (image.tree) return image.tree
  const { base } = image
  const own = image.family.files ?? NONE
  let byBase = trees.get(own)
  if (!byBase) {
    byBase = new Map()
    trees.set(own, byBase)
  }
  let tree = byBase.get(base)
  if (!tree) {
    tree = treeOf({ ...BASE_FILES[base], ...own })
    byBase.set(base, tree)
  }
  return tree
}

const NONE = {}

/** Trees by the image's own files and its base: a function of both alone. */
const trees = new WeakMap<object, Map<string, FileTree>>()
