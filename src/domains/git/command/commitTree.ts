import { treeOfObject } from '../object/flatTree.ts'
import { writeObject } from '../object/store.ts'
import { resolveRevision } from '../revision/resolve.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'

/** Models: git builtin/commit-tree.c */
export const commitTree: Command = {
  name: 'commit-tree',
  summary: 'Create a new commit object',
  usage: ['git commit-tree <tree> [(-p <parent>)...] [(-m <message>)...]'],
  place: 'repository',
  flags: flags(`
    p=<parent> | id of a parent commit object
    m=<message> | commit message
  `),
  run(ask) {
    const { repo } = ask
    const tree = resolveRevision(repo, ask.args[0] ?? '') ?? die(`not a valid object name ${ask.args[0]}`)
    const message = ask.list('m').length > 0 ? `${ask.list('m').join('\n\n')}\n` : (ask.call.stdin ?? '')
    const id = writeObject(repo.store, {
      type: 'commit',
      tree: treeOfObject(repo.store, tree) ?? die(`${tree} is not a valid 'tree' object`),
      parents: ask.list('p').map((one) => ask.commit(one)),
      author: ask.who('AUTHOR'),
      committer: ask.who('COMMITTER'),
      message,
    })
    ask.out(`${id}\n`)
    return 0
  },
}
