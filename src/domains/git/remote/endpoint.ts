import { resolvePath } from '../../../shell/index.ts'
import type { Ask } from '../command/ask.ts'
import { die, Problem } from '../command/problem.ts'
import { MemoryStore, type ObjectStore } from '../object/store.ts'
import { hostedStore, pushEmission, repositoryOf } from '../repository/repository.ts'
import { Config } from '../work/config.ts'
import { isGitDir, openRepo } from '../work/discover.ts'
import { resolveRef } from '../work/refs.ts'
import { remoteOf } from './remote.ts'

/** One ref to be moved at the other end. */
export interface RefUpdate {
  readonly ref: string
  readonly old: string | undefined
  readonly new: string | undefined
}

/** The other end of a fetch or a push. */
export interface Endpoint {
  readonly url: string
  /** Whether it is a path and not an address. */
  readonly local: boolean
  readonly store: ObjectStore
  /** Refs by full name, HEAD not among them, in order. */
  readonly refs: ReadonlyMap<string, string>
  /** The branch that HEAD names there. */
  readonly head: string | undefined
  /** Moves refs, with the objects that are missing there. Answers why a ref was refused, by its name. */
  receive(updates: readonly RefUpdate[], objects: ReadonlyMap<string, string>): ReadonlyMap<string, string>
}

/** Reaches what is behind an address or a path, or ends in git's words. */
export function reach(ask: Ask, url: string, action: 'pull' | 'push'): Endpoint {
  return /^[\w+.-]+:(\/\/|:)/.test(url) && !url.startsWith('file://') ? hosted(ask, url, action) : onDisk(ask, url)
}

function hosted(ask: Ask, url: string, action: 'pull' | 'push'): Endpoint {
  const remote = remoteOf(url)
  if (!remote) {
    const host = /^\w[\w+.-]*:\/\/(?:[^@/]*@)?([^/:]+)/.exec(url)?.[1]
    if (host === undefined || !/^https?:/.test(url)) {
      const scheme = /^([\w+.-]+?)::?/.exec(url)?.[1] ?? url
      return /^(ssh|git)$/.test(scheme)
        ? gone(`ssh: Could not resolve hostname ${host}: Name or service not known\n`)
        : die(`unable to find remote helper for '${scheme}'`)
    }
    return die(`unable to access '${url.replace(/\/?$/, '/')}': Could not resolve host: ${host}`)
  }
  const asked = (ref?: string): string | undefined => {
    const refused = remote.authorize?.(ask.call, url, ref === undefined ? action : 'push', ref)
    if (refused === undefined || typeof refused === 'string') return refused
    ask.emit.push(...refused.emit)
    return refused.why
  }
  const refused = asked()
  if (refused !== undefined) return die(refused)
  const id = remote.repository(url, ask.call.world)
  const repository = id === undefined ? undefined : repositoryOf(ask.call.world, id)
  if (id === undefined || !repository) return die(remote.missing?.(url) ?? `repository '${url}' not found`)
  return {
    url,
    local: false,
    store: hostedStore(repository),
    refs: new Map(Object.entries(repository.refs).sort(([a], [b]) => (a < b ? -1 : 1))),
    head: repository.head,
    receive(updates, objects) {
      const rejected = new Map<string, string>()
      const principal = remote.principal?.(ask.call, url)
      const named = principal === undefined ? {} : { principal }
      let bring = objects.size > 0 ? Object.fromEntries(objects) : undefined
      for (const update of updates) {
        const why =
          asked(update.ref) ??
          (update.new === undefined && update.ref === repository.head
            ? `refusing to delete the current branch: ${update.ref}`
            : undefined)
        if (why !== undefined) {
          rejected.set(update.ref, why)
          continue
        }
        const by =
          ask.config.get('user.name') ?? ask.call.env['GIT_COMMITTER_NAME'] ?? ask.call.env['USER'] ?? 'someone'
        ask.emit.push(
          pushEmission(id, { ...update, by, ...named, objects: bring }, ask.call.session ?? ask.call.host.id),
        )
        bring = undefined
      }
      return rejected
    },
  }
}

function onDisk(ask: Ask, url: string): Endpoint {
  const path = resolvePath(ask.cwd, url.replace(/^file:\/\//, ''))
  const gitDir = [`${path}/.git`, path, `${path}.git`].find((one) => isGitDir(ask.files, one))
  if (gitDir === undefined) return gone(`fatal: '${url}' does not appear to be a git repository\n`)
  const top = gitDir.endsWith('/.git') ? gitDir.slice(0, -5) : undefined
  const repo = openRepo(ask.files, { gitDir, top }, undefined, new Config([]))
  const names = repo.refs.list('refs/')
  return {
    url,
    local: true,
    store: new MemoryStore(repo.store),
    refs: new Map(
      names.flatMap((name) => {
        const id = resolveRef(repo.refs, name)
        return id === undefined ? [] : [[name, id] as const]
      }),
    ),
    head: repo.refs.get('HEAD')?.startsWith('ref: ') ? repo.refs.get('HEAD')?.slice(5) : undefined,
    receive(updates, objects) {
      const rejected = new Map<string, string>()
      const checkedOut = repo.top === undefined ? undefined : repo.refs.get('HEAD')?.slice(5)
      for (const update of updates) {
        if (update.ref === checkedOut && repo.config.get('receive.denycurrentbranch') !== 'ignore') {
          rejected.set(update.ref, 'branch is currently checked out')
          continue
        }
        if (update.new === undefined && repo.refs.get('HEAD') === `ref: ${update.ref}`) {
          rejected.set(update.ref, 'deletion of the current branch prohibited')
          continue
        }
        for (const [id, text] of objects) if (repo.store.text(id) === undefined) repo.store.put(id, text)
        if (update.new === undefined) repo.refs.remove(update.ref)
        else repo.refs.set(update.ref, update.new)
      }
      return rejected
    },
  }
}

function gone(first: string): never {
  throw new Problem(
    `${first}fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.`,
  )
}
