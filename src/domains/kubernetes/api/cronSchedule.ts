import { parseGoDuration } from './goDuration.ts'
import { TimeZone } from './timeZone.ts'

/**
 * A schedule that knows its next time; times in ms since 1970.
 * Models: github.com/robfig/cron v3 Schedule
 */
export interface CronSchedule {
  /** The first time strictly after `after`; undefined when none comes within five years. */
  next(after: number): number | undefined
}

/**
 * Parses five fields, a macro (`@hourly`) or `@every 90m`; a leading `TZ=` or `CRON_TZ=` names the zone, else it is UTC. The
 * error is the text of robfig/cron. Answers are remembered.
 * Models: github.com/robfig/cron v3 ParseStandard
 */
export function parseCron(text: string): { ok: true; schedule: CronSchedule } | { ok: false; error: string } {
  let answer = memo.get(text)
  if (!answer) {
    try {
      answer = { ok: true, schedule: parse(text) }
    } catch (error) {
      if (!(error instanceof CronError)) throw error
      answer = { ok: false, error: error.message }
    }
    if (memo.size > 2000) memo.clear()
    memo.set(text, answer)
  }
  return answer
}

class CronError extends Error {}

/** The values that a field admits; `star` when it was `*` or `?` with no step above one. */
interface Field {
  readonly values: ReadonlySet<number>
  readonly star: boolean
}

interface Bounds {
  readonly min: number
  readonly max: number
  readonly names?: readonly string[]
}

const memo = new Map<string, { ok: true; schedule: CronSchedule } | { ok: false; error: string }>()
const MINUTES: Bounds = { min: 0, max: 59 }
const HOURS: Bounds = { min: 0, max: 23 }
const DAYS: Bounds = { min: 1, max: 31 }
const MONTHS: Bounds = {
  min: 1,
  max: 12,
  names: ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
}
const WEEKDAYS: Bounds = { min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] }
const macros: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}
const MINUTE = 60_000
const HOUR = 60 * MINUTE

function parse(text: string): CronSchedule {
  if (text === '') throw new CronError('empty spec string')
  let spec = text
  let zone = TimeZone.utc
  if (spec.startsWith('TZ=') || spec.startsWith('CRON_TZ=')) {
    const end = spec.indexOf(' ')
    const name = spec.slice(spec.indexOf('=') + 1, end < 0 ? spec.length : end)
    const found = TimeZone.find(name)
    if (!found) throw new CronError(`provided bad location ${name}: unknown time zone ${name}`)
    zone = found
    spec = end < 0 ? '' : spec.slice(end).trim()
  }
  if (spec.startsWith('@')) {
    const macro = Object.hasOwn(macros, spec) ? macros[spec] : undefined
    if (macro) spec = macro
    else if (spec.startsWith('@every ')) return every(spec.slice('@every '.length))
    else throw new CronError(`unrecognized descriptor: ${spec}`)
  }
  const fields = spec.split(/\s+/).filter((field) => field !== '')
  if (fields.length !== 5)
    throw new CronError(`expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`)
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields
  return new FieldSchedule(
    parseField(minute, MINUTES),
    parseField(hour, HOURS),
    parseField(day, DAYS),
    parseField(month, MONTHS),
    parseField(weekday, WEEKDAYS),
    zone,
  )
}

/** Counts from the time asked about, cut to whole seconds; shorter than a second means a second. */
function every(text: string): CronSchedule {
  const duration = parseGoDuration(text)
  if (!duration.ok) throw new CronError(`failed to parse duration @every ${text}: ${duration.error}`)
  const delay = Math.max(1000, Math.floor(duration.ms / 1000) * 1000)
  return { next: (after) => Math.floor(after / 1000) * 1000 + delay }
}

function parseField(text: string, bounds: Bounds): Field {
  const values = new Set<number>()
  let star = false
  for (const part of text.split(',')) {
    if (part === '') continue
    const { start, end, step, any } = parseRange(part, bounds)
    for (let value = start; value <= end; value += step) values.add(value)
    star ||= any
  }
  return { values, star }
}

