import { readObject } from '../object/store.ts'
import { ancestors } from '../revision/ancestry.ts'
import { peel } from '../revision/resolve.ts'
import { walk } from '../revision/walk.ts'
import { resolveRef } from '../work/refs.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'

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
