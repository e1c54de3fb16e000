import type { Json } from '../../../kernel/index.ts'
import type { Call, Completing, Completion, Program, Step, Subcommand } from '../../../shell/index.ts'
import { composeGlobals } from '../compose/globals.ts'
import { containersOn, isAlive } from '../container/container.ts'
import { engineAt, engineOf, LOCAL } from '../engine/engine.ts'
import { imagesOf } from '../image/index.ts'
import { networksOn } from '../network/network.ts'
import { volumesOn } from '../volume/volume.ts'
import { Ask, checkArguments } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { COMMANDS } from './commands.ts'
import { endpointOf } from './contexts.ts'
import { commandHelp, groupHelp, rootHelp } from './helping.ts'
import { Problem } from './problem.ts'
import { globalHost, remoteEngine } from './remote.ts'

const byPath = new Map<string, Command>()
for (const command of COMMANDS) for (const path of [command.path, ...(command.aliases ?? [])]) byPath.set(path, command)

/** Groups of management commands: words that have commands below them. */
const groups = new Set(
  [...byPath.keys()].filter((path) => path.includes(' ')).map((path) => path.slice(0, path.lastIndexOf(' '))),
)

/** The docker CLI 29, as a client of the engine of the learner's own machine. */
export const docker: Program = {
  name: 'docker',
  summary: 'A self-sufficient runtime for containers',
  usage: '[OPTIONS] COMMAND',
  ownHelp: true,
  operands: 'none',
  subcommands: tree(),
  examples: ['docker run -d --name web -p 8080:80 nginx', 'docker ps', 'docker compose up -d'],
  run: (call) => dispatch(call, undefined),
  resume: (call, state) => dispatch(call, state),
  complete,
}

function dispatch(call: Call, state: Json | undefined): Step {
  const words = globalOptions(
    call.argv[0] === 'docker-compose' ? ['compose', ...call.argv.slice(1)] : call.argv.slice(1),
  )
  if (typeof words === 'string') return { exit: 0, stdout: words }
  const help = words.includes('--help') && !isPast(words)
  const found = commandOf(words)
  const first = words[0]
  if (first === undefined || first === '--help' || (first === 'help' && words.length === 1))
    return { exit: 0, stdout: rootHelp(COMMANDS) }
  if (!found) {
    const group = groups.has(words.slice(0, 2).join(' ')) ? words.slice(0, 2).join(' ') : first
    if (groups.has(group)) {
      const unknown = words[group.split(' ').length]
      if (unknown === undefined || unknown === '--help') return { exit: 0, stdout: groupHelp(COMMANDS, group) }
      return {
        exit: 1,
        stderr: `docker: unknown command: docker ${group} ${unknown}\n\nRun 'docker ${group} --help' for more information\n`,
      }
    }
    return { exit: 1, stderr: `docker: unknown command: docker ${first}\n\nRun 'docker --help' for more information\n` }
  }
  const { command, rest } = found
  if (
    help &&
    rest.includes('--help') &&
    !(
      command.stopsAtArgument &&
      rest.findIndex((word) => !word.startsWith('-')) < rest.indexOf('--help') &&
      rest.some((word) => !word.startsWith('-'))
    )
  )
    return { exit: 0, stdout: commandHelp(command) }
  try {
    const ask = new Ask(call, command, rest)
    checkArguments(command, ask.args.length)
    const remote = engineAt(call.host) === LOCAL ? remoteEngine(call) : undefined
    const engine = remote ?? engineAt(call.host)
    const endpoint = globalHost(call) ?? endpointOf(call)
    const works =
      engine !== undefined &&
      engineOf(call.world, engine)?.state === 'Running' &&
      (endpoint.startsWith('unix://') || remote !== undefined)
    if (!works && !OFFLINE.has(command.path))
      throw new Problem(`Cannot connect to the Docker daemon at ${endpoint}. Is the docker daemon running?`)
    const reply: Reply =
      state === undefined
        ? attempt(ask, () => command.run(ask))
        : attempt(ask, () => command.resume?.(ask, state) ?? { exit: 0 })
    return ask.answer(reply)
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return { exit: problem.exit, stderr: `${problem.message}\n` }
  }
}

