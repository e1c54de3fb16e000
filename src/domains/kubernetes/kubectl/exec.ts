import type { Json } from '../../../kernel/index.ts'
import { hostKind } from '../../../shell/host.ts'
import { startProblem } from '../../containerd/index.ts'
import { kubeletReaches } from '../components/component.ts'
import { isAlive } from '../kubelet/container.ts'
import { launchOf } from '../kubelet/serving.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { FILENAME } from './globalFlags.ts'
import { containerNamed, containerNames, defaultContainer, podNamed } from './pods.ts'
import { misuse, Problem, stop } from './problem.ts'

/** Models: kubectl/pkg/cmd/exec */
export const exec: Command = {
  name: 'exec',
  summary: 'Execute a command in a container',
  usage: '(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
  completes: 'pods',
  flags: [
    FILENAME,
    { name: 'container', short: 'c', value: "''", says: 'Which container' },
    { name: 'stdin', short: 'i', says: 'Pass standard input on' },
    { name: 'tty', short: 't', says: 'Standard input is a terminal' },
    { name: 'quiet', short: 'q', says: 'Print only the output of the command' },
    { name: 'pod-running-timeout', value: '1m0s', type: 'duration', says: 'How long to wait for a pod' },
  ],
  examples: [
    'kubectl exec mypod -- date',
    'kubectl exec mypod -c ruby-container -- date',
    'kubectl exec -it deploy/mydeployment -- sh',
  ],
  run(ask) {
    const { dash } = ask.given
    const before = dash === undefined ? ask.args : ask.args.slice(0, dash)
    const argv = dash === undefined ? ask.args.slice(1) : ask.args.slice(dash)
    const [arg] = before
    if (arg === undefined && !ask.has('filename')) misuse(ask.path, 'pod, type/name or --filename must be specified')
    if (dash === undefined && argv.length > 0)
      stop(
        "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples",
      )
    if (before.length > 1)
      misuse(ask.path, 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead')
    if (argv.length === 0) misuse(ask.path, 'you must specify at least one command for the container')
    return enter(ask, podNamed(ask, arg ?? ''), argv)
  },
  resume: (ask) => ended(ask),
}

/** Starts a command in a container of a pod, and waits for its end. */
export function enter(ask: Ask, pod: ObjectEntity, argv: readonly string[], state: Json = {}): Reply {
  const phase = pod.status?.phase
  if (phase === 'Succeeded' || phase === 'Failed')
    stop(`cannot exec into a container in a completed pod; current phase is ${phase}`)
  const asked = ask.text('container')
  const chosen = asked === undefined || asked === '' ? defaultContainer(pod) : { name: asked, remark: '' }
  const names = containerNames(pod)
  if (![...names.init, ...names.main, ...names.ephemeral].includes(chosen.name))
    throw new Problem(
      `Error from server (BadRequest): container ${chosen.name} is not valid for pod ${pod.metadata.name}`,
    )
  if (chosen.remark !== '' && !ask.flag('quiet')) ask.err(chosen.remark)
  const node = String(pod.spec?.nodeName ?? '')
  if (node === '')
    throw new Problem(`Error from server (BadRequest): pod ${pod.metadata.name} does not have a host assigned`)
  if (!kubeletReaches(ask.world, node))
    throw new Problem(
      `Error from server: error dialing backend: dial tcp ${String(pod.status?.hostIP ?? node)}:10250: connect: connection refused`,
    )
  const container = containerNamed(ask.world, pod, chosen.name)
  if (!container || !isAlive(container))
    throw new Problem(
      `error: Internal error occurred: unable to upgrade connection: container not found ("${chosen.name}")`,
    )
  const tty = ask.flag('tty')
  const interactive = ask.flag('stdin')
  if (tty && interactive && !ask.call.interactive)
    ask.err('Unable to use a TTY - input is not a terminal or the right kind of file\n')
  const launch = launchOf(ask.world, container.spec, container.env)
  const programs = hostKind(container).programs(container, ask.world)
  const name = argv[0] ?? ''
  const files = hostKind(container).files(container, ask.world)
  const problem = launch && startProblem(launch.image, argv, (path) => files[path] !== undefined)
  const known = programs.has(name) || programs.has(name.slice(name.lastIndexOf('/') + 1))
  if (problem && !known) {
    const what = name.includes('/')
      ? `exec: "${name}": stat ${name}: no such file or directory`
      : `exec: "${name}": executable file not found in $PATH`
    throw new Problem(
      `error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${execId(ask)}": OCI runtime exec failed: exec failed: unable to start container process: ${what}: unknown`,
    )
  }
  const stdin = interactive && !(tty && ask.call.interactive) ? (ask.call.stdin ?? '') : undefined
  return {
    wait: {
      child: {
        host: container.id,
        argv,
        tty: tty && interactive && ask.call.interactive,
        ...(stdin === undefined ? {} : { stdin }),
      },
    },
    state,
  }
}

/** Ends as the command in the container did. */
export function ended(ask: Ask): Reply {
  const code = ask.call.child?.exitCode ?? 0
  if (code !== 0 && !(ask.flag('tty') && code === 130)) ask.err(`command terminated with exit code ${code}\n`)
  return { exit: code }
}

function execId(ask: Ask): string {
  let text = ''
  for (let i = 0; text.length < 64; i++)
    text += Math.floor(ask.world.draw('exec', ask.world.revision, i) * 4294967296)
      .toString(16)
      .padStart(8, '0')
  return text
}
