import type { Ask } from '../../cli/ask.ts'
import type { CommandFlag, Reply } from '../../cli/command.ts'
import { filtersOf, hasLabel } from '../../cli/filters.ts'
import { formatRows, type Row } from '../../cli/format.ts'
import { humanDuration } from '../../cli/units.ts'
import type { Container } from '../../container/container.ts'
import { swarmId } from '../identity.ts'
import { findNode, type SwarmNode } from '../node.ts'
import type { Service } from '../service.ts'
import { type Task, taskName } from '../task.ts'

export const PS_FLAGS: readonly CommandFlag[] = [
  { name: 'filter', short: 'f', type: 'filter', says: 'Filter output based on conditions provided' },
  { name: 'format', type: 'string', says: 'Pretty-print tasks using a Go template' },
  { name: 'no-resolve', says: 'Do not map IDs to Names' },
  { name: 'no-trunc', says: 'Do not truncate output' },
  { name: 'quiet', short: 'q', says: 'Only display task IDs' },
]

const COLUMNS = [
  ['ID', 'ID'],
  ['NAME', 'Name'],
  ['IMAGE', 'Image'],
  ['NODE', 'Node'],
  ['DESIRED STATE', 'DesiredState'],
  ['CURRENT STATE', 'CurrentState'],
  ['ERROR', 'Error'],
  ['PORTS', 'Ports'],
] as const

/** Prints tasks as `docker service ps` does: the latest of each slot first, earlier ones below it. Models: docker/cli cli/command/task/print.go */
export function printTasks(ask: Ask, tasks: readonly Task[], allowed: readonly string[]): Reply {
  const { world } = ask
  const filters = filtersOf(ask, allowed)
  const full = ask.flag('no-trunc')
  const chosen = [...tasks].filter((task) => passes(ask, task, filters)).sort(inOrder)
  if (ask.flag('quiet')) {
    for (const task of chosen) ask.out(`${full ? swarmId(task) : swarmId(task).slice(0, 12)}\n`)
    return { exit: 0 }
  }
  let before = ''
  const format = ask.text('format')
  const rows = chosen.map((task): Row => {
    const resolved = !ask.flag('no-resolve')
    const node = task.node === undefined ? undefined : (world.get(task.node) as SwarmNode | undefined)
    const service = world.get(task.service) as Service | undefined
    const named = taskName(world, task)
    const name = resolved ? named : named.replace(/^.*(?=\.[^.]*$)/, service ? swarmId(service) : '')
    const again = before === name && task.slot !== '' && format === undefined
    before = name
    const error = task.error ?? ''
    const digest = full && task.spec.task.digest ? `@${task.spec.task.digest}` : ''
    return {
      ID: full ? swarmId(task) : swarmId(task).slice(0, 12),
      Name: again ? ` \\_ ${name}` : name,
      Image: `${task.spec.task.image}${digest}`,
      Node: node ? (resolved ? node.hostname : swarmId(node)) : '',
      DesiredState: capital(task.desired),
      CurrentState: `${capital(stateWord(task))} ${humanDuration(world.now - task.since).toLowerCase()} ago`,
      Error: error === '' ? '' : `"${!full && error.length > 30 ? `${error.slice(0, 29)}…` : error}"`,
      Ports: portsOf(ask, task),
    }
  })
  ask.out(
    formatRows(
      rows,
      COLUMNS,
      { DesiredState: 'DESIRED STATE', CurrentState: 'CURRENT STATE', Error: 'ERROR', Node: 'NODE' },
      format,
    ),
  )
  return { exit: 0 }
}

/** State as the API names it. */
export function stateWord(task: Task): string {
  return task.state
}

function inOrder(a: Task, b: Task): number {
  if (a.service !== b.service) return a.service < b.service ? -1 : 1
  if (a.slot !== b.slot) return Number(a.slot) - Number(b.slot) || (a.slot < b.slot ? -1 : 1)
  return b.born - a.born
}

function passes(ask: Ask, task: Task, filters: ReadonlyMap<string, readonly string[]>): boolean {
  return [...filters].every(([name, values]) =>
    (name === 'label' ? values.every.bind(values) : values.some.bind(values))((value: string) => {
      if (name === 'id') return swarmId(task).startsWith(value)
      if (name === 'name') return taskName(ask.world, task).startsWith(value)
      if (name === 'node') {
        const node = value === 'self' ? undefined : findNode(ask.world, value)
        return node !== undefined && node !== 'many' && task.node === node.id
      }
      if (name === 'desired-state')
        return value === 'running'
          ? ['running', 'ready', 'complete'].includes(task.desired)
          : task.desired === value || (value === 'accepted' && task.desired === 'ready')
      if (name === 'service') return task.spec.name === value
      if (name === 'label') return hasLabel(task.spec.task.container.labels, value)
      return true
    }),
  )
}

/** Ports that a running task has on its machine itself. */
function portsOf(ask: Ask, task: Task): string {
  const container = task.container === undefined ? undefined : (ask.world.get(task.container) as Container | undefined)
  return (container?.ports ?? [])
    .map(({ host, container: inner, protocol }) => `*:${host}->${inner}/${protocol}`)
    .join(',')
}

export function capital(word: string): string {
  return word === '' ? '' : (word[0] as string).toUpperCase() + word.slice(1)
}
