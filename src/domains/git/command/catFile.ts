import { bodyText, objectSize } from '../object/gitObject.ts'
import { readObject } from '../object/store.ts'
import { peel, resolveRevision } from '../revision/resolve.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'
import { treeLine } from './treeLine.ts'

/** Models: git builtin/cat-file.c */
export const catFile: Command = {
  name: 'cat-file',
  summary: 'Provide contents or details of repository objects',
  usage: ['git cat-file <type> <object>', 'git cat-file (-e | -p | -t | -s) <object>'],
  place: 'repository',
  completes: 'refs',
  flags: flags(`
    e | check if <object> exists
    p | pretty-print <object> content
    t | show object type
    s | show object size
  `),
  run(ask) {
    const { repo } = ask
    const [first = '', second] = ask.args
    const name = second ?? first
    const id = resolveRevision(repo, name, ask.cwd)
    const object = id === undefined ? undefined : readObject(repo.store, id)
    if (ask.flag('e')) return object ? 0 : id === undefined ? die(`Not a valid object name ${name}`) : 1
    if (id === undefined || !object) return die(`Not a valid object name ${name}`)
    if (ask.flag('t')) ask.out(`${object.type}\n`)
    else if (ask.flag('s')) ask.out(`${objectSize(object)}\n`)
    else if (ask.flag('p')) {
      if (object.type === 'tree') ask.out(object.entries.map(treeLine).join(''))
      else ask.out(bodyText(object))
    } else {
      const wanted = peel(repo, id, first as 'blob')
      const found = wanted === undefined ? undefined : readObject(repo.store, wanted)
      if (!found) return die(`git cat-file ${name}: bad file`)
      ask.out(bodyText(found))
    }
    return 0
  },
}
