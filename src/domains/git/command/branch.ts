import { readCommit } from '../object/store.ts'
import { aheadBehind, ancestors } from '../revision/ancestry.ts'
import { subjectOf } from '../revision/pretty.ts'
import { fullRef, previousBranch, upstreamOf } from '../revision/resolve.ts'
import { withoutSection, withSetting } from '../work/config.ts'
import { resolveRef } from '../work/refs.ts'
import { detachedFrom } from '../work/statusText.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'

/** Models: git builtin/branch.c */
export const branch: Command = {
  name: 'branch',
  summary: 'List, create, or delete branches',
  usage: [
    'git branch [<options>] [-r | -a] [--merged] [--no-merged]',
    'git branch [<options>] [-f] [--recurse-submodules] <branch-name> [<start-point>]',
    'git branch [<options>] (-d | -D) [-r] <branch-name>...',
    'git branch [<options>] (-m | -M) [<old-branch>] <new-branch>',
  ],
  place: 'repository',
  completes: 'branches',
  flags: flags(`
    a,all | list both remote-tracking and local branches
    r,remotes | act on remote-tracking branches
    v,verbose | show hash and subject, give twice for upstream branch
    vv | show upstream branch
    l,list | list branch names
    d,delete | delete fully merged branch
    D | delete branch (even if not merged)
    m,move | move/rename a branch and its reflog
    M | move/rename a branch, even if target exists
    c,copy | copy a branch
    f,force | force creation, move/rename, deletion
    u,set-upstream-to=<upstream> | change the upstream info
    unset-upstream | unset the upstream info
    t,track=<mode>? | set branch tracking configuration
    show-current | show current branch name
    merged=<commit>? | print only branches that are merged
    contains=<commit>? | print only branches that contain the commit
    q,quiet | suppress informational messages
    sort=<key> | accepted
    format=<format> | accepted
    i,ignore-case | accepted
  `),
  run(ask) {
    const { repo } = ask
    const current = repo.branch()
    if (ask.flag('show-current')) {
      if (current !== undefined) ask.out(`${current}\n`)
      return 0
    }
    if (ask.flag('delete') || ask.flag('D')) return remove(ask)
    if (ask.flag('move') || ask.flag('M') || ask.flag('copy')) return rename(ask)
    const to = ask.value('set-upstream-to')
    if (to !== undefined) {
      const name =
        ask.args[0] ?? current ?? die(`could not set upstream of HEAD to ${to} when it does not point to any branch`)
      if (ask.branchRef(name) === undefined && name !== current) die(`branch '${name}' does not exist`)
      setUpstream(ask, name, to)
      return 0
    }
    if (ask.flag('unset-upstream')) {
      const name = ask.args[0] ?? current ?? ''
      if (!upstreamOf(repo, name)) die(`branch '${name}' has no upstream information`)
      const text = withSetting(repo.read('config') ?? '', `branch.${name}.remote`, undefined)
      repo.write('config', withSetting(text, `branch.${name}.merge`, undefined))
      return 0
    }
    const filters =
      ['merged', 'contains', 'list', 'all', 'remotes', 'verbose', 'vv'].some((name) => ask.flag(name)) ||
      ask.no('merged') ||
      ask.no('contains')
    const [name, start] = ask.args
    if (name === undefined || filters) return list(ask)
    create(ask, name, start ?? 'HEAD', ask.flag('force'))
    return 0
  },
}

/** Makes a branch at a revision; one of a remote becomes its upstream. */
export function create(ask: Ask, name: string, start: string, force: boolean): void {
  const { repo } = ask
  checkName(name)
  const ref = `refs/heads/${name}`
  const exists = resolveRef(repo.refs, ref) !== undefined
  if (exists && !force) die(`a branch named '${name}' already exists`)
  if (exists && repo.branch() === name)
    die(`cannot force update the branch '${name}' used by worktree at '${repo.top}'`)
  const id = startCommit(ask, start)
  repo.moveRef(ref, id, ask.logger, exists ? `branch: Reset to ${start}` : `branch: Created from ${start}`)
  trackStart(ask, name, start)
}

/** The commit that a new branch starts at. */
export function startCommit(ask: Ask, start: string): string {
  const { repo } = ask
  if (start === 'HEAD' && repo.head() === undefined) return die(`not a valid object name: '${repo.branch() ?? 'HEAD'}'`)
  try {
    return ask.commit(start)
  } catch {
    return die(`not a valid object name: '${start}'`)
  }
}

/** Sets the upstream of a branch that starts at a remote's. */
export function trackStart(ask: Ask, name: string, start: string): void {
  const { repo } = ask
  if (ask.no('track') || repo.config.get('branch.autosetupmerge') === 'false') return
  const ref = fullRef(repo, start)
  const local = ask.flag('track') && ref?.startsWith('refs/heads/')
  if (ref?.startsWith('refs/remotes/') || local) setUpstream(ask, name, start)
}

