import { byteOrder } from '../object/byteOrder.ts'
import type { FlatTree, Leaf } from '../object/flatTree.ts'
import { readBlob } from '../object/store.ts'
import type { Repo } from './repo.ts'
import { makeParents } from './withParents.ts'

/** Writes one version of a file into the working tree. */
export function writeFile(repo: Repo, path: string, leaf: Leaf): void {
  const at = repo.at(path)
  if (repo.files.isDirectory(at) && repo.files.list(at).length === 0) repo.files.remove(at)
  for (let up = path.lastIndexOf('/'); up > 0; up = path.lastIndexOf('/', up - 1)) {
    const above = repo.at(path.slice(0, up))
    if (repo.files.exists(above) && !repo.files.isDirectory(above)) repo.files.remove(above)
  }
  makeParents(repo.files, at)
  if (repo.files.exists(at)) repo.files.remove(at)
  repo.files.write(at, readBlob(repo.memory, leaf.id))
  if (leaf.mode === '100755') repo.files.chmod(at, 0o755)
}

/** Removes a file of the working tree, and the directories that are empty then. */
export function removeFile(repo: Repo, path: string): void {
  const at = repo.at(path)
  if (!repo.files.exists(at) || repo.files.isDirectory(at)) return
  repo.files.remove(at)
  for (let up = at.slice(0, at.lastIndexOf('/')); up !== repo.top && up !== ''; up = up.slice(0, up.lastIndexOf('/'))) {
    if (repo.files.list(up).length > 0) break
    repo.files.remove(up)
  }
}

/** What stands against replacing the files of one tree by those of another. */
export interface Obstacles {
  /** Tracked files with changes that would be lost. */
  readonly changed: readonly string[]
  /** Files that git does not know and that would be overwritten. */
  readonly untracked: readonly string[]
}

/** Which files a switch from one tree to another would overwrite. Models: git unpack-trees.c two-way merge */
export function obstacles(repo: Repo, from: FlatTree, to: FlatTree): Obstacles {
  const stage = repo.stage()
  const changed: string[] = []
  const untracked: string[] = []
  for (const path of new Set([...from.keys(), ...to.keys()])) {
    const a = from.get(path)
    const b = to.get(path)
    if (same(a, b)) continue
    const staged = stage.files.get(path)
    const work = repo.workFile(path)
    if (stage.conflicts.has(path)) changed.push(path)
    else if (!staged) {
      if (a && same(staged, b)) continue
      if (a && !work && !b) continue
      if (a) changed.push(path)
      else if (work && b && !same(work, b) && !repo.ignore().ignores(path, false)) untracked.push(path)
    } else if (same(staged, b)) continue
    else if (!same(staged, a)) changed.push(path)
    else if (work && !same(work, staged)) changed.push(path)
  }
  return { changed: changed.sort(byteOrder), untracked: untracked.sort(byteOrder) }
}

/** Replaces the files of one tree by those of another in the index and the working tree; what both have alike stays as it is. */
export function switchFiles(repo: Repo, from: FlatTree, to: FlatTree): void {
  const stage = repo.stage()
  for (const path of from.keys()) {
    if (to.has(path)) continue
    const staged = stage.files.get(path)
    stage.remove(path)
    if (staged || repo.workFile(path)) removeFile(repo, path)
  }
  for (const [path, leaf] of to) {
    if (same(from.get(path), leaf)) continue
    if (!same(stage.files.get(path), leaf) || !from.has(path)) {
      stage.add(path, leaf)
      writeFile(repo, path, leaf)
    }
  }
  repo.saveStage(stage)
}

/** Makes index and working tree exactly a tree: `reset --hard`. Untracked files stay. */
export function resetFiles(repo: Repo, to: FlatTree): void {
  const stage = repo.stage()
  for (const path of stage.paths()) if (!to.has(path)) removeFile(repo, path)
  for (const [path, leaf] of to) if (!same(repo.workFile(path), leaf)) writeFile(repo, path, leaf)
  stage.files.clear()
  stage.conflicts.clear()
  for (const [path, leaf] of to) stage.files.set(path, leaf)
  repo.saveStage(stage)
}

function same(a: Leaf | undefined, b: Leaf | undefined): boolean {
  return a?.id === b?.id && a?.mode === b?.mode
}
