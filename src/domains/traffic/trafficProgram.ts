import type { World } from '../../kernel/index.ts'
import { type Call, type Done, type Flag, fail, ok, type Program, readOptions, type Step } from '../../shell/index.ts'
import {
  clientId,
  type Pattern,
  rateOf,
  removeClient,
  setRate,
  startClient,
  stopClient,
  type TrafficClient,
} from './client.ts'
import type { Flow } from './flow.ts'
import { readSpan } from './span.ts'

const FLAGS: readonly Flag[] = [
  { name: 'to', value: 'TARGET', says: 'where to send: a URL, or service/NAME' },
  { name: 'rate', value: 'N', says: 'requests a second (10 unless told)' },
  { name: 'for', value: 'TIME', says: 'for how long, such as 60s; without end unless told' },
  { name: 'from', value: 'POD', says: 'send from inside of a pod, pod/NAME, instead of from outside' },
  { name: 'ramp', value: 'FROM:TIME', says: 'begin with FROM requests a second and rise to the rate within TIME' },
  { name: 'spike', value: 'RATE:AFTER:TIME', says: 'a burst of RATE requests a second after AFTER, for TIME' },
]

/** What the lab tells of traffic that flows: rates and losses by the wiring of now. */
export type Measure = (world: World) => Flow

/**
 * `lab traffic`: starts, changes and stops load generators. `measure` is given by who knows what answers at the targets; `place` turns
 * what was written after `--from` into an entity id, or undefined when there is no such thing.
 */
export function trafficProgram(measure: Measure, place: (world: World, text: string) => string | undefined): Program {
  const program: Program = {
    name: 'traffic',
    summary: 'send requests at a rate, and see how they fare',
    usage: 'start NAME --to TARGET [--rate N] [--for TIME] | rate NAME N | stop NAME | remove NAME | list',
    flags: FLAGS,
    operands: 'none',
    subcommands: [
      {
        name: 'start',
        summary: 'begin to send requests',
        usage: 'NAME --to TARGET [--rate N] [--for TIME] [--from pod/NAME]',
        flags: FLAGS,
      },
      { name: 'rate', summary: 'change the rate of a client', usage: 'NAME N' },
      { name: 'stop', summary: 'stop a client', usage: 'NAME' },
      { name: 'remove', summary: 'take a client away', usage: 'NAME' },
      { name: 'list', summary: 'show the clients and how their requests fare' },
    ],
    examples: [
      'lab traffic start shoppers --to service/web --rate 100',
      'lab traffic rate shoppers 400',
      'lab traffic list',
    ],
    run(call): Step {
      const options = readOptions(program, call.argv)
      if ('exit' in options) return options
      const [verb, name, ...rest] = options.operands
      if (verb === 'list' || verb === undefined) return list(call.world, measure)
      if (!program.subcommands?.some((one) => one.name === verb)) return fail(`lab traffic: unknown command "${verb}"`)
      if (name === undefined) return fail(`lab traffic: ${verb} needs the name of a client`)
      if (verb === 'start') return start(call, name, options.given, place)
      const client = call.world.get(clientId(name)) as TrafficClient | undefined
      if (!client) return fail(`lab traffic: there is no client "${name}"`)
      if (verb === 'stop')
        return client.state === 'Sending'
          ? { exit: 0, stdout: `client/${name} stopped\n`, emit: [stopClient(name, call.host.id)] }
          : fail(`lab traffic: client "${name}" does not send`)
      if (verb === 'remove')
        return { exit: 0, stdout: `client/${name} removed\n`, emit: [removeClient(name, call.host.id)] }
      const rate = Number(rest[0] ?? options.given.rate)
      if (!(rate >= 0)) return fail(`lab traffic: invalid rate "${rest[0] ?? ''}"`)
      return {
        exit: 0,
        stdout: `client/${name} sends ${rate} requests a second\n`,
        emit: [setRate(name, rate, call.host.id)],
      }
    },
    complete({ world, words }) {
      const verb = words[1]
      if (verb === undefined) return []
      return [...world.all('traffic.Client')].map((client) => ({ text: (client as TrafficClient).name }))
    },
  }
  return program
}

function start(
  call: Call,
  name: string,
  given: { readonly [flag: string]: string | true | undefined },
  place: (world: World, text: string) => string | undefined,
): Done {
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))
    return fail(`lab traffic: "${name}" is no name: lower case letters, digits and dashes`)
  const target = given.to
  if (typeof target !== 'string') return fail('lab traffic: start needs a target: --to URL or --to service/NAME')
  const rate = Number(given.rate ?? 10)
  if (!(rate >= 0)) return fail(`lab traffic: invalid rate "${given.rate}"`)
  const durationMs = typeof given.for === 'string' ? readSpan(given.for) : undefined
  if (given.for !== undefined && durationMs === undefined) return fail(`lab traffic: invalid time "${given.for}"`)
  const pattern = readPattern(given)
  if (typeof pattern === 'string') return fail(`lab traffic: ${pattern}`)
  const from = typeof given.from === 'string' && given.from !== 'outside' ? place(call.world, given.from) : 'outside'
  if (from === undefined) return fail(`lab traffic: there is no ${given.from} to send from`)
  const emit = startClient(call.world, name, { target, from, rate, pattern, durationMs }, call.host.id)
  return { exit: 0, stdout: `client/${name} started\n`, emit }
}

function readPattern(given: { readonly [flag: string]: string | true | undefined }): Pattern | string {
  if (typeof given.ramp === 'string') {
    const [from = '', time = ''] = given.ramp.split(':')
    const overMs = readSpan(time)
    if (!(Number(from) >= 0) || !overMs) return `invalid ramp "${given.ramp}": FROM:TIME`
    return { is: 'ramp', from: Number(from), overMs }
  }
  if (typeof given.spike === 'string') {
    const [peak = '', after = '', time = ''] = given.spike.split(':')
    const afterMs = readSpan(after)
    const forMs = readSpan(time)
    if (!(Number(peak) >= 0) || afterMs === undefined || !forMs)
      return `invalid spike "${given.spike}": RATE:AFTER:TIME`
    return { is: 'spike', peak: Number(peak), afterMs, forMs }
  }
  return { is: 'steady' }
}

function list(world: World, measure: Measure): Done {
  const clients = [...world.all('traffic.Client')] as TrafficClient[]
  if (clients.length === 0) return { exit: 0, stderr: 'No clients found.\n' }
  const { edges } = measure(world)
  const rows = [['NAME', 'STATE', 'TO', 'RATE', 'FAILED', 'P50', 'P95']]
  for (const client of clients) {
    const mine = edges.filter(({ from }) => from === client.id)
    const total = mine.reduce((sum, { rate }) => sum + rate, 0)
    const mean = (of: (edge: (typeof mine)[number]) => number): number =>
      total === 0 ? 0 : mine.reduce((sum, edge) => sum + of(edge) * edge.rate, 0) / total
    const flows = total > 0
    rows.push([
      client.name,
      client.state,
      client.target,
      `${Number(rateOf(client, world.now).toFixed(1))}/s`,
      flows ? `${(mean(({ errors }) => errors) * 100).toFixed(1)}%` : '-',
      flows ? `${Math.round(mean(({ p50 }) => p50))}ms` : '-',
      flows ? `${Math.round(mean(({ p95 }) => p95))}ms` : '-',
    ])
  }
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? []
  return ok(
    rows
      .map(
        (row) =>
          `${row
            .map((cell, i) => cell.padEnd(widths[i] ?? 0))
            .join('   ')
            .trimEnd()}\n`,
      )
      .join(''),
  )
}
