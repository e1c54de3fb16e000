import { subjectOf } from '../revision/pretty.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { chosen, WALK_FLAGS } from './log.ts'

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
