import { isAncestor, mergeBases } from '../revision/ancestry.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die, Problem } from './problem.ts'

/** Models: git builtin/merge-base.c */
export const mergeBase: Command = {
  name: 'merge-base',
  summary: 'Find as good common ancestors as possible for a merge',
  usage: ['git merge-base [-a | --all] <commit> <commit>...', 'git merge-base --is-ancestor <commit> <commit>'],
  place: 'repository',
  completes: 'refs',
  flags: flags(`
    a,all | output all common ancestors
    is-ancestor | is the first one ancestor of the other?
  `),
  run(ask) {
    const [a, b] = ask.args
    if (a === undefined || b === undefined) throw new Problem(ask.usage.trimEnd(), 129)
    const name = (word: string): string => {
      try {
        return ask.commit(word)
      } catch {
        return die(`Not a valid object name ${word}`)
      }
    }
    const { store } = ask.repo
    if (ask.flag('is-ancestor')) return isAncestor(store, name(a), name(b)) ? 0 : 1
    const found = mergeBases(store, name(a), name(b))
    for (const id of ask.flag('all') ? found : found.slice(0, 1)) ask.out(`${id}\n`)
    return found.length > 0 ? 0 : 1
  },
}
