import { defineHost } from '../../../shell/host.ts'
import { type FileTree, withChanges } from '../../../shell/index.ts'
import { installedPrograms } from '../../../shell/installed.ts'
import { BUILD, type Build, sourceDirectory } from './build.ts'
import { environmentOf } from './environment.ts'

/** How a build's commands run: the standard image has every tool of the learner's own machine, `docker` and `git` among them. */
export const buildHost = defineHost({
  kind: BUILD,
  programs: () => installedPrograms(),
  files: (host) => filesOf(host as Build),
  change: (host, changes) => ({ to: host.id, type: 'FilesChanged', data: { changes }, by: host.id }),
  env: (host) => environmentOf(host as Build),
  cwd: (host) => sourceDirectory(host as Build),
})

const trees = new WeakMap<object, WeakMap<object, FileTree>>()

/** Every file on a build's machine. */
export function filesOf(build: Build): FileTree {
  const source = build.source ?? EMPTY
  let known = trees.get(source)
  if (!known) {
    known = new WeakMap()
    trees.set(source, known)
  }
  let tree = known.get(build.written)
  if (!tree) {
    tree = withChanges(source, build.written)
    known.set(build.written, tree)
  }
  return tree
}

const EMPTY: FileTree = {}
