import { resolveRevision } from '../revision/resolve.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'

/** Models: git builtin/update-ref.c */
export const updateRef: Command = {
  name: 'update-ref',
  summary: 'Update the object name stored in a ref safely',
  usage: ['git update-ref [-d] <refname> [<new-oid>] [<old-oid>]'],
  place: 'repository',
  flags: flags(`
    d | delete the reference
    m=<reason> | reason of the update
  `),
  run(ask) {
    const { repo } = ask
    const [name = '', to] = ask.args
    if (ask.flag('d')) repo.refs.remove(name)
    else
      repo.moveRef(
        name,
        resolveRevision(repo, to ?? '') ?? die(`${to}: not a valid SHA1`),
        ask.logger,
        ask.value('m') ?? '',
      )
    return 0
  },
}