/** What a command said before it failed is not lost. */
function attempt(ask: Ask, act: () => Reply): Reply {
  try {
    return act()
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    ask.err(`${problem.message}\n`)
    return { exit: problem.exit }
  }
}

/** Commands that need no daemon. */
const OFFLINE: ReadonlySet<string> = new Set([
  'context ls',
  'context show',
  'context use',
  'context inspect',
  'context create',
  'context rm',
  'context update',
  'context export',
  'context import',
  'login',
  'logout',
  'compose config',
  'compose version',
])

function isPast(words: readonly string[]): boolean {
  return words.indexOf('--') >= 0 && words.indexOf('--') < words.indexOf('--help')
}

/** Takes away the options before the command. Answers the text of `--version`. */
function globalOptions(words: readonly string[]): readonly string[] | string {
  let at = 0
  for (; at < words.length; at++) {
    const word = words[at] as string
    if (word === '-v' || word === '--version') return 'Docker version 29.1.3, build f52814d\n'
    if (['-D', '--debug', '--tls', '--tlsverify'].includes(word)) continue
    if (
      [
        '-c',
        '--context',
        '-H',
        '--host',
        '-l',
        '--log-level',
        '--config',
        '--tlscacert',
        '--tlscert',
        '--tlskey',
      ].includes(word)
    )
      at++
    else if (!/^--(?:context|host|log-level|config|tls\w*)=/.test(word)) break
  }
  return words.slice(at)
}

/** The longest path that names a command. Options of a group (`docker compose -f x up`) are handed on before the command's own. */
function commandOf(
  words: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | undefined {
  if (words[0] === 'compose') {
    const { length } = composeGlobals(words.slice(1))
    const command = byPath.get(`compose ${words[length + 1] ?? ''}`)
    return command && { command, rest: words.slice(length + 2) }
  }
  for (const length of [3, 2, 1]) {
    if (words.length < length) continue
    const command = byPath.get(words.slice(0, length).join(' '))
    if (command) return { command, rest: words.slice(length) }
  }
  return undefined
}

function tree(): readonly Subcommand[] {
  const top: Subcommand[] = []
  const below = new Map<string, Subcommand[]>()
  for (const [path, command] of byPath) {
    const words = path.split(' ')
    const sub: Subcommand = {
      name: words.at(-1) as string,
      summary: command.summary,
      usage: command.usage,
      flags: (command.flags ?? []).map(({ name, short, type, says }) => ({
        name,
        ...(short ? { short } : {}),
        ...(type ? { value: type } : {}),
        says,
      })),
    }
    if (words.length === 1) top.push(sub)
    else {
      const group = words[0] as string
      below.set(group, [...(below.get(group) ?? []), sub])
    }
  }
  for (const [group, subcommands] of below) {
    const at = top.findIndex((one) => one.name === group)
    if (at >= 0) top[at] = { ...(top[at] as Subcommand), subcommands }
    else top.push({ name: group, summary: `Manage ${group}s`, subcommands })
  }
  return top
}

function complete({ world, words, word }: Completing): readonly Completion[] {
  const found = commandOf(words.slice(1))
  const what = found?.command.completes
  const names =
    what === 'containers' || what === 'running'
      ? containersOn(world, LOCAL).flatMap((container) =>
          what === 'running' && !isAlive(container) ? [] : [container.name],
        )
      : what === 'images'
        ? imagesOf(world, LOCAL).flatMap((image) => image.repoTags)
        : what === 'networks'
          ? networksOn(world, LOCAL).map(({ name }) => name)
          : what === 'volumes'
            ? volumesOn(world, LOCAL).map(({ name }) => name)
            : []
  return names.filter((name) => name.startsWith(word)).map((text) => ({ text }))
}
