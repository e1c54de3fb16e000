import { reach } from '../remote/endpoint.ts'
import { missingObjects, receivingText } from '../remote/transfer.ts'
import { fetchLines, prettyRef, type UpdateLine } from '../remote/updates.ts'
import { isAncestor } from '../revision/ancestry.ts'
import { peel, upstreamOf } from '../revision/resolve.ts'
import { resolveRef } from '../work/refs.ts'
import type { Ask } from './ask.ts'
import { die } from './problem.ts'

export interface Fetching {
  /** A remote's name or an address. */
  readonly remote: string
  readonly refspecs: readonly string[]
  readonly prune?: boolean
  readonly tags?: boolean | undefined
  readonly quiet?: boolean
  readonly force?: boolean
  /** What stands in the logs: `fetch`, `pull`. */
  readonly log: string
}

/** One line of FETCH_HEAD. */
export interface Fetched {
  readonly id: string
  readonly ref: string
  readonly merge: boolean
}

/** Brings refs and objects of a remote here; answers what is to be merged. Models: git builtin/fetch.c */
export function fetchFrom(ask: Ask, options: Fetching): readonly Fetched[] {
  const { repo } = ask
  const { remote } = options
  const url = repo.config.get(`remote.${remote}.url`)
  const configured = repo.config.all(`remote.${remote}.fetch`)
  const other = reach(ask, url ?? remote, 'pull')
  const specs = (options.refspecs.length > 0 ? options.refspecs : configured).map(parseSpec)
  const wanted: {
    readonly ref: string
    readonly id: string
    readonly to: string | undefined
    readonly force: boolean
  }[] = []
  for (const { force, from, to } of specs) {
    if (from.endsWith('*')) {
      const prefix = from.slice(0, -1)
      for (const [ref, id] of other.refs)
        if (ref.startsWith(prefix)) wanted.push({ ref, id, to: to?.replace('*', ref.slice(prefix.length)), force })
      continue
    }
    const ref =
      from === 'HEAD' || from === ''
        ? other.head
        : [from, `refs/tags/${from}`, `refs/heads/${from}`].find((one) => other.refs.has(one))
    const id = ref === undefined ? undefined : other.refs.get(ref)
    if (ref === undefined || id === undefined) return die(`couldn't find remote ref ${from}`)
    const tracking = configured
      .map(parseSpec)
      .find((one) => one.from.endsWith('*') && ref.startsWith(one.from.slice(0, -1)))
    const into =
      to === undefined || to === ''
        ? tracking?.to?.replace('*', ref.slice(tracking.from.length - 1))
        : to.startsWith('refs/')
          ? to
          : `refs/heads/${to}`
    wanted.push({ ref, id, to: into, force: force || (to === undefined && tracking?.force === true) })
  }
  if (specs.length === 0 && other.head !== undefined && other.refs.has(other.head))
    wanted.push({ ref: other.head, id: other.refs.get(other.head) as string, to: undefined, force: false })
  const objects = missingObjects(
    other.store,
    repo.store,
    wanted.map(({ id }) => id),
  )
  for (const [id, text] of objects) repo.store.put(id, text)
  const lines: UpdateLine[] = []
  if (options.prune) prune(ask, specs, other.refs, lines)
  const named = options.refspecs.length > 0
  for (const { ref, id, to, force } of wanted) {
    if (to === undefined) {
      if (named || specs.length === 0)
        lines.push({
          flag: '*',
          summary: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
          from: prettyRef(ref),
          to: 'FETCH_HEAD',
        })
      continue
    }
    if (named && to.startsWith('refs/remotes/'))
      lines.push({ flag: '*', summary: 'branch', from: prettyRef(ref), to: 'FETCH_HEAD' })
    const line = move(ask, ref, to, id, force || options.force === true, `${options.log}`)
    if (line) lines.push(line)
  }
  followTags(ask, other.refs, options, objects, lines, other.store)
  if (!options.quiet && objects.size > 0 && !other.local && ask.call.terminal) ask.err(receivingText(objects))
  if (lines.length > 0 && !options.quiet) {
    ask.err(`From ${other.url.replace(/\/$/, '').replace(/\.git$/, '')}\n`)
    ask.err(fetchLines(lines))
  }
  const upstream = repo.branch() === undefined ? undefined : upstreamOf(repo, repo.branch() as string)
  const heads = wanted.map(({ ref, id }) => ({
    id,
    ref,
    merge: named ? true : specs.length === 0 || (upstream?.remote === remote && upstream.merge === ref),
  }))
  heads.sort((a, b) => Number(b.merge) - Number(a.merge))
  repo.write(
    'FETCH_HEAD',
    heads
      .map(
        ({ id, ref, merge }) =>
          `${id}\t${merge ? '' : 'not-for-merge'}\t${ref.startsWith('refs/tags/') ? 'tag' : 'branch'} '${prettyRef(ref)}' of ${other.url.replace(/\.git$/, '')}\n`,
      )
      .join(''),
  )
  if (lines.some(({ flag }) => flag === '!')) ask.failed = true
  return heads.filter(({ merge }) => merge)
}

