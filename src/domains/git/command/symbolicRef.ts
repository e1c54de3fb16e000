import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'

/** Models: git builtin/symbolic-ref.c */
export const symbolicRef: Command = {
  name: 'symbolic-ref',
  summary: 'Read, modify and delete symbolic refs',
  usage: ['git symbolic-ref [-m <reason>] <name> <ref>', 'git symbolic-ref [-q] [--short] <name>'],
  place: 'repository',
  flags: flags(`
    q,quiet | suppress error message for non-symbolic (detached) refs
    short | shorten ref output
    d,delete | delete symbolic ref
    m=<reason> | reason of the update
  `),
  run(ask) {
    const { repo } = ask
    const [name = 'HEAD', to] = ask.args
    if (ask.flag('delete')) repo.refs.remove(name)
    else if (to !== undefined) {
      if (name === 'HEAD' && !to.startsWith('refs/')) die('Refusing to point HEAD outside of refs/')
      repo.refs.set(name, `ref: ${to}`)
    } else {
      const value = repo.refs.get(name)
      if (!value?.startsWith('ref: ')) return ask.flag('quiet') ? 1 : die(`ref ${name} is not a symbolic ref`)
      ask.out(`${ask.flag('short') ? value.slice(5).replace(/^refs\/(heads|remotes|tags)\//, '') : value.slice(5)}\n`)
    }
    return 0
  },
}
