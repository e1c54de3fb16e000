import type { Json } from '../../kernel/index.ts'
import { type Call, type Program, resolvePath, type Step } from '../../shell/index.ts'
import { Ask } from './command/ask.ts'
import type { Command, Reply } from './command/command.ts'
import { commands } from './command/commands.ts'
import { complete } from './command/complete.ts'
import { readFlags } from './command/flags.ts'
import { Problem } from './command/problem.ts'
import { unknownCommand } from './command/unknownCommand.ts'
import { MissingObject } from './object/store.ts'
import { Config, normalKey } from './work/config.ts'
import { discover, globalConfig, openRepo } from './work/discover.ts'
import type { Repo } from './work/repo.ts'

export const VERSION = '2.51.0'

/** Models: git 2.51, its everyday commands. Files of a repository are in the real places; objects are text. */
export const git: Program = {
  name: 'git',
  summary: 'the stupid content tracker',
  usage: '[-v | --version] [-h | --help] [-C <path>] [-c <name>=<value>] <command> [<args>]',
  ownHelp: true,
  operands: 'none',
  flags: [
    { short: 'C', value: '<path>', says: 'run as if git was started in <path>' },
    { short: 'c', value: '<name>=<value>', says: 'pass a configuration parameter' },
    { name: 'git-dir', value: '<path>', says: 'set the path to the repository' },
    { name: 'work-tree', value: '<path>', says: 'set the path to the working tree' },
    { name: 'no-pager', says: 'do not pipe output into a pager' },
    { name: 'version', says: 'print the version' },
  ],
  subcommands: [...commands.values()].map(({ name, summary, flags, subcommands, usage }) => ({
    name,
    summary,
    usage: usage[0] ?? name,
    flags,
    ...(subcommands ? { subcommands } : {}),
  })),
  examples: ['git init', 'git add .', 'git commit -m "first"', 'git log --oneline --graph --all'],
  run: (call) => start(call, call.argv.slice(1)),
  resume(call, state) {
    const { argv, next, file, editor } = state as unknown as Waiting
    if (editor === 'alias') return { exit: call.child?.exitCode ?? 0 }
    const host = call.host as unknown as { readonly editor?: { readonly process: string } }
    if (editor === 'lab' && host.editor?.process === call.process.id)
      return { wait: { changeOf: [call.host.kind] }, state }
    if (editor !== 'lab' && (call.child?.exitCode ?? 0) !== 0) {
      const name = file.slice(file.lastIndexOf('/') + 1)
      const advice = name === 'COMMIT_EDITMSG' ? '\nPlease supply the message using either -m or -F option.' : ''
      return { exit: 1, stderr: `error: there was a problem with the editor '${editor}'${advice}\n` }
    }
    return start(call, argv, next)
  },
  complete: (asking) => complete(asking),
}

interface Waiting {
  readonly argv: readonly string[]
  readonly next: Json
  readonly file: string
  readonly editor: string
}

function start(call: Call, argv: readonly string[], next?: Json): Step {
  let opened: Opened
  try {
    opened = globals(call, argv)
  } catch (problem) {
    if (problem instanceof Problem) return { exit: problem.exit, stderr: `${problem.message}\n` }
    throw problem
  }
  if ('exit' in opened) return opened
  const { name, args, cwd, config, repo } = opened
  const command = commands.get(name)
  if (!command) return alias(call, opened) ?? unknownCommand(name, config)
  const usage = `usage: ${command.usage.join('\n   or: ')}\n`
  if (args.includes('-h') && args.length === 1) return { exit: 129, stdout: usage }
  if (args.includes('--help')) return { exit: 0, stdout: helpText(command, usage) }
  let ask: Ask | undefined
  try {
    const place = command.place ?? 'worktree'
    ask = new Ask(call, { options: {}, args: [], rest: undefined, order: [] }, config, cwd, usage, repo)
    if (place !== 'anywhere' && ask.repo && place === 'worktree' && repo?.top === undefined)
      throw new Problem('fatal: this operation must be run in a work tree')
    const given = readFlags(command.flags, args, usage, command.stopAtOperand)
    ask = new Ask(call, given, config, cwd, usage, repo)
    const reply = next === undefined ? command.run(ask) : (command.resume?.(ask, next) ?? 0)
    return answer(call, ask, reply, argv)
  } catch (problem) {
    if (problem instanceof MissingObject) return ended(ask, `fatal: ${problem.message}\n`, 128)
    if (!(problem instanceof Problem)) throw problem
    return ended(ask, problem.message === '' ? '' : `${problem.message}\n`, problem.exit)
  }
}

function ended(ask: Ask | undefined, text: string, exit: number): Step {
  if (text !== '') ask?.err(text)
  return {
    exit,
    stdout: ask?.stdout,
    stderr: ask?.stderr ?? text,
    ...(ask?.errorsFirst ? { errorsFirst: true as const } : {}),
    ...(ask && ask.emit.length > 0 ? { emit: ask.emit } : {}),
  }
}