function move(ask: Ask, ref: string, to: string, id: string, force: boolean, log: string): UpdateLine | undefined {
  const { repo } = ask
  const old = resolveRef(repo.refs, to)
  const from = prettyRef(ref)
  const into = prettyRef(to)
  if (old === id) return undefined
  if (old === undefined) {
    const tag = ref.startsWith('refs/tags/')
    repo.moveRef(to, id, ask.logger, `${log}: storing ${tag ? 'tag' : 'head'}`)
    return {
      flag: '*',
      summary: tag ? '[new tag]' : ref.startsWith('refs/heads/') ? '[new branch]' : '[new ref]',
      from,
      to: into,
    }
  }
  if (to.startsWith('refs/tags/')) {
    if (!force) return { flag: '!', summary: '[rejected]', from, to: into, why: 'would clobber existing tag' }
    repo.moveRef(to, id, ask.logger, `${log}: updating tag`)
    return { flag: 't', summary: '[tag update]', from, to: into }
  }
  if (isAncestor(repo.store, old, id)) {
    repo.moveRef(to, id, ask.logger, `${log}: fast-forward`)
    return { flag: ' ', summary: `${ask.short(old)}..${ask.short(id)}`, from, to: into }
  }
  if (!force) return { flag: '!', summary: '[rejected]', from, to: into, why: 'non-fast-forward' }
  repo.moveRef(to, id, ask.logger, `${log}: forced-update`)
  return { flag: '+', summary: `${ask.short(old)}...${ask.short(id)}`, from, to: into, why: 'forced update' }
}

function prune(ask: Ask, specs: readonly Spec[], refs: ReadonlyMap<string, string>, lines: UpdateLine[]): void {
  const { repo } = ask
  for (const { from, to } of specs) {
    if (!from.endsWith('*') || !to) continue
    const prefix = to.slice(0, -1)
    for (const ref of repo.refs.list(prefix)) {
      if (ref.endsWith('/HEAD') || refs.has(from.slice(0, -1) + ref.slice(prefix.length))) continue
      repo.refs.remove(ref)
      lines.push({ flag: '-', summary: '[deleted]', from: '(none)', to: prettyRef(ref) })
    }
  }
}

/** Tags that lead to commits that are here now come along by themselves. */
function followTags(
  ask: Ask,
  refs: ReadonlyMap<string, string>,
  options: Fetching,
  objects: ReadonlyMap<string, string>,
  lines: UpdateLine[],
  store: Parameters<typeof missingObjects>[0],
): void {
  const { repo } = ask
  if (options.tags === false) return
  for (const [ref, id] of refs) {
    if (!ref.startsWith('refs/tags/') || repo.refs.get(ref) !== undefined) continue
    const here = repo.store.text(id) !== undefined
    const text = store.text(id)
    const target = text?.startsWith('tag\n') ? /^object (\w+)/m.exec(text)?.[1] : id
    const reachable =
      target !== undefined &&
      peel(repo, target, 'any') !== undefined &&
      (objects.size > 0 || here || options.tags === true || repo.store.text(target) !== undefined)
    if (!reachable && options.tags !== true) continue
    for (const [one, body] of missingObjects(store, repo.store, [id])) repo.store.put(one, body)
    repo.refs.set(ref, id)
    lines.push({ flag: '*', summary: '[new tag]', from: prettyRef(ref), to: prettyRef(ref) })
  }
}

interface Spec {
  readonly force: boolean
  readonly from: string
  readonly to: string | undefined
}

function parseSpec(text: string): Spec {
  const force = text.startsWith('+')
  const [from = '', to] = text.replace(/^\+/, '').split(':')
  return { force, from, to }
}
