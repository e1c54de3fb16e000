import { quotedPath } from '../diff/quotedPath.ts'
import { byteOrder } from '../object/byteOrder.ts'
import { statusOf } from '../work/status.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'

/** Models: git builtin/clean.c */
export const clean: Command = {
  name: 'clean',
  summary: 'Remove untracked files from the working tree',
  usage: ['git clean [-d] [-f] [-i] [-n] [-q] [-e <pattern>] [-x | -X] [--] [<pathspec>...]'],
  flags: flags(`
    q,quiet | do not print names of files removed
    n,dry-run | dry run
    f,force | force
    d | remove whole directories
    x | remove ignored files, too
    X | remove only ignored files
    e,exclude=<pattern> | add <pattern> to ignore rules
  `),
  run(ask) {
    const { repo } = ask
    if (!ask.flag('force') && !ask.flag('dry-run') && repo.config.get('clean.requireforce') !== 'false')
      die('clean.requireForce is true and -f not given: refusing to clean')
    const spec = ask.pathspec([...ask.args, ...(ask.given.rest ?? [])])
    const { untracked, ignored } = statusOf(repo, { ignored: ask.flag('x') || ask.flag('X'), paths: spec.matches })
    const all = [...(ask.flag('X') ? [] : untracked), ...ignored].filter(
      (path) => ask.flag('d') || !path.endsWith('/') || ask.args.length > 0,
    )
    for (const path of [...all].sort(byteOrder)) {
      if (!ask.flag('quiet') || ask.flag('dry-run'))
        ask.out(`${ask.flag('dry-run') ? 'Would remove' : 'Removing'} ${quotedPath(ask.relative(path))}\n`)
      if (!ask.flag('dry-run')) ask.files.remove(repo.at(path.replace(/\/$/, '')))
    }
    return 0
  },
}
