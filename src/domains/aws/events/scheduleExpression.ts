/** A parsed schedule of EventBridge. */
export type Schedule =
  | { readonly rate: number }
  | {
      readonly minutes: ReadonlySet<number>
      readonly hours: ReadonlySet<number>
      readonly months: ReadonlySet<number>
      readonly years: ReadonlySet<number>
      /** Whether a day of a month counts: year, month 1 to 12, day of the month. */
      readonly onDay: (year: number, month: number, day: number) => boolean
    }

/**
 * Parses `rate(5 minutes)` or `cron(0 18 ? * MON-FRI *)`, in UTC; undefined when EventBridge would refuse it. A rate is in minutes.
 * Models: Amazon EventBridge User Guide, "Creating a rule that runs on a schedule"
 */
export function parseSchedule(text: string): Schedule | undefined {
  const rate = /^rate\((\d+) (minute|minutes|hour|hours|day|days)\)$/.exec(text)
  if (rate) {
    const [, digits = '', unit = ''] = rate
    const value = Number(digits)
    if (value < 1 || (value === 1) === unit.endsWith('s')) return undefined
    return { rate: value * (unit.startsWith('day') ? 1440 : unit.startsWith('hour') ? 60 : 1) }
  }
  const cron = /^cron\((.*)\)$/.exec(text)
  const fields = cron?.[1]?.trim().split(/\s+/) ?? []
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = fields
  if (fields.length !== 6 || (day === '?') === (weekday === '?')) return undefined
  const minutes = listOf(minute, 0, 59)
  const hours = listOf(hour, 0, 23)
  const months = listOf(month, 1, 12, MONTHS)
  const years = listOf(year, 1970, 2199)
  const onDay = day === '?' ? weekdays(weekday) : monthDays(day)
  return minutes && hours && months && years && onDay ? { minutes, hours, months, years, onDay } : undefined
}

/** The first time strictly after `after` at which a cron schedule is due, in ms since 1970; undefined when there is none any more. */
export function nextTime(schedule: Exclude<Schedule, { readonly rate: number }>, after: number): number | undefined {
  const start = new Date(Math.floor(after / 60_000) * 60_000 + 60_000)
  const from = start.getTime()
  const hours = [...schedule.hours].sort((a, b) => a - b)
  const minutes = [...schedule.minutes].sort((a, b) => a - b)
  for (let year = start.getUTCFullYear(); year <= 2199; year++) {
    if (!schedule.years.has(year)) continue
    for (let month = 1; month <= 12; month++) {
      if (!schedule.months.has(month) || Date.UTC(year, month, 1) <= from) continue
      for (let day = 1; day <= lastDay(year, month); day++) {
        if (Date.UTC(year, month - 1, day + 1) <= from || !schedule.onDay(year, month, day)) continue
        for (const hour of hours)
          for (const minute of minutes) {
            const time = Date.UTC(year, month - 1, day, hour, minute)
            if (time >= from) return time
          }
      }
    }
  }
  return undefined
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

function numberOf(word: string, least: number, most: number, names: readonly string[] = []): number | undefined {
  const named = names.indexOf(word.toUpperCase())
  const value = named >= 0 ? named + 1 : /^\d+$/.test(word) ? Number(word) : undefined
  return value !== undefined && value >= least && value <= most ? value : undefined
}

/** `*`, `1,5`, `1-5`, `0/15`, `1-30/5`: the values that count. A range may run over the end. */
function listOf(text: string, least: number, most: number, names?: readonly string[]): ReadonlySet<number> | undefined {
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const [range = '', step, more] = part.split('/')
    const by = step === undefined ? 1 : /^\d+$/.test(step) ? Number(step) : 0
    if (more !== undefined || by < 1 || by > most) return undefined
    const [first = '', last, extra] = range.split('-')
    if (extra !== undefined) return undefined
    const from = range === '*' ? least : numberOf(first, least, most, names)
    const ends = last === undefined ? undefined : numberOf(last, least, most, names)
    const to = range === '*' || (last === undefined && step !== undefined) ? most : last === undefined ? from : ends
    if (from === undefined || to === undefined) return undefined
    const length = to >= from ? to - from : to + (most - least + 1) - from
    for (let i = 0; i <= length; i += by) values.add(least + ((from - least + i) % (most - least + 1)))
  }
  return values
}

type OnDay = (year: number, month: number, day: number) => boolean

/** The day-of-month field: also `L`, `L-3`, `LW` and `15W`. */
function monthDays(text: string): OnDay | undefined {
  if (text === 'L') return (year, month, day) => day === lastDay(year, month)
  if (text === 'LW') return (year, month, day) => day === nearestWeekday(year, month, lastDay(year, month))
  const before = /^L-(\d{1,2})$/.exec(text)
  if (before) return (year, month, day) => day === lastDay(year, month) - Number(before[1])
  const near = /^(\d{1,2})W$/.exec(text)
  if (near) {
    const wanted = numberOf(near[1] ?? '', 1, 31)
    if (wanted === undefined) return undefined
    return (year, month, day) => wanted <= lastDay(year, month) && day === nearestWeekday(year, month, wanted)
  }
  const days = listOf(text, 1, 31)
  return days && ((_year, _month, day) => days.has(day))
}

/** The day-of-week field, Sunday being 1: also `L`, `6L` and `3#2`. */
function weekdays(text: string): OnDay | undefined {
  if (text.toUpperCase() === 'L') return (year, month, day) => weekdayOf(year, month, day) === 7
  const nth = /^(\w+)#([1-5])$/.exec(text)
  if (nth) {
    const wanted = numberOf(nth[1] ?? '', 1, 7, WEEKDAYS)
    const week = Number(nth[2])
    if (wanted === undefined) return undefined
    return (year, month, day) => weekdayOf(year, month, day) === wanted && Math.ceil(day / 7) === week
  }
  const last = /^(\w+)L$/i.exec(text)
  const lastOf = last && numberOf(last[1] ?? '', 1, 7, WEEKDAYS)
  if (lastOf) return (year, month, day) => weekdayOf(year, month, day) === lastOf && day + 7 > lastDay(year, month)
  const days = listOf(text, 1, 7, WEEKDAYS)
  return days && ((year, month, day) => days.has(weekdayOf(year, month, day)))
}

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1
}

/** Monday to Friday nearest to a day, within its month. */
function nearestWeekday(year: number, month: number, day: number): number {
  const weekday = weekdayOf(year, month, day)
  if (weekday === 7) return day === 1 ? 3 : day - 1
  if (weekday === 1) return day === lastDay(year, month) ? day - 2 : day + 1
  return day
}
