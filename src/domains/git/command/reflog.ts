import { readCommit } from '../object/store.ts'
import { prettyCommit } from '../revision/pretty.ts'
import { fullRef } from '../revision/resolve.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { PRETTY_FLAGS, prettyOf } from './log.ts'

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