/** Notes which branch a branch follows. */
export function setUpstream(ask: Ask, name: string, to: string): void {
  const { repo } = ask
  const ref = fullRef(repo, to)
  if (ref === undefined)
    die(
      `the requested upstream branch '${to}' does not exist\nhint:\nhint: If you are planning on basing your work on an upstream\nhint: branch that already exists at the remote, you may need to\nhint: run "git fetch" to retrieve it.\nhint:\nhint: If you are planning to push out a new local branch that\nhint: will track its remote counterpart, you may want to use\nhint: "git push -u" to set the upstream config as you push.\nhint: Disable this message with "git config set advice.setUpstreamFailure false"`,
    )
  const target = repo.refs.get(ref)?.startsWith('ref: ') ? (repo.refs.get(ref)?.slice(5) ?? ref) : ref
  const remote = repo.config.subsections('remote').find((one) => target.startsWith(`refs/remotes/${one}/`))
  if (remote === undefined && !target.startsWith('refs/heads/'))
    die(`not tracking: ambiguous information for ref '${target}'`)
  let text = repo.read('config') ?? ''
  text = withSetting(text, `branch.${name}.remote`, remote ?? '.')
  text = withSetting(
    text,
    `branch.${name}.merge`,
    remote === undefined ? target : `refs/heads/${target.slice(`refs/remotes/${remote}/`.length)}`,
  )
  repo.write('config', text)
  if (!ask.flag('quiet'))
    ask.out(`branch '${name}' set up to track '${target.replace(/^refs\/(heads|remotes)\//, '')}'.\n`)
}

