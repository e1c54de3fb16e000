import { readObject } from '../object/store.ts'
import { reach } from '../remote/endpoint.ts'
import type { Command } from './command.ts'
import { defaultRemote } from './fetch.ts'
import { flags } from './flags.ts'

/** Models: git builtin/ls-remote.c */
export const lsRemote: Command = {
  name: 'ls-remote',
  summary: 'List references in a remote repository',
  usage: ['git ls-remote [--branches] [--tags] [<repository> [<patterns>...]]'],
  place: 'anywhere',
  completes: 'remotes',
  flags: flags(`
    h,heads | limit to branches
    b,branches | limit to branches
    t,tags | limit to tags
    q,quiet | do not print remote URL
  `),
  run(ask) {
    const [named, ...patterns] = ask.args
    const name = named ?? defaultRemote(ask)
    const url = ask.config.get(`remote.${name}.url`) ?? name
    const other = reach(ask, url, 'pull')
    if (named === undefined && !ask.flag('quiet')) ask.err(`From ${url}\n`)
    const heads = ask.flag('heads') || ask.flag('branches')
    const limited = heads || ask.flag('tags')
    const wanted = (ref: string): boolean =>
      (!limited || (heads && ref.startsWith('refs/heads/')) || (ask.flag('tags') && ref.startsWith('refs/tags/'))) &&
      (patterns.length === 0 || patterns.some((one) => ref === one || ref.endsWith(`/${one}`)))
    const head = other.head === undefined ? undefined : other.refs.get(other.head)
    if (head !== undefined && wanted('HEAD')) ask.out(`${head}\tHEAD\n`)
    for (const [ref, id] of other.refs) {
      if (!wanted(ref)) continue
      ask.out(`${id}\t${ref}\n`)
      const object = readObject(other.store, id)
      if (object?.type === 'tag') ask.out(`${object.object}\t${ref}^{}\n`)
    }
    return 0
  },
}
