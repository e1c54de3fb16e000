import { EPOCH, type Json } from '../../../kernel/index.ts'
import { type Container, isAlive } from '../container/container.ts'
import { type LogLine, logsOf } from '../container/logs.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { untilOf } from './filters.ts'
import { containerOf } from './pick.ts'
import { Problem, refused } from './problem.ts'
import { nanoTime } from './units.ts'

/** Models: docker/cli cli/command/container/logs.go */
export const logs: Command = {
  path: 'logs',
  aliases: ['container logs'],
  summary: 'Fetch the logs of a container',
  usage: '[OPTIONS] CONTAINER',
  args: [1, 1],
  completes: 'containers',
  flags: [
    { name: 'details', says: 'Show extra details provided to logs' },
    { name: 'follow', short: 'f', says: 'Follow log output' },
    {
      name: 'since',
      type: 'string',
      says: 'Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)',
    },
    {
      name: 'tail',
      short: 'n',
      type: 'string',
      says: 'Number of lines to show from the end of the logs (default "all")',
    },
    { name: 'timestamps', short: 't', says: 'Show timestamps' },
    {
      name: 'until',
      type: 'string',
      says: 'Show logs before a timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)',
    },
  ],
  run(ask) {
    const container = containerOf(ask, ask.args[0] ?? '')
    const driver = container.spec.logDriver
    if (driver === 'none') throw refused('configured logging driver does not support reading')
    const all = logsOf(ask.world, container)
    const since = ask.text('since')
    const until = ask.text('until')
    const from = since === undefined ? Number.NEGATIVE_INFINITY : untilOf(ask.world, since, EPOCH)
    const to = until === undefined ? Number.POSITIVE_INFINITY : untilOf(ask.world, until, EPOCH)
    const chosen = all.filter(({ at }) => at >= from && at <= to)
    const tail = ask.text('tail') ?? 'all'
    const count = tail === 'all' || Number.isNaN(Number(tail)) || Number(tail) < 0 ? chosen.length : Number(tail)
    write(ask, count === 0 ? [] : chosen.slice(-count))
    return ask.flag('follow') ? follow(ask, container, all.length) : { exit: 0 }
  },
  resume(ask, state) {
    const { shown } = state as unknown as { shown: number }
    const container = containerOf(ask, ask.args[0] ?? '')
    const lines = logsOf(ask.world, container)
    write(ask, lines.slice(shown))
    return follow(ask, container, lines.length)
  },
}

function follow(_ask: Ask, container: Container, shown: number): Reply {
  if (!isAlive(container) && container.state !== 'restarting') return { exit: 0 }
  return { wait: { changeOf: ['docker.Container', 'shell.Process'] }, state: { shown } }
}

function write(ask: Ask, lines: readonly LogLine[]): void {
  for (const { at, stream, text } of lines) {
    const line = `${ask.flag('timestamps') ? `${nanoTime(at)} ` : ''}${text}\n`
    if (stream === 'stdout') ask.out(line)
    else ask.err(line)
  }
}

/** Shows what a container writes until it ends, and ends with its exit code. */
export function attachTo(ask: Ask, id: string, shown: number): Reply {
  const container = ask.world.get(id) as Container | undefined
  if (!container) return { exit: 0 }
  const lines = logsOf(ask.world, container)
  write(ask, lines.slice(shown))
  if (!isAlive(container)) return { exit: container.ended?.exitCode ?? 0 }
  const emit =
    ask.call.why === 'signal' ? [{ to: id, type: 'Signalled', data: { signal: ask.call.signal ?? 'INT' } }] : []
  if (ask.call.why === 'input' && ask.call.input !== undefined)
    emit.push({ to: `${id}/1`, type: 'Typed', data: { text: ask.call.input } as never })
  ask.emit(emit)
  const input = container.spec.stdin && ask.call.interactive ? { input: true } : {}
  return {
    wait: { changeOf: ['docker.Container', 'shell.Process'], ...input },
    state: { ids: [[id, '']], exit: 0, shown: lines.length } as unknown as Json,
    catches: true,
  }
}

/** Models: docker/cli cli/command/container/attach.go */
export const attach: Command = {
  path: 'attach',
  aliases: ['container attach'],
  summary: 'Attach local standard input, output, and error streams to a running container',
  usage: '[OPTIONS] CONTAINER',
  args: [1, 1],
  completes: 'running',
  flags: [
    { name: 'detach-keys', type: 'string', says: 'Override the key sequence for detaching a container' },
    { name: 'no-stdin', says: 'Do not attach STDIN' },
    { name: 'sig-proxy', says: 'Proxy all received signals to the process (default true)' },
  ],
  run(ask) {
    const container = containerOf(ask, ask.args[0] ?? '')
    if (container.state === 'paused') throw new Problem('You cannot attach to a paused container, unpause it first')
    if (container.state === 'restarting')
      throw new Problem('You cannot attach to a restarting container, wait until it is running')
    if (!isAlive(container)) throw new Problem('You cannot attach to a stopped container, start it first')
    return attachTo(ask, container.id, logsOf(ask.world, container).length)
  },
  resume(ask, state) {
    const { ids, shown } = state as unknown as { ids: [[string, string]]; shown: number }
    return attachTo(ask, ids[0][0], shown)
  },
}
