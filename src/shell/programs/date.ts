import { EPOCH } from '../../kernel/world.ts'
import { readOptions } from '../options.ts'
import { fail, ok, type Program } from '../program.ts'

/** Models: GNU coreutils date, on the virtual clock, in UTC. */
export const date: Program = {
  name: 'date',
  summary: 'Display the current time in the given FORMAT.',
  usage: '[OPTION]... [+FORMAT]',
  operands: 'none',
  flags: [
    { name: 'date', short: 'd', value: 'STRING', says: "display time described by STRING, not 'now'" },
    { name: 'utc', short: 'u', says: 'print Coordinated Universal Time (UTC)' },
    { name: 'iso-8601', short: 'I', says: 'output date in ISO 8601 format' },
    { name: 'rfc-3339', value: 'FMT', says: 'output date/time in RFC 3339 format' },
    { name: 'rfc-email', short: 'R', says: 'output date and time in RFC 5322 format' },
  ],
  run(call) {
    let iso = '%Y-%m-%d'
    const argv = call.argv.map((arg) => {
      const found = /^(?:-I|--iso-8601=)(date|hours|minutes|seconds|ns)$/.exec(arg)
      if (found?.[1] === 'seconds') iso = '%Y-%m-%dT%H:%M:%S+00:00'
      if (found?.[1] === 'minutes') iso = '%Y-%m-%dT%H:%M+00:00'
      return found ? '-I' : arg
    })
    const options = readOptions(this, argv)
    if ('exit' in options) return options
    const { given, operands } = options
    const now = EPOCH + call.world.now
    const at = typeof given['date'] === 'string' ? described(given['date'], now) : now
    if (at === undefined) return fail(`date: invalid date '${given['date']}'`)
    const [format] = operands
    if (format !== undefined && !format.startsWith('+')) return fail(`date: invalid date '${format}'`)
    if (format !== undefined) return ok(`${formatDate(format.slice(1), at)}\n`)
    if (given['iso-8601']) return ok(`${formatDate(iso, at)}\n`)
    if (given['rfc-3339'])
      return ok(`${formatDate(given['rfc-3339'] === 'date' ? '%Y-%m-%d' : '%Y-%m-%d %H:%M:%S+00:00', at)}\n`)
    if (given['rfc-email']) return ok(`${formatDate('%a, %d %b %Y %H:%M:%S +0000', at)}\n`)
    return ok(`${formatDate('%a %b %e %H:%M:%S UTC %Y', at)}\n`)
  },
}

const UNITS: { readonly [unit: string]: number } = {
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
}

function described(text: string, now: number): number | undefined {
  const trimmed = text.trim()
  if (trimmed === 'now' || trimmed === '' || trimmed === 'today') return now
  if (trimmed === 'yesterday') return now - 86_400_000
  if (trimmed === 'tomorrow') return now + 86_400_000
  if (/^@-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed.slice(1)) * 1000
  const relative = /^([-+]?\d+)\s*([a-z]+?)s?(\s+ago)?$/.exec(trimmed)
  const unit = relative?.[2] === undefined ? undefined : UNITS[relative[2]]
  if (relative && unit !== undefined) return now + Number(relative[1]) * unit * (relative[3] ? -1 : 1)
  if (!/^\d{4}-\d{2}-\d{2}/.test(trimmed)) return undefined
  const at = Date.parse(
    /[Zz]|[-+]\d{2}:?\d{2}$/.test(trimmed.slice(10)) || trimmed.length === 10
      ? trimmed
      : `${trimmed.replace(' ', 'T')}Z`,
  )
  return Number.isNaN(at) ? undefined : at
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** A time in ms since 1970 in the format of strftime, in UTC. */
export function formatDate(format: string, ms: number): string {
  const at = new Date(ms)
  const two = (n: number): string => String(n).padStart(2, '0')
  const year = at.getUTCFullYear()
  const month = at.getUTCMonth()
  const day = at.getUTCDate()
  const hour = at.getUTCHours()
  const start = Date.UTC(year, 0, 1)
  return format.replace(/%([-_0]?)(:?[a-zA-Z%])(?:(?<=%3)N)?/g, (whole, pad: string, c: string) => {
    const value = ((): string => {
      switch (c) {
        case 'Y':
          return String(year)
        case 'y':
          return two(year % 100)
        case 'm':
          return two(month + 1)
        case 'd':
          return two(day)
        case 'e':
          return String(day).padStart(2)
        case 'H':
          return two(hour)
        case 'I':
          return two(hour % 12 || 12)
        case 'M':
          return two(at.getUTCMinutes())
        case 'S':
          return two(at.getUTCSeconds())
        case 'N':
          return String(at.getUTCMilliseconds() * 1_000_000).padStart(9, '0')
        case 's':
          return String(Math.floor(ms / 1000))
        case 'p':
          return hour < 12 ? 'AM' : 'PM'
        case 'a':
          return (DAYS[at.getUTCDay()] ?? '').slice(0, 3)
        case 'A':
          return DAYS[at.getUTCDay()] ?? ''
        case 'b':
        case 'h':
          return (MONTHS[month] ?? '').slice(0, 3)
        case 'B':
          return MONTHS[month] ?? ''
        case 'j':
          return String(Math.floor((Date.UTC(year, month, day) - start) / 86_400_000) + 1).padStart(3, '0')
        case 'u':
          return String(at.getUTCDay() || 7)
        case 'w':
          return String(at.getUTCDay())
        case 'Z':
          return 'UTC'
        case 'z':
          return '+0000'
        case ':z':
          return '+00:00'
        case 'F':
          return formatDate('%Y-%m-%d', ms)
        case 'T':
          return formatDate('%H:%M:%S', ms)
        case 'R':
          return formatDate('%H:%M', ms)
        case 'D':
          return formatDate('%m/%d/%y', ms)
        case 'c':
          return formatDate('%a %b %e %H:%M:%S %Y', ms)
        case 'n':
          return '\n'
        case 't':
          return '\t'
        case '%':
          return '%'
        default:
          return whole
      }
    })()
    return pad === '-' ? value.replace(/^[0 ]+(?=.)/, '') : value
  })
}