/** Ends in git's words when a text cannot name a branch. */
export function checkName(name: string): void {
  const bad =
    name === '' ||
    name === '@' ||
    name === 'HEAD' ||
    [...name].some((sign) => sign <= ' ' || sign === '\u007f') ||
    /^-|^\/|\/\/|\/$|\.\.|[~^:?*[\\]|\.lock(\/|$)|@\{|\.$|(^|\/)\./.test(name)
  if (bad)
    die(
      `'${name}' is not a valid branch name\nhint: See 'git help check-ref-format'\nhint: Disable this message with "git config set advice.refSyntax false"`,
    )
}

function list(ask: Ask): number {
  const { repo } = ask
  const current = repo.branch()
  const head = repo.head()
  interface Row {
    readonly ref: string
    readonly label: string
    readonly id: string
    readonly mark: string
  }
  const rows: Row[] = []
  const local = ask.flag('all') || !ask.flag('remotes')
  if (local && current === undefined && head !== undefined)
    rows.push({ ref: 'HEAD', label: detached(ask, head), id: head, mark: '*' })
  const add = (prefix: string, shorten: (ref: string) => string): void => {
    for (const ref of repo.refs.list(prefix)) {
      const value = repo.refs.get(ref) ?? ''
      const id = resolveRef(repo.refs, ref)
      if (id === undefined) continue
      const symbolic = value.startsWith('ref: ') ? ` -> ${value.slice(5).replace(/^refs\/(heads|remotes)\//, '')}` : ''
      rows.push({ ref, label: shorten(ref) + symbolic, id, mark: ref === `refs/heads/${current}` ? '*' : ' ' })
    }
  }
  if (local) add('refs/heads/', (ref) => ref.slice(11))
  if (ask.flag('all') || ask.flag('remotes'))
    add('refs/remotes/', (ref) => (ask.flag('all') ? ref.slice(5) : ref.slice(13)))
  const patterns = ask.args
  const commitOf = (key: string): string => ask.commit(ask.value(key) ?? 'HEAD')
  const kept = rows.filter(({ id, label }) => {
    if (
      patterns.length > 0 &&
      !patterns.some((one) =>
        new RegExp(
          `^${one
            .replace(/[.+^${}()|\\]/g, '\\$&')
            .replaceAll('*', '.*')
            .replaceAll('?', '.')}$`,
        ).test(label),
      )
    )
      return false
    if (ask.flag('merged') && !ancestors(repo.store, [commitOf('merged')]).has(id)) return false
    if (ask.no('merged') && ancestors(repo.store, [commitOf('merged')]).has(id)) return false
    return !ask.flag('contains') || ancestors(repo.store, [id]).has(commitOf('contains'))
  })
  const verbose = ask.given.order.filter(([key]) => key === 'verbose').length + (ask.flag('vv') ? 2 : 0)
  const width = Math.max(0, ...kept.map(({ label }) => label.replace(/ -> .*/, '').length))
  for (const { ref, label, id, mark } of kept) {
    if (verbose === 0) {
      ask.out(`${mark} ${label}\n`)
      continue
    }
    const [name = '', arrow] = label.split(' -> ')
    if (arrow !== undefined) {
      ask.out(`${mark} ${name.padEnd(width)} -> ${arrow}\n`)
      continue
    }
    const subject = subjectOf(readCommit(repo.store, id).message)
    const track = ref.startsWith('refs/heads/') ? tracking(ask, ref.slice(11), verbose > 1) : ''
    ask.out(`${mark} ${name.padEnd(width)} ${ask.short(id)} ${track}${subject}\n`)
  }
  return 0
}

function tracking(ask: Ask, name: string, full: boolean): string {
  const { repo } = ask
  const upstream = upstreamOf(repo, name)
  const own = resolveRef(repo.refs, `refs/heads/${name}`)
  if (!upstream || own === undefined) return ''
  const short = upstream.ref.replace(/^refs\/(heads|remotes)\//, '')
  const other = resolveRef(repo.refs, upstream.ref)
  if (other === undefined) return full ? `[${short}: gone] ` : '[gone] '
  const { ahead, behind } = aheadBehind(repo.store, own, other)
  const parts = [...(ahead > 0 ? [`ahead ${ahead}`] : []), ...(behind > 0 ? [`behind ${behind}`] : [])].join(', ')
  if (full) return `[${short}${parts === '' ? '' : `: ${parts}`}] `
  return parts === '' ? '' : `[${parts}] `
}

function detached(ask: Ask, head: string): string {
  const { repo } = ask
  const name = repo.read('rebase-merge/head-name')?.trim()
  if (name !== undefined) return `(no branch, rebasing ${name.replace('refs/heads/', '')})`
  return `(HEAD detached ${detachedFrom(repo, head)})`
}

function remove(ask: Ask): number {
  const { repo } = ask
  const force = ask.flag('D') || ask.flag('force')
  const remote = ask.flag('remotes')
  if (ask.args.length === 0) die('branch name required')
  for (const given of ask.args) {
    const name = given === '-' ? (previousBranch(repo) ?? given) : given
    const ref = remote ? `refs/remotes/${name}` : `refs/heads/${name}`
    const id = resolveRef(repo.refs, ref)
    if (!remote && repo.branch() === name) {
      ask.err(`error: cannot delete branch '${name}' used by worktree at '${repo.top}'\n`)
      ask.failed = true
      continue
    }
    if (id === undefined) {
      ask.err(`error: ${remote ? 'remote-tracking ' : ''}branch '${name}' not found\n`)
      ask.failed = true
      continue
    }
    const upstream = upstreamOf(repo, name)
    const against = (upstream && resolveRef(repo.refs, upstream.ref)) ?? repo.head()
    if (!force && !remote && (against === undefined || !ancestors(repo.store, [against]).has(id))) {
      ask.err(
        `error: the branch '${name}' is not fully merged\nhint: If you are sure you want to delete it, run 'git branch -D ${name}'\nhint: Disable this message with "git config set advice.forceDeleteBranch false"\n`,
      )
      ask.failed = true
      continue
    }
    repo.refs.remove(ref)
    repo.remove(`logs/${ref}`)
    if (!remote) repo.write('config', withoutSection(repo.read('config') ?? '', `branch.${name}`))
    if (!ask.flag('quiet'))
      ask.out(`Deleted ${remote ? 'remote-tracking ' : ''}branch ${name} (was ${ask.short(id)}).\n`)
  }
  return ask.failed ? 1 : 0
}

function rename(ask: Ask): number {
  const { repo } = ask
  const [first, second] = ask.args
  const from = second === undefined ? repo.branch() : first
  const to = second ?? first
  if (to === undefined || from === undefined) return die('branch name required')
  checkName(to)
  const id = resolveRef(repo.refs, `refs/heads/${from}`)
  const unborn = id === undefined && repo.branch() === from
  if (id === undefined && !unborn) return die(`no branch named '${from}'`)
  if (resolveRef(repo.refs, `refs/heads/${to}`) !== undefined && from !== to && !ask.flag('M') && !ask.flag('force'))
    return die(`a branch named '${to}' already exists`)
  if (id !== undefined) {
    const log = repo.read(`logs/refs/heads/${from}`)
    if (!ask.flag('copy')) {
      repo.refs.remove(`refs/heads/${from}`)
      repo.remove(`logs/refs/heads/${from}`)
    }
    repo.refs.set(`refs/heads/${to}`, id)
    if (log !== undefined) repo.write(`logs/refs/heads/${to}`, log)
    if (!ask.flag('copy'))
      repo.log(`refs/heads/${to}`, id, id, ask.logger, `Branch: renamed refs/heads/${from} to refs/heads/${to}`)
  }
  if (repo.branch() === from && !ask.flag('copy')) repo.refs.set('HEAD', `ref: refs/heads/${to}`)
  if (!ask.flag('copy'))
    repo.write('config', withoutSection(repo.read('config') ?? '', `branch.${from}`, `branch.${to}`))
  return 0
}
