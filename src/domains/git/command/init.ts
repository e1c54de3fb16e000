import { isGitDir, makeGitDir } from '../work/discover.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'

/** Models: git builtin/init-db.c. Unlike git it starts at `main` without a hint, since that is what every hoster has now. */
export const init: Command = {
  name: 'init',
  summary: 'Create an empty Git repository or reinitialize an existing one',
  usage: ['git init [-q | --quiet] [--bare] [-b <branch-name> | --initial-branch=<branch-name>] [<directory>]'],
  place: 'anywhere',
  flags: flags(`
    bare | create a bare repository
    q,quiet | be quiet
    b,initial-branch=<name> | override the name of the initial branch
  `),
  run(ask) {
    const dir = ask.path(ask.args[0] ?? '.')
    const bare = ask.flag('bare')
    const gitDir = bare ? dir : dir === '/' ? '/.git' : `${dir}/.git`
    const again = isGitDir(ask.files, gitDir)
    makeGitDir(ask.files, gitDir, ask.value('initial-branch') ?? ask.config.get('init.defaultbranch') ?? 'main', bare)
    if (!ask.flag('quiet'))
      ask.out(`${again ? 'Reinitialized existing' : 'Initialized empty'} Git repository in ${gitDir}/\n`)
    return 0
  },
}
