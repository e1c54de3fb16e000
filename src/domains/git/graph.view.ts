import type { View } from '../../kernel/index.ts'
import { Files, type Session } from '../../shell/index.ts'
import { type ObjectStore, readObject } from './object/store.ts'
import { branchesOf, hostedStore, repositoryOf } from './repository/repository.ts'
import { subjectOf } from './revision/pretty.ts'
import { walk } from './revision/walk.ts'
import { discover, openRepo } from './work/discover.ts'
import { resolveRef } from './work/refs.ts'

/** One commit of a graph. Rows go from the newest down; a commit's `lane` is the column that it stands in. */
export interface GraphCommit {
  readonly id: string
  readonly parents: readonly string[]
  readonly subject: string
  readonly author: string
  /** Seconds since 1970. */
  readonly at: number
  readonly lane: number
  /** Lines that leave the row downwards: from a lane of this row to a lane of the next one. */
  readonly lines: readonly { readonly from: number; readonly to: number; readonly commit: string }[]
}

export interface GraphRef {
  readonly name: string
  readonly sort: 'branch' | 'remote' | 'tag' | 'stash'
  readonly commit: string
}

/** The history of a working copy or a hosted repository. */
export interface Graph {
  readonly commits: readonly GraphCommit[]
  readonly refs: readonly GraphRef[]
  /** The commit that HEAD leads to, and the branch that it names. */
  readonly head: { readonly commit: string | null; readonly branch: string | null }
  readonly lanes: number
}

/**
 * The commit graph: of the working copy that a session stands in (`session`, with `path` for another directory), or of a hosted
 * repository (`repository`, an entity id). `null` when there is none.
 */
export const graphView: View<{ session?: string; path?: string; repository?: string; limit?: number }, Graph | null> = {
  name: 'git.graph',
  reads: ['shell.Session', 'git.Repository'],
  select(world, { session, path, repository, limit = 300 }) {
    if (repository !== undefined) {
      const hosted = repositoryOf(world, repository)
      if (!hosted) return null
      const refs = new Map(Object.entries(hosted.refs))
      const branch = branchesOf(hosted).find((name) => `refs/heads/${name}` === hosted.head)
      return graphOf(hostedStore(hosted), refs, hosted.refs[hosted.head], branch, limit)
    }
    const host = world.get(`shell.Session/${session ?? 'main'}`) as Session | undefined
    if (!host) return null
    const files = new Files(host.files, world.now)
    const found = discover(files, path ?? host.shell.cwd)
    if (!found) return null
    const repo = openRepo(files, found, undefined)
    const refs = new Map<string, string>()
    for (const name of repo.refs.list('refs/')) {
      const id = resolveRef(repo.refs, name)
      if (id !== undefined && !name.endsWith('/HEAD')) refs.set(name, id)
    }
    return graphOf(repo.store, refs, repo.head(), repo.branch(), limit)
  },
}

function graphOf(
  store: ObjectStore,
  names: ReadonlyMap<string, string>,
  head: string | undefined,
  branch: string | undefined,
  limit: number,
): Graph {
  const refs = [...names].flatMap(([name, id]): GraphRef[] => {
    const object = readObject(store, id)
    const commit = object?.type === 'tag' ? object.object : id
    if (readObject(store, commit)?.type !== 'commit') return []
    const [, kind = '', short = name] = /^refs\/(heads|remotes|tags)\/(.*)$/.exec(name) ?? []
    const sort = ({ heads: 'branch', remotes: 'remote', tags: 'tag' } as const)[kind] ?? 'stash'
    return [{ name: short, sort, commit }]
  })
  const tips = [
    ...(head === undefined ? [] : [head]),
    ...refs.filter(({ sort }) => sort !== 'stash').map(({ commit }) => commit),
  ]
  const walked = walk(store, [...new Set(tips)], { order: 'topo' }).slice(0, limit)
  let lanes: (string | undefined)[] = []
  let widest = 0
  const commits = walked.map(({ id, commit, parents }): GraphCommit => {
    let lane = lanes.indexOf(id)
    if (lane < 0) {
      lane = free(lanes)
      lanes[lane] = id
    }
    const next = lanes.map((one) => (one === id ? undefined : one))
    const lines: { from: number; to: number; commit: string }[] = []
    parents.forEach((parent, i) => {
      let to = next.indexOf(parent)
      if (to < 0) to = i === 0 ? lane : free(next)
      else if (i === 0 && to > lane) {
        next[to] = undefined
        to = lane
      }
      next[to] = parent
      lines.push({ from: lane, to, commit: parent })
    })
    lanes.forEach((one, from) => {
      if (one !== undefined && one !== id) lines.push({ from, to: next.indexOf(one), commit: one })
    })
    widest = Math.max(widest, lanes.length, next.length)
    lanes = next
    while (lanes.length > 0 && lanes[lanes.length - 1] === undefined) lanes.pop()
    return {
      id,
      parents,
      subject: subjectOf(commit.message),
      author: commit.author.name,
      at: commit.author.at,
      lane,
      lines,
    }
  })
  return { commits, refs, head: { commit: head ?? null, branch: branch ?? null }, lanes: widest }
}

function free(lanes: readonly (string | undefined)[]): number {
  const at = lanes.indexOf(undefined)
  return at < 0 ? lanes.length : at
}
