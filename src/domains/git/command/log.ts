import type { FileDiff } from '../diff/fileDiff.ts'
import { treeDiff } from '../diff/treeDiff.ts'
import { filesOfCommit } from '../object/flatTree.ts'
import { readCommit } from '../object/store.ts'
import { ancestors } from '../revision/ancestry.ts'
import { parseDate } from '../revision/date.ts'
import { decorations } from '../revision/decorate.ts'
import { type PrettyOptions, prettyCommit } from '../revision/pretty.ts'
import { TextGraph } from '../revision/textGraph.ts'
import { type Walked, type WalkOptions, walk } from '../revision/walk.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { DIFF_FLAGS, diffForms, diffText, wantsRenames } from './diffOutput.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'
import { refTips, selection } from './ranges.ts'

/** The options that choose commits, for log, rev-list and shortlog. */
export const WALK_FLAGS = flags(`
  n,max-count=<number> | limit the number of commits
  skip=<number> | skip commits before starting to show
  all | all refs
  branches | all branches
  tags | all tags
  remotes | all remote branches
  author=<pattern> | only commits of an author
  committer=<pattern> | only commits of a committer
  grep=<pattern> | only commits whose message matches
  i,regexp-ignore-case | match regardless of case
  invert-grep | only commits whose message does not match
  since=<date> | commits more recent than a date
  after=<date> | commits more recent than a date
  until=<date> | commits older than a date
  before=<date> | commits older than a date
  merges | only merge commits
  no-merges | no merge commits
  first-parent | follow only the first parent
  reverse | oldest first
  topo-order | no parents before all children
  date-order | by date, no parents before all children
  author-date-order | by author date, no parents before all children
  follow | continue listing a file beyond renames
  S=<string> | commits that change the number of occurrences of a string
  G=<regex> | commits whose added or removed lines match
`)

/** The options that say how commits look, for log and show. */
export const PRETTY_FLAGS = flags(`
  oneline | one line a commit
  pretty=<format>? | how commits look
  format=<format> | how commits look
  abbrev-commit | short ids
  no-abbrev-commit | whole ids
  decorate=<how>? | show names of commits: short, full, auto, no
  no-decorate | no names
  date=<format> | how dates look
  relative-date | dates as ages
`)

/** Models: git builtin/log.c */
export const log: Command = {
  name: 'log',
  summary: 'Show commit logs',
  usage: ['git log [<options>] [<revision-range>] [[--] <path>...]'],
  place: 'repository',
  completes: 'refs',
  flags: [...WALK_FLAGS, ...PRETTY_FLAGS, ...flags('graph | draw the history'), ...DIFF_FLAGS],
  run(ask) {
    const { repo } = ask
    const commits = chosen(ask)
    const style = prettyOf(ask)
    const forms = diffForms(ask, [])
    const graph = ask.flag('graph') ? new TextGraph() : undefined
    if (!graph) {
      commits.forEach(({ id, commit }, i) => {
        const text = prettyCommit(id, commit, style)
        const diff = commit.parents.length > 1 ? '' : commitDiff(ask, id, forms)
        ask.out(entry(style, text, diff, i === 0))
      })
      return 0
    }
    const hidden = ancestors(repo.store, selectionOf(ask).not)
    commits.forEach(({ id, commit, parents }, i) => {
      graph.update(
        id,
        parents.filter((parent) => !hidden.has(parent)),
      )
      const text = prettyCommit(id, commit, style)
      const diff = commit.parents.length > 1 ? '' : commitDiff(ask, id, forms)
      ask.out(graphEntry(graph, style, text, diff, i === 0))
    })
    return 0
  },
}

interface Style extends PrettyOptions {
  /** `oneline` and `tformat`: each entry ends its own line; otherwise entries stand apart. */
  readonly terminated: boolean
  /** Whether it is a format of placeholders. */
  readonly custom: boolean
}

function entry(style: Style, text: string, diff: string, first: boolean): string {
  const apart = !first && !style.terminated ? '\n' : ''
  if (diff === '') return style.custom && !style.terminated ? `${apart}${text}` : `${apart}${text}\n`
  const gap = style.format === 'oneline' ? '' : '\n'
  return `${apart}${text}\n${gap}${diff}`
}

function graphEntry(graph: TextGraph, style: Style, text: string, diff: string, first: boolean): string {
  let out = !first && !style.terminated ? `${graph.padding()}\n` : ''
  const lines = text.split('\n')
  for (let line = graph.next(); ; line = graph.next()) {
    if (line.commit) {
      out += `${line.text}${lines.shift()}\n`
      break
    }
    out += `${line.text}\n`
  }
  for (const line of lines) out += `${graph.next().text}${line}\n`
  while (!graph.finished) out += `${graph.next().text}\n`
  if (diff === '') return out
  if (style.format !== 'oneline') out += `${graph.padding()}\n`
  for (const line of diff.replace(/\n$/, '').split('\n')) out += `${graph.padding()}${line}\n`
  return out
}

/** The changes of a commit against its first parent. */
export function commitDiff(ask: Ask, id: string, forms: readonly string[]): string {
  if (forms.length === 0) return ''
  const { store } = ask.repo
  return diffText(ask, store, commitChanges(ask, id), forms)
}

function commitChanges(ask: Ask, id: string, parent = readCommit(ask.repo.store, id).parents[0]): readonly FileDiff[] {
  const { store } = ask.repo
  const { paths } = selectionOf(ask)
  const spec = paths.length > 0 ? ask.pathspec(paths) : undefined
  return treeDiff(store, filesOfCommit(store, parent), filesOfCommit(store, id), {
    renames: wantsRenames(ask),
    paths: spec?.matches,
  })
}

