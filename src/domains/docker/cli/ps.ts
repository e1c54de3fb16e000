import { containersOn, isAlive } from '../container/container.ts'
import type { Command } from './command.ts'
import { containerRow } from './containerRow.ts'
import { filtersOf, PS_FILTERS, passes } from './filters.ts'
import { formatRows } from './format.ts'

/** Models: docker/cli cli/command/container/list.go */
export const ps: Command = {
  path: 'ps',
  aliases: ['container ls', 'container ps', 'container list'],
  summary: 'List containers',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [
    { name: 'all', short: 'a', says: 'Show all containers (default shows just running)' },
    { name: 'filter', short: 'f', type: 'filter', says: 'Filter output based on conditions provided' },
    { name: 'format', type: 'string', says: 'Format output using a custom template' },
    {
      name: 'last',
      short: 'n',
      type: 'int',
      says: 'Show n last created containers (includes all states) (default -1)',
    },
    { name: 'latest', short: 'l', says: 'Show the latest created container (includes all states)' },
    { name: 'no-trunc', says: "Don't truncate output" },
    { name: 'quiet', short: 'q', says: 'Only display container IDs' },
    { name: 'size', short: 's', says: 'Display total file sizes' },
  ],
  run(ask) {
    const filters = filtersOf(ask, PS_FILTERS)
    const last = ask.flag('latest') ? 1 : (ask.number('last') ?? -1)
    const all = ask.flag('all') || last > 0 || filters.has('status') || filters.has('exited')
    let list = [...containersOn(ask.world, ask.engine)].sort((a, b) => b.born - a.born)
    list = list.filter(
      (container) =>
        (all || isAlive(container) || container.state === 'restarting') && passes(ask.world, container, filters),
    )
    if (last > 0) list = list.slice(0, last)
    const full = ask.flag('no-trunc')
    const rows = list.map((container) => containerRow(ask.world, container, full))
    if (ask.flag('quiet')) {
      for (const row of rows) ask.out(`${row.ID}\n`)
      return { exit: 0 }
    }
    const size = ask.flag('size') ? ([['SIZE', 'Size']] as const) : []
    ask.out(formatRows(rows, [...COLUMNS, ...size], { ID: 'CONTAINER ID' }, ask.text('format')))
    return { exit: 0 }
  },
}

const COLUMNS = [
  ['CONTAINER ID', 'ID'],
  ['IMAGE', 'Image'],
  ['COMMAND', 'Command'],
  ['CREATED', 'RunningFor'],
  ['STATUS', 'Status'],
  ['PORTS', 'Ports'],
  ['NAMES', 'Names'],
] as const
