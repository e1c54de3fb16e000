/**
 * What is wrong with a cron schedule in the words of robfig/cron's standard parser, or undefined when it is sound.
 * Models: github.com/robfig/cron/v3 parser.go ParseStandard.
 */
export function cronProblem(schedule: string): string | undefined {
  if (schedule === '') return 'empty spec string'
  let text = schedule
  const zone = /^(?:TZ|CRON_TZ)=(\S*)\s+/.exec(text)
  if (zone) {
    if (!isTimeZone(zone[1] ?? '')) return `provided bad location ${zone[1]}: unknown time zone ${zone[1]}`
    text = text.slice(zone[0].length)
  }
  if (text.startsWith('@')) return descriptorProblem(text)
  const fields = text
    .trim()
    .split(/\s+/)
    .filter((field) => field !== '')
  if (fields.length !== 5) return `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`
  for (const [index, field] of fields.entries()) {
    const bounds = allBounds[index]
    if (!bounds) continue
    for (const part of field.split(',')) {
      if (part === '') continue
      const problem = rangeProblem(part, bounds)
      if (problem !== undefined) return problem
    }
  }
  return undefined
}

/** Whether the name is a time zone of the IANA database. */
export function isTimeZone(name: string): boolean {
  if (name === 'UTC' || name === '') return true
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return !/^[+-]/.test(name)
  } catch {
    return false
  }
}

interface Bounds {
  readonly low: number
  readonly high: number
  readonly names?: readonly string[]
}

const allBounds: readonly Bounds[] = [
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { low: 0, high: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
]

function descriptorProblem(text: string): string | undefined {
  if (['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'].includes(text)) return undefined
  if (!text.startsWith('@every ')) return `unrecognized descriptor: ${text}`
  const duration = text.slice('@every '.length)
  if (/^[+-]?(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+$/.test(duration)) return undefined
  return `failed to parse duration ${text}: time: invalid duration ${JSON.stringify(duration)}`
}

function rangeProblem(part: string, bounds: Bounds): string | undefined {
  const [span = '', stepText, ...more] = part.split('/')
  const [lowText = '', highText, ...extra] = span.split('-')
  let low = bounds.low
  let high = bounds.high
  if (lowText === '*' || lowText === '?') {
    // the whole range
  } else {
    const first = numberOf(lowText, bounds)
    if (typeof first === 'string') return first
    low = first
    if (extra.length > 0) return `too many hyphens: ${part}`
    if (highText === undefined) high = low
    else {
      const last = numberOf(highText, bounds)
      if (typeof last === 'string') return last
      high = last
    }
  }
  let step = 1
  if (more.length > 0) return `too many slashes: ${part}`
  if (stepText !== undefined) {
    const parsed = numberOf(stepText, { low: 0, high: 0 })
    if (typeof parsed === 'string') return parsed
    step = parsed
    if (highText === undefined && lowText !== '*' && lowText !== '?') high = bounds.high
  }
  if (low < bounds.low) return `beginning of range (${low}) below minimum (${bounds.low}): ${part}`
  if (high > bounds.high) return `end of range (${high}) above maximum (${bounds.high}): ${part}`
  if (low > high) return `beginning of range (${low}) beyond end of range (${high}): ${part}`
  if (step === 0) return `step of range should be a positive number: ${part}`
  return undefined
}

function numberOf(text: string, bounds: Bounds): number | string {
  const named = bounds.names?.indexOf(text.toLowerCase()) ?? -1
  if (named >= 0 && text !== '') return named
  if (!/^[+-]?\d+$/.test(text))
    return `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`
  const value = Number(text)
  return value < 0 ? `negative number (${value}) not allowed: ${text}` : value
}
