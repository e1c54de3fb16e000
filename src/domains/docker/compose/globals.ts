import type { Call } from '../../../shell/index.ts'
import type { Ask } from '../cli/ask.ts'
import { absolute, loadProject } from './load.ts'
import type { Project } from './project.ts'

/** Options between `compose` and its command. */
export interface ComposeGlobals {
  readonly files: readonly string[]
  readonly profiles: readonly string[]
  readonly envFiles: readonly string[]
  readonly name?: string
  readonly directory?: string
  /** How many words they are. */
  readonly length: number
}

const VALUED = new Set([
  '-f',
  '--file',
  '-p',
  '--project-name',
  '--profile',
  '--env-file',
  '--project-directory',
  '--workdir',
  '--ansi',
  '--progress',
  '--parallel',
])

/** Reads the options before the command of compose. */
export function composeGlobals(words: readonly string[]): ComposeGlobals {
  const found: { [flag: string]: string[] } = {}
  let at = 0
  for (; at < words.length; at++) {
    const word = words[at] as string
    if (!word.startsWith('-') || word === '--help' || word === '--version') break
    const cut = word.indexOf('=')
    const name = cut < 0 ? word : word.slice(0, cut)
    if (!VALUED.has(name)) continue
    const value = cut < 0 ? (words[++at] ?? '') : word.slice(cut + 1)
    found[name] = [...(found[name] ?? []), value]
  }
  const all = (...names: readonly string[]): readonly string[] => names.flatMap((name) => found[name] ?? [])
  const name = all('-p', '--project-name').at(-1)
  const directory = all('--project-directory', '--workdir').at(-1)
  const envFiles = all('--env-file')
  return {
    files: all('-f', '--file'),
    profiles: all('--profile'),
    envFiles,
    ...(name === undefined ? {} : { name }),
    ...(directory === undefined ? {} : { directory }),
    length: at,
  }
}

/** The options of a whole command line that begins with `docker compose`. */
export function globalsOf(call: Call): ComposeGlobals {
  return composeGlobals(call.argv.slice(call.argv.indexOf('compose') + 1))
}

/** The project that a command speaks of, with warnings told at its first call. `named` are services whose profiles are on. */
export function projectOf(ask: Ask, named: readonly string[] = []): Project {
  const { call } = ask
  const globals = globalsOf(call)
  const cwd = globals.directory === undefined ? call.cwd : absolute(call.cwd, globals.directory)
  const project = loadProject({
    cwd,
    read: (path) => textAt(call, path),
    env: call.env,
    files: globals.files.map((path) => (path === '-' ? '/dev/stdin' : absolute(call.cwd, path))),
    projectName: globals.name,
    profiles: globals.profiles,
    named,
    ...(globals.envFiles.length > 0 ? { envFiles: globals.envFiles } : {}),
  })
  if (call.why === 'start') for (const warning of project.warnings) ask.err(`WARN[0000] ${warning} \n`)
  return project
}

/** Text of a file of the learner's, or undefined. */
export function textAt(call: Call, path: string): string | undefined {
  if (path === '/dev/stdin') return call.stdin
  const file = call.files.read(path)
  return 'error' in file ? undefined : file.text
}
