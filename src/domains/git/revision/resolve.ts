import { resolvePath } from '../../../shell/index.ts'
import { entryAt, treeOfObject } from '../object/flatTree.ts'
import type { ObjectType } from '../object/gitObject.ts'
import { readCommit, readObject } from '../object/store.ts'
import { resolveRef } from '../work/refs.ts'
import type { Repo } from '../work/repo.ts'
import { walk } from './walk.ts'

/** The id of the object that a text names (`main~2`, `v1^{tree}`, `HEAD:file`, `abc1234`); undefined for none. Models: git object-name.c */
export function resolveRevision(repo: Repo, text: string, cwd = repo.top ?? '/'): string | undefined {
  if (text.startsWith(':/')) return byMessage(repo, text.slice(2), tips(repo))
  const colon = outsideBraces(text)
  if (colon === 0) return staged(repo, text.slice(1), cwd)
  if (colon > 0) {
    const object = resolveRevision(repo, text.slice(0, colon), cwd)
    const tree = object && treeOfObject(repo.store, object)
    return tree ? entryAt(repo.store, tree, relative(repo, text.slice(colon + 1), cwd))?.id : undefined
  }
  const [, base = '', steps = ''] = /^(.*?)((?:\^\{[^}]*\}|\^-?\d*|~\d*)*)$/s.exec(text) ?? []
  let id = name(repo, base)
  for (const [step] of steps.matchAll(/\^\{[^}]*\}|\^\d*|~\d*/g)) {
    if (id === undefined) return undefined
    id = take(repo, id, step)
  }
  return id
}

/** The commit that a text names, through tags; undefined for none. */
export function resolveCommit(repo: Repo, text: string): string | undefined {
  const id = resolveRevision(repo, text)
  return id === undefined ? undefined : peel(repo, id, 'commit')
}

/** The object of a type that an object leads to. */
export function peel(repo: Repo, id: string, type: ObjectType | 'any'): string | undefined {
  const object = readObject(repo.store, id)
  if (!object) return undefined
  if (object.type === type || (type === 'any' && object.type !== 'tag')) return id
  if (object.type === 'tag') return peel(repo, object.object, type)
  if (object.type === 'commit' && type === 'tree') return object.tree
  return undefined
}

/** The full name of the ref that a short one means. */
export function fullRef(repo: Repo, short: string): string | undefined {
  if (short === '@') return 'HEAD'
  if (/^[A-Z][A-Z_]*$/.test(short) && repo.refs.get(short) !== undefined) return short
  const names = [
    ...(short.startsWith('refs/') ? [short] : []),
    `refs/${short}`,
    `refs/tags/${short}`,
    `refs/heads/${short}`,
    `refs/remotes/${short}`,
    `refs/remotes/${short}/HEAD`,
  ]
  return names.find((one) => resolveRef(repo.refs, one) !== undefined)
}

/** The ref that a branch merges with, by its settings; undefined when it has none. */
export function upstreamOf(
  repo: Repo,
  branch: string,
): { readonly remote: string; readonly merge: string; readonly ref: string } | undefined {
  const remote = repo.config.get(`branch.${branch}.remote`)
  const merge = repo.config.get(`branch.${branch}.merge`)
  if (remote === undefined || merge === undefined) return undefined
  const ref = remote === '.' ? merge : merge.replace(/^refs\/heads\//, `refs/remotes/${remote}/`)
  return { remote, merge, ref }
}

/** The branch that was the nth one checked out before, from HEAD's log. */
export function previousBranch(repo: Repo, n = 1): string | undefined {
  const moves = repo
    .reflog('HEAD')
    .flatMap(({ message }) => /^checkout: moving from (\S+) to /.exec(message)?.[1] ?? [])
  return moves[n - 1]
}

function name(repo: Repo, text: string): string | undefined {
  const at = /^(.*)@\{([^}]*)\}$/s.exec(text)
  if (at) return ofLog(repo, at[1] ?? '', at[2] ?? '')
  if (/^[0-9a-f]{40}$/.test(text)) return text
  const ref = fullRef(repo, text)
  if (ref !== undefined) return resolveRef(repo.refs, ref)?.slice(0, 40)
  const hex = /^(?:.+-g)?([0-9a-f]{4,39})$/i.exec(text)?.[1]
  if (hex === undefined) return undefined
  const found = repo.store.startingWith(hex.toLowerCase())
  if (found.length <= 1) return found[0]
  const commits = found.filter((id) => readObject(repo.store, id)?.type === 'commit')
  return commits.length === 1 ? commits[0] : undefined
}