function parseRange(text: string, bounds: Bounds): { start: number; end: number; step: number; any: boolean } {
  const [range = '', stepText, ...slashes] = text.split('/')
  const [low = '', high, ...hyphens] = range.split('-')
  const any = low === '*' || low === '?'
  let start = bounds.min
  let end = bounds.max
  if (!any) {
    start = parseNumber(low, bounds.names)
    if (hyphens.length > 0) throw new CronError(`too many hyphens: ${text}`)
    end = high === undefined ? start : parseNumber(high, bounds.names)
  }
  let step = 1
  if (slashes.length > 0) throw new CronError(`too many slashes: ${text}`)
  if (stepText !== undefined) {
    step = parseNumber(stepText)
    if (high === undefined) end = bounds.max
  }
  if (start < bounds.min) throw new CronError(`beginning of range (${start}) below minimum (${bounds.min}): ${text}`)
  if (end > bounds.max) throw new CronError(`end of range (${end}) above maximum (${bounds.max}): ${text}`)
  if (start > end) throw new CronError(`beginning of range (${start}) beyond end of range (${end}): ${text}`)
  if (step === 0) throw new CronError(`step of range should be a positive number: ${text}`)
  return { start, end, step, any: any && step === 1 }
}

function parseNumber(text: string, names?: readonly string[]): number {
  const named = text === '' ? -1 : (names?.indexOf(text.toLowerCase()) ?? -1)
  if (named >= 0) return named
  const failed = (why: string) =>
    new CronError(`failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: ${why}`)
  if (!/^[+-]?[0-9]+$/.test(text)) throw failed('invalid syntax')
  const value = Number(text)
  if (Math.abs(value) > 2 ** 63) throw failed('value out of range')
  if (value < 0) throw new CronError(`negative number (${value}) not allowed: ${text}`)
  return value
}

/** Walks month, day, hour and minute in turn to the next value that fits, as upstream does, daylight saving quirks included. */
class FieldSchedule implements CronSchedule {
  private readonly minute: Field
  private readonly hour: Field
  private readonly day: Field
  private readonly month: Field
  private readonly weekday: Field
  private readonly zone: TimeZone

  constructor(minute: Field, hour: Field, day: Field, month: Field, weekday: Field, zone: TimeZone) {
    this.minute = minute
    this.hour = hour
    this.day = day
    this.month = month
    this.weekday = weekday
    this.zone = zone
  }

  next(after: number): number | undefined {
    const { zone } = this
    let time = Math.floor(after / 1000) * 1000 + 1000
    // Upstream also has a seconds field, fixed at 0 here: a time within a minute moves to the next one at the end.
    const lastYear = zone.wallClock(time).year + 5
    let reset = false
    search: for (;;) {
      let wall = zone.wallClock(time)
      if (wall.year > lastYear) return undefined
      while (!this.month.values.has(wall.month)) {
        const first = reset ? wall.day : 1
        time = reset
          ? zone.instant(wall.year, wall.month + 1, first, wall.hour, wall.minute)
          : zone.instant(wall.year, wall.month + 1, 1)
        reset = true
        wall = zone.wallClock(time)
        if (wall.month === 1) continue search
      }
      while (!this.dayFits(wall.day, wall.weekday)) {
        time = reset
          ? zone.instant(wall.year, wall.month, wall.day + 1, wall.hour, wall.minute)
          : zone.instant(wall.year, wall.month, wall.day + 1)
        reset = true
        wall = zone.wallClock(time)
        if (wall.hour !== 0) {
          time += wall.hour > 12 ? (24 - wall.hour) * HOUR : -wall.hour * HOUR
          wall = zone.wallClock(time)
        }
        if (wall.day === 1) continue search
      }
      while (!this.hour.values.has(wall.hour)) {
        if (!reset) time = zone.instant(wall.year, wall.month, wall.day, wall.hour)
        reset = true
        time += HOUR
        wall = zone.wallClock(time)
        if (wall.hour === 0) continue search
      }
      while (!this.minute.values.has(wall.minute)) {
        if (!reset) time = Math.floor(time / MINUTE) * MINUTE
        reset = true
        time += MINUTE
        wall = zone.wallClock(time)
        if (wall.minute === 0) continue search
      }
      if (time % MINUTE === 0) return time
      reset = true
      time = Math.floor(time / MINUTE) * MINUTE + MINUTE
    }
  }

  /** Day of month and day of week must both fit if one of them is `*`; if both are restricted, either will do. */
  private dayFits(day: number, weekday: number): boolean {
    const inMonth = this.day.values.has(day)
    const inWeek = this.weekday.values.has(weekday)
    return this.day.star || this.weekday.star ? inMonth && inWeek : inMonth || inWeek
  }
}
