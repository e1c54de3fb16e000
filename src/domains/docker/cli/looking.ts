import { EPOCH, type Json } from '../../../kernel/index.ts'
import { type Container, containersOn, isAlive, shortHex } from '../container/container.ts'
import { launchOf } from '../container/launch.ts'
import { processesOf } from '../container/runtime.controller.ts'
import { idleUse } from '../container/serving.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { formatRows, table } from './format.ts'
import { containerOf } from './pick.ts'
import { Problem, refused } from './problem.ts'
import { binarySize, decimalSize } from './units.ts'

/** Models: docker/cli cli/command/container/stats.go */
export const stats: Command = {
  path: 'stats',
  aliases: ['container stats'],
  summary: 'Display a live stream of container(s) resource usage statistics',
  usage: '[OPTIONS] [CONTAINER...]',
  completes: 'running',
  flags: [
    { name: 'all', short: 'a', says: 'Show all containers (default shows just running)' },
    { name: 'format', type: 'string', says: 'Format output using a custom template' },
    { name: 'no-stream', says: 'Disable streaming stats and only pull the first result' },
    { name: 'no-trunc', says: 'Do not truncate output' },
  ],
  run: (ask) => sample(ask),
  resume: (ask) => (ask.call.why === 'signal' ? { exit: 0 } : sample(ask)),
}

function sample(ask: Ask): Reply {
  const chosen =
    ask.args.length > 0
      ? ask.args.map((text) => containerOf(ask, text))
      : containersOn(ask.world, ask.engine).filter((container) => ask.flag('all') || isAlive(container))
  const rows = [...chosen].sort((a, b) => b.born - a.born).map((container) => statsRow(ask, container))
  ask.out(formatRows(rows, COLUMNS, HEADINGS, ask.text('format')))
  if (ask.flag('no-stream') || !ask.call.terminal) return { exit: 0 }
  return { wait: { after: 1000 }, state: null as Json, catches: true }
}

function statsRow(ask: Ask, container: Container) {
  const { milli, bytes, pids } = idleUse(ask.world, container)
  const limit = container.spec.memory ?? ask.engineRecord.memory
  const requests = isAlive(container) ? (container.startedAt === undefined ? 0 : ask.world.deeds(container.id)) : 0
  return {
    ID: shortHex(container),
    Container: ask.args.find((text) => text === container.name) ?? shortHex(container),
    Name: container.name,
    CPUPerc: `${(milli / 10).toFixed(2)}%`,
    MemUsage: `${binarySize(bytes)} / ${binarySize(limit)}`,
    MemPerc: `${((100 * bytes) / limit).toFixed(2)}%`,
    NetIO: `${decimalSize(isAlive(container) ? 1170 + requests * 512 : 0, 3)} / ${decimalSize(isAlive(container) ? 126 + requests * 1024 : 0, 3)}`,
    BlockIO: '0B / 0B',
    PIDs: String(pids),
  }
}

const HEADINGS = {
  ID: 'CONTAINER ID',
  Container: 'CONTAINER',
  CPUPerc: 'CPU %',
  MemUsage: 'MEM USAGE / LIMIT',
  MemPerc: 'MEM %',
  NetIO: 'NET I/O',
  BlockIO: 'BLOCK I/O',
  PIDs: 'PIDS',
}
const COLUMNS = [
  ['CONTAINER ID', 'ID'],
  ['NAME', 'Name'],
  ['CPU %', 'CPUPerc'],
  ['MEM USAGE / LIMIT', 'MemUsage'],
  ['MEM %', 'MemPerc'],
  ['NET I/O', 'NetIO'],
  ['BLOCK I/O', 'BlockIO'],
  ['PIDS', 'PIDs'],
] as const

/** Models: docker/cli cli/command/container/top.go */
export const top: Command = {
  path: 'top',
  aliases: ['container top'],
  summary: 'Display the running processes of a container',
  usage: 'CONTAINER [ps OPTIONS]',
  args: [1, Number.POSITIVE_INFINITY],
  stopsAtArgument: true,
  completes: 'running',
  run(ask) {
    const container = containerOf(ask, ask.args[0] ?? '')
    if (!isAlive(container)) throw refused(`container ${container.name} is not running`)
    ask.out(topTable(ask, container))
    return { exit: 0 }
  },
}

/** The processes of a container as `ps -ef` of its machine shows them. */
export function topTable(ask: Ask, container: Container): string {
  const { world } = ask
  const started = new Date(EPOCH + (container.startedAt ?? 0)).toISOString().slice(11, 16)
  const base = 1000 + (container.born % 30_000)
  const running = processesOf(container.id, world)
  const user = container.spec.user ?? 'root'
  const lines =
    running.length > 0
      ? running.map((process) => [
          user,
          String(base + process.pid - 1),
          String(base - 20),
          '0',
          started,
          '?',
          '00:00:00',
          process.command,
        ])
      : [
          [
            user,
            String(base),
            String(base - 20),
            '0',
            started,
            '?',
            '00:00:00',
            (launchOf(world, container)?.argv ?? []).join(' '),
          ],
        ]
  return table([['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'], ...lines])
}

/** Models: docker/cli cli/command/container/port.go */
export const port: Command = {
  path: 'port',
  aliases: ['container port'],
  summary: 'List port mappings or a specific mapping for the container',
  usage: 'CONTAINER [PRIVATE_PORT[/PROTO]]',
  args: [1, 2],
  completes: 'running',
  run(ask) {
    const container = containerOf(ask, ask.args[0] ?? '')
    const wanted = ask.args[1]
    const [number, protocol = 'tcp'] = (wanted ?? '').split('/')
    const ports = [...container.ports]
      .sort((a, b) => a.container - b.container)
      .filter((one) => wanted === undefined || (String(one.container) === number && one.protocol === protocol))
    if (wanted !== undefined && ports.length === 0)
      throw new Problem(`Error: No public port '${number}/${protocol}' published for ${ask.args[0]}`)
    for (const one of ports) {
      const from = wanted === undefined ? `${one.container}/${one.protocol} -> ` : ''
      ask.out(`${from}${one.hostIp ?? '0.0.0.0'}:${one.host}\n`)
      if (one.hostIp === undefined) ask.out(`${from}[::]:${one.host}\n`)
    }
    return { exit: 0 }
  },
}
