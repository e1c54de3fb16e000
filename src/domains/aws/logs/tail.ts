import { EPOCH, type Json } from '../../../kernel/index.ts'
import type { Step } from '../../../shell/index.ts'
import { type CliAsk, type CliCommand, timeOfText, timeText } from '../core/index.ts'

interface Tailing {
  readonly from: number
  readonly seen: readonly string[]
}

interface Found {
  readonly timestamp: number
  readonly message: string
  readonly logStreamName: string
  readonly eventId: string
}

/** `aws logs tail`: the events of a group in order, and with `--follow` those that come. Models: awscli/customizations/logs/tail.py. */
export const tail: CliCommand = {
  name: 'tail',
  summary: 'Tails the logs for a CloudWatch Logs group.',
  operands: ['<group_name>'],
  flags: [
    {
      name: 'since',
      value: 'TIME',
      says: 'From what time to begin displaying logs: 10m, 1h, or an ISO 8601 time. By default ten minutes.',
    },
    { name: 'follow', says: 'Whether to continuously poll for new logs.' },
    { name: 'format', value: 'FORMAT', says: 'detailed, short or json.' },
    { name: 'filter-pattern', value: 'PATTERN', says: 'The filter pattern to use.' },
    { name: 'log-stream-names', value: 'NAMES', many: true, says: 'The list of stream names to filter logs by.' },
    { name: 'log-stream-name-prefix', value: 'PREFIX', says: 'The prefix to filter logs by.' },
  ],
  run: (ask) => look(ask, { from: since(ask), seen: [] }),
  resume: (ask, state) => look(ask, state as unknown as Tailing),
}

function since(ask: CliAsk): number {
  const now = EPOCH + ask.world.now
  const text = ask.text('since') ?? '10m'
  const [, amount, unit = 'm'] = /^(\d+)\s*([smhdw])/.exec(text) ?? []
  const ms: { readonly [unit: string]: number } = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
  if (amount !== undefined) return now - Number(amount) * (ms[unit] ?? 60_000)
  return timeOfText(text) ?? ask.fail(`Invalid timestamp: ${text}`)
}

function look(ask: CliAsk, { from, seen }: Tailing): Step {
  const output = ask.must('logs', 'FilterLogEvents', {
    logGroupName: ask.operands[0],
    startTime: from,
    ...(ask.has('filter-pattern') ? { filterPattern: ask.text('filter-pattern') } : {}),
    ...(ask.has('log-stream-names') ? { logStreamNames: ask.list('log-stream-names') } : {}),
    ...(ask.has('log-stream-name-prefix') ? { logStreamNamePrefix: ask.text('log-stream-name-prefix') } : {}),
  })
  const events = output['events'] as unknown as readonly Found[]
  const key = ({ logStreamName, eventId }: Found) => `${logStreamName}/${eventId}`
  const stdout = events
    .filter((event) => !seen.includes(key(event)))
    .map((event) => `${written(event, ask.text('format') ?? 'detailed')}\n`)
    .join('')
  if (!ask.has('follow')) return { exit: 0, stdout }
  const last = events[events.length - 1]?.timestamp ?? from
  const state = { from: last, seen: events.filter((event) => event.timestamp === last).map(key) }
  return { wait: { after: 5000 }, state: state as unknown as Json, stdout }
}

function written({ timestamp, logStreamName, message }: Found, format: string): string {
  if (format === 'short') return `${timeText(timestamp).slice(0, 19)} ${message}`
  if (format === 'json') {
    try {
      return `${timeText(timestamp).slice(0, 19)} ${JSON.stringify(JSON.parse(message), null, 4)}`
    } catch {
      return `${timeText(timestamp).slice(0, 19)} ${message}`
    }
  }
  return `${new Date(timestamp).toISOString().replace('Z', '000+00:00')} ${logStreamName} ${message}`
}