function ofLog(repo: Repo, base: string, inside: string): string | undefined {
  if (/^-\d+$/.test(inside) && base === '') {
    const branch = previousBranch(repo, Number(inside.slice(1)))
    return branch === undefined ? undefined : name(repo, branch)
  }
  const short = base === '' || base === '@' ? (repo.branch() ?? 'HEAD') : base
  if (/^(u|upstream|push)$/i.test(inside)) {
    const ref = upstreamOf(repo, short.replace(/^refs\/heads\//, ''))?.ref
    return ref === undefined ? undefined : resolveRef(repo.refs, ref)
  }
  if (!/^\d+$/.test(inside)) return undefined
  const ref =
    base === '@'
      ? 'HEAD'
      : base === ''
        ? repo.branch() === undefined
          ? 'HEAD'
          : `refs/heads/${repo.branch()}`
        : fullRef(repo, base)
  if (ref === undefined) return undefined
  const log = repo.reflog(ref)
  const at = Number(inside)
  if (at === 0) return resolveRef(repo.refs, ref)
  return log[at]?.id ?? (log[at - 1]?.before.match(/^0+$/) ? undefined : log[at - 1]?.before)
}

function take(repo: Repo, id: string, step: string): string | undefined {
  if (step.startsWith('^{')) {
    const inside = step.slice(2, -1)
    if (inside.startsWith('/')) return byMessage(repo, inside.slice(1), [id])
    return inside === '' ? peel(repo, id, 'any') : inside === 'object' ? id : peel(repo, id, inside as ObjectType)
  }
  let commit = peel(repo, id, 'commit')
  const count = step.length === 1 ? 1 : Number(step.slice(1))
  if (commit === undefined || (step.startsWith('^') && count === 0)) return commit
  if (step.startsWith('^')) return readCommit(repo.store, commit).parents[count - 1]
  for (let left = count; left > 0 && commit !== undefined; left--) commit = readCommit(repo.store, commit).parents[0]
  return commit
}

function staged(repo: Repo, text: string, cwd: string): string | undefined {
  const [, number = '0', path = ''] = /^(?:([0-3]):)?(.*)$/s.exec(text) ?? []
  const at = relative(repo, path, cwd)
  if (number === '0') return repo.stage().files.get(at)?.id
  return repo.stage().conflicts.get(at)?.[Number(number) as 1 | 2 | 3]?.id
}

function relative(repo: Repo, path: string, cwd: string): string {
  if (!/^\.\.?(\/|$)/.test(path)) return path
  const top = repo.top ?? '/'
  return resolvePath(cwd, path).slice(top === '/' ? 1 : top.length + 1)
}

function byMessage(repo: Repo, pattern: string, from: readonly string[]): string | undefined {
  let expression: RegExp
  try {
    expression = new RegExp(pattern)
  } catch {
    return undefined
  }
  return walk(repo.store, from).find(({ commit }) => expression.test(commit.message))?.id
}

function tips(repo: Repo): readonly string[] {
  const ids = ['HEAD', ...repo.refs.list('refs/')].flatMap((ref) => resolveRef(repo.refs, ref) ?? [])
  return ids.flatMap((id) => peel(repo, id, 'commit') ?? [])
}

function outsideBraces(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}') depth--
    else if (text[at] === ':' && depth === 0) return at
  }
  return -1
}
