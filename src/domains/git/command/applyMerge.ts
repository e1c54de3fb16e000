import type { MergeResult } from '../merge/mergeTrees.ts'
import type { FlatTree } from '../object/flatTree.ts'
import { readBlob, writeBlob } from '../object/store.ts'
import type { Repo } from '../work/repo.ts'
import { obstacles, removeFile, writeFile } from '../work/workTree.ts'
import type { Ask } from './ask.ts'
import { refuseObstacles } from './switching.ts'

/** Puts what a merge gave into index and working tree; `ours` is what was there. Ends in git's words when files would be lost. */
export function applyMerge(ask: Ask, ours: FlatTree, result: MergeResult, command = 'merge'): void {
  const { repo } = ask
  const target = new Map(result.files)
  refuseObstacles(ask, obstacles(repo, ours, target), command, command === 'stash' ? 'apply' : command)
  const stage = repo.stage()
  for (const path of ours.keys()) {
    if (target.has(path)) continue
    stage.remove(path)
    removeFile(repo, path)
  }
  for (const [path, leaf] of target) {
    const before = ours.get(path)
    if (before?.id === leaf.id && before.mode === leaf.mode) continue
    keep(repo, leaf.id)
    stage.add(path, leaf)
    writeFile(repo, path, leaf)
  }
  for (const [path, stages] of result.conflicts) {
    stage.files.delete(path)
    stage.conflicts.set(path, stages)
    for (const leaf of [stages[1], stages[2], stages[3]]) if (leaf) keep(repo, leaf.id)
  }
  repo.saveStage(stage)
  if (result.messages.length > 0) ask.out(`${result.messages.join('\n')}\n`)
}

/** Stores a blob that so far is only in memory. */
function keep(repo: Repo, id: string): void {
  if (repo.store.text(id) === undefined && repo.memory.text(id) !== undefined)
    writeBlob(repo.store, readBlob(repo.memory, id))
}

/** What git notes for the message of a merge in conflict. */
export function conflictNote(paths: Iterable<string>): string {
  return `\n# Conflicts:\n${[...paths]
    .sort()
    .map((path) => `#\t${path}\n`)
    .join('')}`
}
