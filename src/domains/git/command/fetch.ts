import { upstreamOf } from '../revision/resolve.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { fetchFrom } from './fetching.ts'
import { flags } from './flags.ts'

/** Models: git builtin/fetch.c */
export const fetch: Command = {
  name: 'fetch',
  summary: 'Download objects and refs from another repository',
  usage: ['git fetch [<options>] [<repository> [<refspec>...]]'],
  place: 'repository',
  completes: 'remotes',
  flags: flags(`
    all | fetch from all remotes
    p,prune | prune remote-tracking branches no longer on remote
    t,tags | fetch all tags
    f,force | force overwrite of local reference
    q,quiet | be more quiet
    v,verbose | accepted
    depth=<depth> | accepted, without effect
    unshallow | accepted
  `),
  run(ask) {
    const { repo } = ask
    const [named, ...refspecs] = ask.args
    const remotes = ask.flag('all') ? repo.config.subsections('remote') : [named ?? defaultRemote(ask)]
    for (const remote of remotes)
      fetchFrom(ask, {
        remote,
        refspecs,
        prune: ask.flag('prune') || repo.config.flag('fetch.prune'),
        tags: ask.no('tags') ? false : ask.flag('tags') || undefined,
        quiet: ask.flag('quiet'),
        force: ask.flag('force'),
        log: ['fetch', ...ask.args].join(' '),
      })
    return ask.failed ? 1 : 0
  },
}

/** The remote of the current branch, else the only one, else `origin`. */
export function defaultRemote(ask: Ask): string {
  const { repo } = ask
  const branch = repo.branch()
  const own =
    branch === undefined ? undefined : (upstreamOf(repo, branch)?.remote ?? repo.config.get(`branch.${branch}.remote`))
  const all = repo.config.subsections('remote')
  return own ?? (all.length === 1 ? (all[0] as string) : 'origin')
}
