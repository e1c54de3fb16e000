import { mergeBases } from '../revision/ancestry.ts'
import { fullRef, resolveRevision } from '../revision/resolve.ts'
import { resolveRef } from '../work/refs.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'

/** Models: git builtin/rev-parse.c */
export const revParse: Command = {
  name: 'rev-parse',
  summary: 'Pick out and massage parameters',
  usage: ['git rev-parse [<options>] <arg>...'],
  place: 'anywhere',
  completes: 'refs',
  flags: flags(`
    short=<length>? | shorten ids
    abbrev-ref=<mode>? | a short name
    symbolic-full-name | the full name of the ref
    verify | exactly one parameter
    q,quiet | no message when it is none
    show-toplevel | the top of the working tree
    show-prefix | where we are below the top
    show-cdup | the way up to the top
    git-dir | the git directory
    absolute-git-dir | the git directory
    is-inside-work-tree | whether we are in a working tree
    is-inside-git-dir | whether we are in a git directory
    is-bare-repository | whether it is bare
    git-path=<path> | a path in the git directory
    all | all refs
  `),
  run(ask) {
    const { repo } = ask
    for (const [key, value] of ask.given.order) {
      const top = repo.top
      const inside =
        top !== undefined &&
        (ask.cwd === top || ask.cwd.startsWith(top === '/' ? '/' : `${top}/`)) &&
        !ask.cwd.startsWith(repo.gitDir)
      if (key === 'show-toplevel') ask.out(`${top ?? die('this operation must be run in a work tree')}\n`)
      if (key === 'show-prefix') ask.out(`${ask.cwd === top ? '' : `${ask.cwd.slice((top ?? '').length + 1)}/`}\n`)
      if (key === 'show-cdup')
        ask.out(`${ask.cwd === top ? '' : '../'.repeat(ask.cwd.slice((top ?? '').length + 1).split('/').length)}\n`)
      if (key === 'git-dir') ask.out(`${ask.cwd === top ? '.git' : ask.cwd === repo.gitDir ? '.' : repo.gitDir}\n`)
      if (key === 'absolute-git-dir') ask.out(`${repo.gitDir}\n`)
      if (key === 'is-inside-work-tree') ask.out(`${inside}\n`)
      if (key === 'is-inside-git-dir') ask.out(`${ask.cwd.startsWith(repo.gitDir)}\n`)
      if (key === 'is-bare-repository') ask.out(`${top === undefined}\n`)
      if (key === 'git-path') ask.out(`${ask.cwd === top ? '.git' : repo.gitDir}/${value}\n`)
      if (key === 'all') for (const ref of repo.refs.list('refs/')) ask.out(`${resolveRef(repo.refs, ref)}\n`)
    }
    for (const word of [...ask.args, ...(ask.given.rest ?? [])]) {
      const range = /^(.*?)(\.\.\.?)(.*)$/s.exec(word)
      const a = range ? resolveRevision(repo, range[1] || 'HEAD') : undefined
      const b = range ? resolveRevision(repo, range[3] || 'HEAD') : undefined
      if (range && a && b) {
        ask.out(
          range[2] === '..'
            ? `${b}\n^${a}\n`
            : `${a}\n${b}\n${mergeBases(repo.store, a, b)
                .map((id) => `^${id}\n`)
                .join('')}`,
        )
        continue
      }
      if (ask.flag('abbrev-ref') || ask.flag('symbolic-full-name')) {
        const upstream = /^(.*)@\{(u|upstream)\}$/.exec(word)
        const branch = upstream ? upstream[1] || repo.branch() : undefined
        const ref = upstream ? upstreamRef(ask.repo, branch) : fullRef(repo, word)
        const full =
          word === 'HEAD' || word === '@' ? (repo.branch() === undefined ? 'HEAD' : `refs/heads/${repo.branch()}`) : ref
        if (full === undefined)
          return upstream ? die(`no upstream configured for branch '${branch}'`) : ask.ambiguous(word)
        if (word === 'HEAD' && repo.head() === undefined) return ask.ambiguous(word)
        ask.out(`${ask.flag('symbolic-full-name') ? full : full.replace(/^refs\/(heads|tags|remotes)\//, '')}\n`)
        continue
      }
      const id = resolveRevision(repo, word, ask.cwd)
      if (id === undefined || (repo.store.text(id) === undefined && !/^[0-9a-f]{40}$/.test(word))) {
        if (ask.flag('quiet')) return 1
        if (ask.flag('verify')) return die('Needed a single revision')
        ask.out(`${word}\n`)
        return ask.ambiguous(word)
      }
      ask.out(`${ask.flag('short') ? repo.abbreviate(id, Number(ask.value('short') ?? 7)) : id}\n`)
    }
    return 0
  },
}

function upstreamRef(repo: Parameters<typeof fullRef>[0], branch: string | undefined): string | undefined {
  const remote = repo.config.get(`branch.${branch}.remote`)
  const merge = repo.config.get(`branch.${branch}.merge`)
  return remote === undefined || merge === undefined
    ? undefined
    : remote === '.'
      ? merge
      : merge.replace('refs/heads/', `refs/remotes/${remote}/`)
}
