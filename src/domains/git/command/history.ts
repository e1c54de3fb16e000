import { readCommit, readObject } from '../object/store.ts'
import { reach } from '../remote/endpoint.ts'
import { ancestors } from '../revision/ancestry.ts'
import { prettyCommit, subjectOf } from '../revision/pretty.ts'
import { fullRef, peel } from '../revision/resolve.ts'
import { walk } from '../revision/walk.ts'
import { resolveRef } from '../work/refs.ts'
import type { Command } from './command.ts'
import { defaultRemote } from './fetch.ts'
import { flags } from './flags.ts'
import { chosen, PRETTY_FLAGS, prettyOf, WALK_FLAGS } from './log.ts'
import { die } from './problem.ts'

/** Models: git builtin/rev-list.c */
export const revList: Command = {
  name: 'rev-list',
  summary: 'Lists commit objects in reverse chronological order',
  usage: ['git rev-list [<options>] <commit>... [--] [<path>...]'],
  place: 'repository',
  completes: 'refs',
  flags: [
    ...WALK_FLAGS,
    ...flags(`
      count | print a number of commits
      parents | print the parents also
      oneline | one line a commit
      abbrev-commit | short ids
      left-right | accepted
    `),
  ],
  run(ask) {
    const commits = chosen(ask)
    if (ask.flag('count')) {
      ask.out(`${commits.length}\n`)
      return 0
    }
    for (const { id, commit } of commits) {
      const name = ask.flag('abbrev-commit') || ask.flag('oneline') ? ask.short(id) : id
      ask.out(
        `${name}${ask.flag('parents') ? commit.parents.map((one) => ` ${one}`).join('') : ''}${ask.flag('oneline') ? ` ${subjectOf(commit.message)}` : ''}\n`,
      )
    }
    return 0
  },
}

/** Models: git builtin/shortlog.c */
export const shortlog: Command = {
  name: 'shortlog',
  summary: "Summarize 'git log' output",
  usage: ['git shortlog [<options>] [<revision-range>] [[--] <path>...]'],
  place: 'repository',
  completes: 'refs',
  flags: [
    ...flags(`
      n,numbered | sort output according to the number of commits per author
      s,summary | suppress commit descriptions, only provides commit count
      e,email | show the email address of each author
      c,committer | group by committer
    `),
    ...WALK_FLAGS.filter(({ short, name }) => short !== 'n' && name !== 'committer'),
  ],
  run(ask) {
    const groups = new Map<string, string[]>()
    for (const { commit } of [...chosen(ask)].reverse()) {
      const who = ask.flag('committer') ? commit.committer : commit.author
      const key = ask.flag('email') ? `${who.name} <${who.email}>` : who.name
      groups.set(key, [...(groups.get(key) ?? []), subjectOf(commit.message)])
    }
    const sorted = [...groups].sort(
      ([a, x], [b, y]) => (ask.flag('numbered') ? y.length - x.length : 0) || (a < b ? -1 : 1),
    )
    for (const [who, subjects] of sorted)
      ask.out(
        ask.flag('summary')
          ? `${String(subjects.length).padStart(6)}\t${who}\n`
          : `${who} (${subjects.length}):\n${subjects.map((one) => `      ${one}\n`).join('')}\n`,
      )
    return 0
  },
}

