import { EPOCH, type Json } from '../../../../kernel/index.ts'
import type { Ask } from '../../cli/ask.ts'
import type { Command, Reply } from '../../cli/command.ts'
import { untilOf } from '../../cli/filters.ts'
import { refused } from '../../cli/problem.ts'
import { nanoTime } from '../../cli/units.ts'
import type { Container } from '../../container/container.ts'
import { logsOf } from '../../container/logs.ts'
import { swarmId } from '../identity.ts'
import type { SwarmNode } from '../node.ts'
import { findService } from '../service.ts'
import { type Task, taskName, tasksOfService } from '../task.ts'
import { manager } from './access.ts'

/** Lines of all tasks, in the order in which they were written. Models: docker/cli cli/command/service/logs.go */
export const logsCommand: Command = {
  path: 'service logs',
  summary: 'Fetch the logs of a service or task',
  usage: '[OPTIONS] SERVICE|TASK',
  args: [1, 1],
  flags: [
    { name: 'details', says: 'Show extra details provided to logs' },
    { name: 'follow', short: 'f', says: 'Follow log output' },
    { name: 'no-resolve', says: 'Do not map IDs to Names in output' },
    { name: 'no-task-ids', says: 'Do not include task IDs in output' },
    { name: 'no-trunc', says: 'Do not truncate output' },
    { name: 'raw', says: 'Do not neatly format logs' },
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
  ],
  run(ask) {
    const since = ask.text('since')
    const tail = ask.text('tail') ?? 'all'
    const from = since === undefined ? Number.NEGATIVE_INFINITY : untilOf(ask.world, since, EPOCH)
    const count = /^\d+$/.test(tail) ? Number(tail) : Number.POSITIVE_INFINITY
    return show(ask, {}, from, count)
  },
  resume: (ask, state) =>
    ask.call.why === 'signal'
      ? { exit: 0 }
      : show(ask, state as unknown as Shown, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
}

type Shown = { readonly [task: string]: number }

function tasksNamed(ask: Ask, text: string): readonly Task[] {
  const service = findService(ask.world, text)
  if (service && service !== 'many') return tasksOfService(ask.world, service.id)
  const tasks = ([...ask.world.all('docker.Task')] as unknown as Task[]).filter(
    (task) => text !== '' && swarmId(task).startsWith(text),
  )
  if (tasks.length === 0) throw refused(`no such task or service: ${text}`)
  return tasks
}

function show(ask: Ask, shown: Shown, from: number, count: number): Reply {
  manager(ask)
  const { world } = ask
  const next: { [task: string]: number } = { ...shown }
  const lines: { at: number; text: string; out: boolean }[] = []
  const tasks = tasksNamed(ask, ask.args[0] ?? '')
  const head = new Map(tasks.map((task) => [task.id, heading(ask, task)] as const))
  const width = Math.max(0, ...[...head.values()].map((text) => text.length))
  for (const task of tasks) {
    const container = task.container === undefined ? undefined : (world.get(task.container) as Container | undefined)
    if (!container) continue
    const all = logsOf(world, container)
    const fresh = all.slice(shown[task.id] ?? 0)
    next[task.id] = all.length
    for (const { at, stream, text } of fresh
      .filter((line) => line.at >= from)
      .slice(count === Number.POSITIVE_INFINITY ? 0 : -count || fresh.length)) {
      const time = ask.flag('timestamps') ? `${nanoTime(at)} ` : ''
      const before = ask.flag('raw') ? '' : `${(head.get(task.id) ?? '').padEnd(width)}    | `
      lines.push({ at, text: `${time}${before}${text}\n`, out: stream === 'stdout' })
    }
  }
  for (const { text, out } of lines.sort((a, b) => a.at - b.at)) out ? ask.out(text) : ask.err(text)
  if (!ask.flag('follow')) return { exit: 0 }
  return {
    wait: { changeOf: ['docker.Container', 'docker.Task', 'shell.Process'] },
    state: next as unknown as Json,
    catches: true,
  }
}

function heading(ask: Ask, task: Task): string {
  const node = task.node === undefined ? undefined : (ask.world.get(task.node) as SwarmNode | undefined)
  const id = ask.flag('no-task-ids') ? '' : `.${ask.flag('no-trunc') ? swarmId(task) : swarmId(task).slice(0, 12)}`
  return `${taskName(ask.world, task)}${id}@${node ? (ask.flag('no-resolve') ? swarmId(node) : node.hostname) : ''}`
}