/** What the words and options of a command select. */
export function selectionOf(ask: Ask) {
  return selection(ask, ask.args, ask.given.rest)
}

/** The commits that the options choose, in order. */
export function chosen(ask: Ask): readonly Walked[] {
  const { repo } = ask
  const { from, not, paths } = selectionOf(ask)
  const tips = [...from, ...refTips(ask)]
  if (tips.length === 0 && !ask.flag('all') && !ask.flag('branches')) {
    const head = repo.head()
    if (head === undefined && not.length === 0)
      return repo.branch() === undefined
        ? die("bad default revision 'HEAD'")
        : die(`your current branch '${repo.branch()}' does not have any commits yet`)
    if (head !== undefined) tips.push(head)
  }
  const spec = paths.length > 0 ? ask.pathspec(paths) : undefined
  const changed = spec
    ? (commit: string, parent: string | undefined): boolean =>
        treeDiff(repo.store, filesOfCommit(repo.store, parent), filesOfCommit(repo.store, commit), {
          renames: false,
          paths: spec.matches,
        }).length > 0
    : undefined
  const options: WalkOptions = {
    not,
    order: ask.flag('date-order')
      ? 'date-order'
      : ask.flag('author-date-order')
        ? 'author-date'
        : ask.flag('graph') || ask.flag('topo-order')
          ? 'topo'
          : 'date',
    firstParent: ask.flag('first-parent'),
    changed,
  }
  const kept = walk(repo.store, tips, options).filter((one) => wanted(ask, one))
  const skip = Number(ask.value('skip') ?? 0)
  const most = ask.value('max-count')
  const cut = kept.slice(skip, most === undefined || Number(most) < 0 ? undefined : skip + Number(most))
  return ask.flag('reverse') ? [...cut].reverse() : cut
}

function wanted(ask: Ask, { id, commit }: Walked): boolean {
  const { parents, author, committer, message } = commit
  if (ask.flag('merges') && parents.length < 2) return false
  if ((ask.flag('no-merges') || ask.no('merges')) && parents.length > 1) return false
  const test = (pattern: string, text: string): boolean => {
    try {
      return new RegExp(pattern, ask.flag('regexp-ignore-case') ? 'im' : 'm').test(text)
    } catch {
      return die(`invalid regex: ${pattern}`)
    }
  }
  const some = (key: string, text: string): boolean =>
    ask.list(key).length === 0 || ask.list(key).some((pattern) => test(pattern, text))
  if (!some('author', `${author.name} <${author.email}>`)) return false
  if (!some('committer', `${committer.name} <${committer.email}>`)) return false
  if (ask.list('grep').length > 0 && some('grep', message) === ask.flag('invert-grep')) return false
  const limit = (key: string): number | undefined => {
    const text = ask.value(key)
    return text === undefined ? undefined : (parseDate(text, ask.now)?.at ?? ask.now)
  }
  const since = limit('since') ?? limit('after')
  const until = limit('until') ?? limit('before')
  if (since !== undefined && committer.at < since) return false
  if (until !== undefined && committer.at > until) return false
  const picked = ask.value('S')
  const grepped = ask.value('G')
  if (picked === undefined && grepped === undefined) return true
  const { store } = ask.repo
  return treeDiff(store, filesOfCommit(store, parents[0]), filesOfCommit(store, id), { renames: false }).some(
    (diff) => {
      const text = (leaf: { readonly id: string } | undefined): string => {
        const stored = leaf ? store.text(leaf.id) : undefined
        return stored === undefined ? '' : stored.slice(5)
      }
      const [a, b] = [text(diff.old), text(diff.new)]
      if (picked !== undefined) return a.split(picked).length !== b.split(picked).length
      const lines = new Set(a.split('\n'))
      const others = new Set(b.split('\n'))
      return (
        [...lines].some((line) => !others.has(line) && test(grepped ?? '', line)) ||
        [...others].some((line) => !lines.has(line) && test(grepped ?? '', line))
      )
    },
  )
}

/** How the options want commits to look. */
export function prettyOf(ask: Ask): Style {
  const given =
    ask.value('pretty') ??
    ask.value('format') ??
    (ask.flag('oneline') ? 'oneline' : ask.config.get('format.pretty')) ??
    'medium'
  const known = /^(oneline|short|medium|full|fuller|raw|reference)$/.test(given)
  const alias = known ? undefined : ask.config.get(`pretty.${given}`)
  const text = alias ?? given
  const custom = !known
  if (custom && !/^t?format:/.test(text) && !text.includes('%')) die(`invalid --pretty format: ${given}`)
  const format = text.replace(/^t?format:/, '')
  const how =
    ask.flag('no-decorate') || ask.no('decorate')
      ? 'no'
      : (ask.value('decorate') ?? (ask.flag('decorate') ? 'short' : (ask.config.get('log.decorate') ?? 'auto')))
  const shown = how === 'short' || how === 'full' || how === 'true' || (how === 'auto' && ask.call.terminal)
  const needs = custom && /%[dD]/.test(format)
  const short =
    (ask.flag('oneline') || ask.flag('abbrev-commit') || ask.config.flag('log.abbrevcommit')) &&
    !ask.flag('no-abbrev-commit') &&
    !ask.no('abbrev-commit')
  return {
    format,
    custom,
    terminated: format === 'oneline' || format === 'reference' || (custom && !text.startsWith('format:')),
    date: ask.flag('relative-date') ? 'relative' : (ask.value('date') ?? ask.config.get('log.date') ?? 'default'),
    now: ask.now,
    abbreviate: (id) => ask.short(id),
    short: short || format === 'reference',
    ...(shown || needs ? { decorations: decorations(ask.repo, how === 'full') } : {}),
  }
}