/** Models: git builtin/describe.c */
export const describe: Command = {
  name: 'describe',
  summary: 'Give an object a human readable name based on an available ref',
  usage: ['git describe [--all] [--tags] [--contains] [--abbrev=<n>] [<commit-ish>...]'],
  place: 'repository',
  completes: 'refs',
  flags: flags(`
    tags | use any tag, even unannotated
    all | use any ref
    always | show abbreviated commit object as fallback
    long | always use long format
    abbrev=<n> | use <n> digits to display object names
    dirty=<mark>? | append <mark> on dirty working tree
    exact-match | only output exact matches
    match=<pattern> | only consider tags matching <pattern>
  `),
  run(ask) {
    const { repo } = ask
    const commit = ask.commit(ask.args[0] ?? 'HEAD')
    const names = new Map<string, string>()
    for (const ref of repo.refs.list(ask.flag('all') ? 'refs/' : 'refs/tags/')) {
      const id = resolveRef(repo.refs, ref) ?? ''
      const annotated = readObject(repo.store, id)?.type === 'tag'
      const target = peel(repo, id, 'commit')
      if (target === undefined || (!annotated && !ask.flag('tags') && !ask.flag('all'))) continue
      if (annotated || !names.has(target)) names.set(target, ask.flag('all') ? ref.slice(5) : ref.slice(10))
    }
    const dirty =
      ask.flag('dirty') &&
      [...repo.workFiles()].some(([path, leaf]) => repo.stage().has(path) && repo.headFiles().get(path)?.id !== leaf.id)
        ? (ask.value('dirty') ?? '-dirty')
        : ''
    const length = Number(ask.value('abbrev') ?? 7)
    let best: { name: string; depth: number } | undefined
    const own = ancestors(repo.store, [commit])
    for (const { id } of walk(repo.store, [commit])) {
      const name = names.get(id)
      if (name === undefined) continue
      const below = ancestors(repo.store, [id])
      const depth = [...own].filter((one) => !below.has(one)).length
      if (!best || depth < best.depth) best = { name, depth }
    }
    if (!best || (ask.flag('exact-match') && best.depth > 0)) {
      if (ask.flag('always') && !ask.flag('exact-match')) {
        ask.out(`${repo.abbreviate(commit, length)}${dirty}\n`)
        return 0
      }
      if (ask.flag('exact-match')) return die(`no tag exactly matches '${commit}'`)
      return names.size === 0 && repo.refs.list('refs/tags/').length > 0
        ? die(`No annotated tags can describe '${commit}'.\nHowever, there were unannotated tags: try --tags.`)
        : die('No names found, cannot describe anything.')
    }
    const exact = best.depth === 0 && !ask.flag('long')
    ask.out(
      `${best.name}${exact || length === 0 ? '' : `-${best.depth}-g${repo.abbreviate(commit, length)}`}${dirty}\n`,
    )
    return 0
  },
}

/** Models: git builtin/reflog.c */
export const reflog: Command = {
  name: 'reflog',
  summary: 'Manage reflog information',
  usage: ['git reflog [show] [<log-options>] [<ref>]'],
  place: 'repository',
  completes: 'refs',
  flags: [...flags('n,max-count=<number> | limit the number of entries'), ...PRETTY_FLAGS],
  run(ask) {
    const { repo } = ask
    const [first, second] = ask.args
    const name = (first === 'show' ? second : first) ?? 'HEAD'
    const ref = name === 'HEAD' ? 'HEAD' : (fullRef(repo, name) ?? ask.ambiguous(name))
    const most = ask.value('max-count')
    const style = prettyOf(ask)
    const entries = repo.reflog(ref).slice(0, most === undefined ? undefined : Number(most))
    entries.forEach(({ id, message }, i) => {
      const names = style.decorations?.get(id)
      const custom = ask.flag('format') || ask.flag('pretty')
      if (custom)
        ask.out(
          `${prettyCommit(id, readCommit(repo.store, id), { ...style, format: style.format.replaceAll('%gs', message).replaceAll('%gd', `${name}@{${i}}`) })}\n`,
        )
      else ask.out(`${ask.short(id)}${names ? ` (${names.join(', ')})` : ''} ${name}@{${i}}: ${message}\n`)
    })
    return 0
  },
}

/** Models: git builtin/ls-remote.c */
export const lsRemote: Command = {
  name: 'ls-remote',
  summary: 'List references in a remote repository',
  usage: ['git ls-remote [--branches] [--tags] [<repository> [<patterns>...]]'],
  place: 'anywhere',
  completes: 'remotes',
  flags: flags(`
    h,heads | limit to branches
    b,branches | limit to branches
    t,tags | limit to tags
    q,quiet | do not print remote URL
  `),
  run(ask) {
    const [named, ...patterns] = ask.args
    const name = named ?? defaultRemote(ask)
    const url = ask.config.get(`remote.${name}.url`) ?? name
    const other = reach(ask, url, 'pull')
    if (named === undefined && !ask.flag('quiet')) ask.err(`From ${url}\n`)
    const heads = ask.flag('heads') || ask.flag('branches')
    const limited = heads || ask.flag('tags')
    const wanted = (ref: string): boolean =>
      (!limited || (heads && ref.startsWith('refs/heads/')) || (ask.flag('tags') && ref.startsWith('refs/tags/'))) &&
      (patterns.length === 0 || patterns.some((one) => ref === one || ref.endsWith(`/${one}`)))
    const head = other.head === undefined ? undefined : other.refs.get(other.head)
    if (head !== undefined && wanted('HEAD')) ask.out(`${head}\tHEAD\n`)
    for (const [ref, id] of other.refs) {
      if (!wanted(ref)) continue
      ask.out(`${id}\t${ref}\n`)
      const object = readObject(other.store, id)
      if (object?.type === 'tag') ask.out(`${object.object}\t${ref}^{}\n`)
    }
    return 0
  },
}
