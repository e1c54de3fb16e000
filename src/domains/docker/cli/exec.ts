import type { Json } from '../../../kernel/index.ts'
import { hostKind } from '../../../shell/host.ts'
import { startProcess } from '../../../shell/process.ts'
import { startProblem } from '../../containerd/index.ts'
import { type Container, hexOf, isAlive } from '../container/container.ts'
import { imageOf } from '../container/imageOf.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { containerOf } from './pick.ts'
import { Problem, refused } from './problem.ts'

/** Models: docker/cli cli/command/container/exec.go */
export const exec: Command = {
  path: 'exec',
  aliases: ['container exec'],
  summary: 'Execute a command in a running container',
  usage: '[OPTIONS] CONTAINER COMMAND [ARG...]',
  args: [2, Number.POSITIVE_INFINITY],
  stopsAtArgument: true,
  completes: 'running',
  flags: [
    { name: 'detach', short: 'd', says: 'Detached mode: run command in the background' },
    { name: 'detach-keys', type: 'string', says: 'Override the key sequence for detaching a container' },
    { name: 'env', short: 'e', type: 'list', says: 'Set environment variables' },
    { name: 'env-file', type: 'list', says: 'Read in a file of environment variables' },
    { name: 'interactive', short: 'i', says: 'Keep STDIN open even if not attached' },
    { name: 'privileged', says: 'Give extended privileges to the command' },
    { name: 'tty', short: 't', says: 'Allocate a pseudo-TTY' },
    { name: 'user', short: 'u', type: 'string', says: 'Username or UID (format: "<name|uid>[:<group|gid>]")' },
    { name: 'workdir', short: 'w', type: 'string', says: 'Working directory inside the container' },
  ],
  run(ask) {
    const [text = '', ...argv] = ask.args
    return enter(ask, containerOf(ask, text), argv)
  },
  resume: (ask) => ({ exit: ask.call.child?.exitCode ?? 0 }),
}

/** Starts a command in a container and waits for its end. `-e` and `-w` are set by a shell where the image has one. */
export function enter(ask: Ask, container: Container, argv: readonly string[], state: Json = {}): Reply {
  const hex = hexOf(container)
  if (container.state === 'paused')
    throw refused(`container ${container.name} is paused, unpause the container before exec`)
  if (!isAlive(container)) throw refused(`container ${hex} is not running`)
  const image = imageOf(ask.world, container)
  const files = hostKind(container).files(container, ask.world)
  const problem = image && startProblem(image, argv, (path) => files[path] !== undefined)
  if (problem) {
    const what = problem.message.slice(problem.message.indexOf('exec: '))
    throw new Problem(`OCI runtime exec failed: exec failed: unable to start container process: ${what}`, 127)
  }
  const workdir = ask.text('workdir')
  const env = ask.all('env').map((pair) => (pair.includes('=') ? pair : `${pair}=${ask.call.env[pair] ?? ''}`))
  const line = withSurroundings(argv, env, workdir)
  if (ask.flag('detach')) {
    ask.emit([startProcess(`${container.id}/exec-${ask.world.revision}`, { host: container.id, argv: line })])
    return { exit: 0 }
  }
  const terminal = ask.flag('tty') && ask.call.interactive
  if (ask.flag('tty') && ask.flag('interactive') && !ask.call.interactive)
    throw new Problem('cannot attach stdin to a TTY-enabled container because stdin is not a terminal')
  const tty = terminal && ask.flag('interactive')
  const stdin = ask.flag('interactive') && !tty ? (ask.call.stdin ?? '') : undefined
  return { wait: { child: { host: container.id, argv: line, tty, ...(stdin === undefined ? {} : { stdin }) } }, state }
}

function withSurroundings(
  argv: readonly string[],
  env: readonly string[],
  workdir: string | undefined,
): readonly string[] {
  const inside = workdir === undefined ? argv : ['sh', '-c', 'cd "$0" && exec "$@"', workdir, ...argv]
  return env.length === 0 ? inside : ['env', ...env, ...inside]
}
