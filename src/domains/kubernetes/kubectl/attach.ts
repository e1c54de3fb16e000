import type { Emission, Json } from '../../../kernel/index.ts'
import { type Container, isAlive } from '../kubelet/container.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { containerLog } from './containerLog.ts'
import { containerNamed, containerNames, defaultContainer, podNamed } from './pods.ts'
import { misuse, Problem } from './problem.ts'

/** Models: kubectl/pkg/cmd/attach */
export const attach: Command = {
  name: 'attach',
  summary: 'Attach to a running container',
  usage: '(POD | TYPE/NAME) -c CONTAINER',
  completes: 'pods',
  flags: [
    { name: 'container', short: 'c', value: "''", says: 'Which container' },
    { name: 'stdin', short: 'i', says: 'Pass standard input on' },
    { name: 'tty', short: 't', says: 'Standard input is a terminal' },
    { name: 'quiet', short: 'q', says: 'Print only the output' },
    { name: 'pod-running-timeout', value: '1m0s', type: 'duration', says: 'How long to wait for a pod' },
  ],
  examples: ['kubectl attach mypod -c ruby-container -i -t'],
  run(ask) {
    const [arg] = ask.args
    if (arg === undefined) misuse(ask.path, 'at least 1 argument is required for attach')
    const pod = podNamed(ask, arg ?? '')
    const name = chosen(ask, pod)
    const container = containerNamed(ask.world, pod, name)
    if (!container || !isAlive(container))
      throw new Problem(
        `error: unable to upgrade connection: container ${name} not found in pod ${pod.metadata.name}_${pod.metadata.namespace}`,
      )
    const shown = containerLog(ask.world, container)?.length ?? 0
    return attachTo(ask, pod, container, { shown }, (exit) => ({ exit }))
  },
  resume(ask, state) {
    const pod = podNamed(ask, ask.args[0] ?? '')
    return attachOn(
      ask,
      pod,
      containerNamed(ask.world, pod, chosen(ask, pod)),
      state as unknown as Attached,
      (exit) => ({ exit }),
    )
  },
}

/** What an attached command keeps; its user may keep more. */
export interface Attached {
  readonly shown: number
  readonly life?: number
  readonly [field: string]: unknown
}

function chosen(ask: Ask, pod: ObjectEntity): string {
  const asked = ask.text('container')
  const name = asked ?? defaultContainer(pod).name
  const { main, init, ephemeral } = containerNames(pod)
  if (![...main, ...init, ...ephemeral].includes(name))
    throw new Problem(`error: container ${name} not found in pod ${pod.metadata.name}`)
  return name
}

/** Begins to show what a container's process writes, and passes typed lines on to it. `ended` is asked with its exit code at the end. */
export function attachTo(
  ask: Ask,
  pod: ObjectEntity,
  container: Container | undefined,
  state: Attached,
  ended: (exit: number) => Reply,
): Reply {
  if (ask.flag('stdin') && ask.flag('tty') && !ask.flag('quiet') && ask.call.interactive) {
    ask.err(
      "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n",
    )
  }
  return attachOn(ask, pod, container, container ? { ...state, life: container.life } : state, ended)
}

/** Goes on with it. */
export function attachOn(
  ask: Ask,
  _pod: ObjectEntity,
  container: Container | undefined,
  state: Attached,
  ended: (exit: number) => Reply,
): Reply {
  if (!container) return ended(0)
  const lines = containerLog(ask.world, container, container.life === (state.life ?? container.life) ? 0 : 1) ?? []
  ask.out(
    lines
      .slice(state.shown)
      .map(({ text }) => `${text}\n`)
      .join(''),
  )
  if (!isAlive(container) || container.life !== (state.life ?? container.life))
    return ended(container.ended?.exitCode ?? container.last?.exitCode ?? 0)
  const emit: Emission[] = []
  if (ask.call.why === 'input' && ask.call.input !== undefined)
    emit.push({ to: `${container.id}/1`, type: 'Typed', data: { text: ask.call.input } })
  const input = ask.flag('stdin') && ask.call.interactive
  return {
    wait: { changeOf: ['shell.Process', 'k8s.Container'], ...(input ? { input: true } : {}) },
    emit,
    state: { ...state, shown: lines.length } as unknown as Json,
  }
}
