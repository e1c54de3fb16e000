import { type Files, resolvePath } from '../../../shell/index.ts'
import { Config, parseConfig } from './config.ts'
import { Repo } from './repo.ts'

/** Where a git directory is, and the top of its working tree. */
export interface Found {
  readonly gitDir: string
  readonly top: string | undefined
}

/** Looks for a repository in a directory and those above it. Models: git setup.c */
export function discover(files: Files, cwd: string): Found | undefined {
  for (let at = cwd; ; at = at.slice(0, at.lastIndexOf('/')) || '/') {
    const inside = at === '/' ? '/.git' : `${at}/.git`
    if (isGitDir(files, inside)) return { gitDir: inside, top: at }
    if (isGitDir(files, at))
      return at.endsWith('/.git') ? { gitDir: at, top: at.slice(0, -5) || '/' } : { gitDir: at, top: undefined }
    if (at === '/') return undefined
  }
}

/** Whether a directory looks like git's own. */
export function isGitDir(files: Files, path: string): boolean {
  return (
    files.isDirectory(path) &&
    files.exists(`${path}/HEAD`) &&
    files.isDirectory(`${path}/objects`) &&
    files.isDirectory(`${path}/refs`)
  )
}

/** Opens a repository with the settings that hold there: the learner's own, its own, those given. */
export function openRepo(files: Files, found: Found, home: string | undefined, given: Config = new Config([])): Repo {
  const own = files.read(`${found.gitDir}/config`)
  const config = globalConfig(files, home).with('text' in own ? parseConfig(own.text) : new Config([]), given)
  const top = config.flag('core.bare') ? undefined : found.top
  return new Repo(files, found.gitDir, top, config)
}

/** The settings of `~/.gitconfig`. */
export function globalConfig(files: Files, home: string | undefined): Config {
  if (home === undefined) return new Config([])
  const read = files.read(resolvePath(home, '.gitconfig'))
  return 'text' in read ? parseConfig(read.text) : new Config([])
}

/** Makes the files of a new, empty repository. Models: git init */
export function makeGitDir(files: Files, gitDir: string, branch: string, bare: boolean): void {
  const directory = (path: string): void => {
    if (!files.isDirectory(path)) files.mkdir(path)
  }
  const parts = gitDir.split('/').slice(1)
  for (let at = 1; at <= parts.length; at++) directory(`/${parts.slice(0, at).join('/')}`)
  for (const name of [
    'branches',
    'hooks',
    'info',
    'objects',
    'objects/info',
    'objects/pack',
    'refs',
    'refs/heads',
    'refs/tags',
  ])
    directory(`${gitDir}/${name}`)
  const file = (name: string, text: string): void => {
    if (!files.exists(`${gitDir}/${name}`)) files.write(`${gitDir}/${name}`, text)
  }
  file('HEAD', `ref: refs/heads/${branch}\n`)
  file(
    'config',
    `[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = ${bare}\n${bare ? '' : '\tlogallrefupdates = true\n'}`,
  )
  file('description', "Unnamed repository; edit this file 'description' to name the repository.\n")
  file('info/exclude', EXCLUDE)
}

const EXCLUDE = `# git ls-files --others --exclude-from=.git/info/exclude
# Lines that start with '#' are comments.
# For a project mostly in C, the following would be a good set of
# exclude patterns (uncomment them if you want to use them):
# *.[oa]
# *~
`