function answer(call: Call, ask: Ask, reply: Reply, argv: readonly string[]): Step {
  if (typeof reply === 'number') return ended(ask, '', reply)
  const { env } = call
  const named =
    (reply.editor === 'sequence' ? (env['GIT_SEQUENCE_EDITOR'] ?? ask.config.get('sequence.editor')) : undefined) ??
    env['GIT_EDITOR'] ??
    ask.config.get('core.editor') ??
    env['VISUAL'] ??
    env['EDITOR']
  const state = (editor: string): Json => ({ argv, next: reply.next, file: reply.edit, editor }) as unknown as Json
  const said = {
    stdout: ask.stdout,
    stderr: ask.stderr,
    ...(ask.errorsFirst ? { errorsFirst: true as const } : {}),
  }
  const own = named === undefined || /^(vi|vim|nano|emacs|code --wait|ed)$/.test(named.trim())
  if (!own) {
    if (named === ':' || named === 'true')
      return { wait: { run: { argv: ['true'] } }, state: state(named), ...said, emit: ask.emit }
    return {
      wait: { run: { argv: ['sh', '-c', `${named} "$@"`, named, reply.edit] } },
      state: state(named),
      ...said,
      emit: ask.emit,
    }
  }
  if (call.host.kind !== 'shell.Session' || !call.interactive)
    return ended(ask, 'error: Terminal is dumb, but EDITOR unset\n', 1)
  const opened = { to: call.host.id, type: 'EditorOpened', data: { path: reply.edit, process: call.process.id } }
  return { wait: { changeOf: [call.host.kind] }, state: state('lab'), ...said, emit: [...ask.emit, opened] }
}

type Opened =
  | {
      readonly name: string
      readonly args: readonly string[]
      readonly cwd: string
      readonly config: Config
      readonly repo: Repo | undefined
    }
  | Extract<Step, { readonly exit: number }>

function globals(call: Call, argv: readonly string[]): Opened {
  let { cwd } = call
  const settings: [string, string][] = []
  let gitDir = call.env['GIT_DIR']
  let workTree = call.env['GIT_WORK_TREE']
  let at = 0
  for (; at < argv.length; at++) {
    const word = argv[at] as string
    if (!word.startsWith('-')) break
    if (word === '-C') {
      const into = resolvePath(cwd, argv[++at] ?? '')
      if (!call.files.isDirectory(into))
        throw new Problem(`fatal: cannot change to '${argv[at]}': No such file or directory`)
      cwd = into
    } else if (word === '-c') {
      const [, key = '', value = 'true'] = /^([^=]+)(?:=(.*))?$/s.exec(argv[++at] ?? '') ?? []
      settings.push([normalKey(key), value])
    } else if (word.startsWith('--git-dir')) gitDir = word.includes('=') ? word.slice(10) : argv[++at]
    else if (word.startsWith('--work-tree')) workTree = word.includes('=') ? word.slice(12) : argv[++at]
    else if (word === '--version' || word === '-v') return { exit: 0, stdout: `git version ${VERSION}\n` }
    else if (word === '--help' || word === '-h') return { exit: 0, stdout: overview() }
    else if (
      !['--no-pager', '-P', '-p', '--paginate', '--no-optional-locks', '--literal-pathspecs', '--bare'].includes(word)
    )
      throw new Problem(`unknown option: ${word}\n${USAGE}`, 129)
  }
  const name = argv[at]
  if (name === undefined) return { exit: 1, stdout: overview() }
  const args = argv.slice(at + 1)
  if (name === 'version') return { exit: 0, stdout: `git version ${VERSION}\n` }
  if (name === 'help') {
    const command = commands.get(args[0] ?? '')
    return { exit: 0, stdout: command ? helpText(command, `usage: ${command.usage.join('\n   or: ')}\n`) : overview() }
  }
  const given = new Config(settings)
  const found =
    gitDir === undefined
      ? discover(call.files, cwd)
      : {
          gitDir: resolvePath(cwd, gitDir),
          top:
            workTree === undefined
              ? gitDir.endsWith('.git')
                ? resolvePath(cwd, gitDir).replace(/\/\.git$/, '')
                : cwd
              : resolvePath(cwd, workTree),
        }
  const home = call.env['HOME']
  const repo = found && openRepo(call.files, found, home, given)
  return { name, args, cwd, config: repo?.config ?? globalConfig(call.files, home).with(given), repo }
}

/** A command of the learner's own making: other words, or behind `!` a line for the shell. */
function alias(call: Call, opened: Exclude<Opened, { readonly exit: number }>): Step | undefined {
  const text = opened.config.get(`alias.${opened.name}`)
  if (text === undefined) return undefined
  if (text.startsWith('!')) {
    const line = text.slice(1)
    return {
      wait: { run: { argv: ['sh', '-c', `${line} "$@"`, line, ...opened.args] } },
      state: { argv: [], next: null, file: '', editor: 'alias' },
    }
  }
  const words = [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  )
  if (words[0] === opened.name) return { exit: 128, stderr: `fatal: recursive alias: ${opened.name}\n` }
  const at = call.argv.indexOf(opened.name)
  return start(call, [...call.argv.slice(1, at), ...words, ...opened.args])
}

function helpText({ name, summary, flags }: Command, usage: string): string {
  const lines = flags.map(({ short, name: long, value, says }) => {
    const names = [...(short ? [`-${short}`] : []), ...(long ? [`--[no-]${long}`] : [])].join(', ')
    return `    ${`${names}${value ? ` ${value}` : ''}`.padEnd(22)}${says}\n`
  })
  return `git-${name} - ${summary}\n\n${usage}\n${lines.join('')}`
}

const USAGE = `usage: git [-v | --version] [-h | --help] [-C <path>] [-c <name>=<value>]
           [--exec-path[=<path>]] [--html-path] [--man-path] [--info-path]
           [-p | --paginate | -P | --no-pager] [--no-replace-objects] [--no-lazy-fetch]
           [--no-optional-locks] [--no-advice] [--bare] [--git-dir=<path>]
           [--work-tree=<path>] [--namespace=<name>] [--config-env=<name>=<envvar>]
           <command> [<args>]`

function overview(): string {
  const lines = [...commands.values()].map(({ name, summary }) => `   ${name.padEnd(14)}${summary}`)
  return `${USAGE}\n\nThese are the Git commands of this lab:\n\n${lines.join('\n')}\n`
}
