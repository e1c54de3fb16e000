import { objectId } from '../object/gitObject.ts'
import { writeBlob } from '../object/store.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'

/** Models: git builtin/hash-object.c */
export const hashObject: Command = {
  name: 'hash-object',
  summary: 'Compute object ID and optionally create an object from a file',
  usage: ['git hash-object [-t <type>] [-w] [--stdin] [--] <file>...'],
  place: 'anywhere',
  flags: flags(`
    t=<type> | object type
    w | write the object into the object database
    stdin | read the object from stdin
    no-filters | accepted
  `),
  run(ask) {
    const texts = ask.flag('stdin') ? [ask.call.stdin ?? ''] : []
    for (const name of [...ask.args, ...(ask.given.rest ?? [])]) {
      const read = ask.files.read(ask.path(name))
      texts.push('text' in read ? read.text : die(`could not open '${name}' for reading: ${read.error}`))
    }
    for (const text of texts)
      ask.out(`${ask.flag('w') ? writeBlob(ask.repo.store, text) : objectId({ type: 'blob', text })}\n`)
    return 0
  },
}
