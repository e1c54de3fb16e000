import { readObject } from '../object/store.ts'
import { resolveRef } from '../work/refs.ts'
import type { Repo } from '../work/repo.ts'

/** Names that stand beside a commit in a log, as git orders them: HEAD, tags, remote branches, branches. */
export type Decorations = ReadonlyMap<string, readonly string[]>

/** The names of every commit that a ref leads to. With `full` they are not shortened. */
export function decorations(repo: Repo, full = false): Decorations {
  const found = new Map<string, string[]>()
  const add = (id: string, name: string): void => {
    const list = found.get(id)
    if (list) list.unshift(name)
    else found.set(id, [name])
  }
  const branch = repo.branch()
  for (const ref of repo.refs.list('refs/')) {
    const id = resolveRef(repo.refs, ref)
    if (id === undefined || ref === `refs/heads/${branch}`) continue
    const object = readObject(repo.store, id)
    const target = object?.type === 'tag' ? object.object : id
    const short = full ? ref : ref.replace(/^refs\/(heads|remotes|tags)\//, '')
    add(target, ref.startsWith('refs/tags/') ? `tag: ${short}` : short)
  }
  const head = repo.head()
  if (head !== undefined) add(head, branch === undefined ? 'HEAD' : `HEAD -> ${full ? `refs/heads/${branch}` : branch}`)
  return found
}
