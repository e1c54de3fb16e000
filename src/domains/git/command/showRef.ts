import { resolveRef } from '../work/refs.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'

/** Models: git builtin/show-ref.c */
export const showRef: Command = {
  name: 'show-ref',
  summary: 'List references in a local repository',
  usage: ['git show-ref [--head] [--branches] [--tags] [<pattern>...]'],
  place: 'repository',
  flags: flags(`
    head | show the HEAD reference
    heads | only show branches
    branches | only show branches
    tags | only show tags
    q,quiet | do not print results to stdout
    verify | stricter reference checking
    s,hash=<n>? | only show SHA1 hash
  `),
  run(ask) {
    const { repo } = ask
    const heads = ask.flag('heads') || ask.flag('branches')
    const names = repo.refs.list('refs/').filter((ref) => {
      if (heads || ask.flag('tags')) {
        if (!((heads && ref.startsWith('refs/heads/')) || (ask.flag('tags') && ref.startsWith('refs/tags/'))))
          return false
      }
      return ask.args.length === 0 || ask.args.some((one) => ref === one || ref.endsWith(`/${one}`))
    })
    const rows = [...(ask.flag('head') && repo.head() !== undefined ? ['HEAD'] : []), ...names]
    if (!ask.flag('quiet'))
      for (const ref of rows) ask.out(`${resolveRef(repo.refs, ref)}${ask.flag('hash') ? '' : ` ${ref}`}\n`)
    return rows.length > 0 ? 0 : 1
  },
}
