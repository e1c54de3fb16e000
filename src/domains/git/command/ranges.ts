import { ancestors, mergeBases } from '../revision/ancestry.ts'
import { peel, resolveCommit, resolveRevision } from '../revision/resolve.ts'
import { resolveRef } from '../work/refs.ts'
import type { Ask } from './ask.ts'

/** What a list of revisions and ranges selects, and the paths among the words. */
export interface Selection {
  readonly from: readonly string[]
  readonly not: readonly string[]
  readonly paths: readonly string[]
  /** For `a...b`: which commits are of its left side. */
  readonly left?: ReadonlySet<string> | undefined
}

/** Tells revisions from paths among words, as git does: revisions first, each word either one or a file that is there. */
export function selection(ask: Ask, words: readonly string[], rest: readonly string[] | undefined): Selection {
  const { repo } = ask
  const from: string[] = []
  const not: string[] = []
  const paths: string[] = []
  let left: ReadonlySet<string> | undefined
  for (const word of words) {
    if (paths.length > 0) {
      if (!isPath(ask, word)) ask.ambiguous(word)
      paths.push(word)
      continue
    }
    const three = /^(.*?)\.\.\.(.*)$/s.exec(word)
    const two = three ? null : /^(.*?)\.\.(.*)$/s.exec(word)
    if (word.startsWith('^') && resolveCommit(repo, word.slice(1)) !== undefined) not.push(ask.commit(word.slice(1)))
    else if (
      (three || two) &&
      resolveCommit(repo, (three ?? two)?.[1] || 'HEAD') !== undefined &&
      resolveCommit(repo, (three ?? two)?.[2] || 'HEAD') !== undefined
    ) {
      const a = ask.commit((three ?? two)?.[1] || 'HEAD')
      const b = ask.commit((three ?? two)?.[2] || 'HEAD')
      if (three) {
        from.push(a, b)
        not.push(...mergeBases(repo.store, a, b))
        left = ancestors(repo.store, [a])
      } else {
        not.push(a)
        from.push(b)
      }
    } else {
      const id = resolveRevision(repo, word, ask.cwd)
      const commit = id === undefined ? undefined : peel(repo, id, 'commit')
      if (commit !== undefined) from.push(commit)
      else if (rest === undefined && isPath(ask, word)) paths.push(word)
      else if (rest !== undefined) return ask.bad(word)
      else ask.ambiguous(word)
    }
  }
  return { from, not, paths: [...paths, ...(rest ?? [])], left }
}

/** Commits that `--all`, `--branches`, `--tags` and `--remotes` add. */
export function refTips(ask: Ask): readonly string[] {
  const { repo } = ask
  const prefixes = [
    ...(ask.flag('all') ? ['refs/'] : []),
    ...(ask.flag('branches') ? ['refs/heads/'] : []),
    ...(ask.flag('tags') ? ['refs/tags/'] : []),
    ...(ask.flag('remotes') ? ['refs/remotes/'] : []),
  ]
  const names = prefixes.flatMap((prefix) => repo.refs.list(prefix))
  const ids = [...names.map((name) => resolveRef(repo.refs, name)), ...(ask.flag('all') ? [repo.head()] : [])]
  return [...new Set(ids.flatMap((id) => (id === undefined ? [] : (peel(repo, id, 'commit') ?? []))))]
}

function isPath(ask: Ask, word: string): boolean {
  return word.startsWith(':') || /[*?]/.test(word) || ask.files.exists(ask.path(word))
}
