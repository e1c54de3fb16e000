import { fileStats, shortStat, summaryText } from '../diff/stat.ts'
import { treeDiff } from '../diff/treeDiff.ts'
import { type FlatTree, filesOfCommit, writeTree } from '../object/flatTree.ts'
import type { Signature } from '../object/signature.ts'
import { readCommit, writeObject } from '../object/store.ts'
import { dateText } from '../revision/date.ts'
import { subjectOf } from '../revision/pretty.ts'
import type { Ask } from './ask.ts'

export interface NewCommit {
  readonly files: FlatTree
  readonly parents: readonly string[]
  readonly author: Signature
  readonly message: string
  /** What stands before the subject in the logs: `commit`, `commit (amend)`. */
  readonly log: string
}

/** Makes a commit and moves HEAD to it; answers its id. */
export function makeCommit(ask: Ask, { files, parents, author, message, log }: NewCommit): string {
  const { repo } = ask
  const committer = ask.who('COMMITTER')
  const tree = writeTree(repo.store, files)
  const id = writeObject(repo.store, { type: 'commit', tree, parents, author, committer, message })
  repo.moveRef('HEAD', id, committer, `${log}: ${subjectOf(message)}`)
  return id
}

/** What git prints of a new commit: `[main abc1234] subject` and what changed. Models: git sequencer.c print_commit_summary */
export function summaryOf(ask: Ask, id: string, dated = false): string {
  const { repo } = ask
  const commit = readCommit(repo.store, id)
  const branch = repo.branch() ?? 'detached HEAD'
  const root = commit.parents.length === 0 ? ' (root-commit)' : ''
  let out = `[${branch}${root} ${ask.short(id)}] ${subjectOf(commit.message)}\n`
  const { author, committer } = commit
  if (author.name !== committer.name || author.email !== committer.email)
    out += ` Author: ${author.name} <${author.email}>\n`
  if (dated) out += ` Date: ${dateText(author, 'default', ask.now)}\n`
  if (commit.parents.length > 1) return out
  const diffs = treeDiff(repo.store, filesOfCommit(repo.store, commit.parents[0]), filesOfCommit(repo.store, id))
  return out + shortStat(fileStats(repo.store, diffs)) + summaryText(diffs)
}
