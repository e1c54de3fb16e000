import type { Signature } from '../object/signature.ts'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** When a signature was made, as git's `--date` writes it. `now` in seconds since 1970. Models: git date.c */
export function dateText({ at, zone }: Pick<Signature, 'at' | 'zone'>, mode: string, now: number): string {
  const local = new Date((at + offset(zone)) * 1000)
  const two = (n: number): string => String(n).padStart(2, '0')
  const day = `${local.getUTCFullYear()}-${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`
  const week = DAYS[local.getUTCDay()]
  const month = MONTHS[local.getUTCMonth()]
  if (mode.startsWith('format:')) return strftime(mode.slice(7), local, at, zone)
  switch (mode) {
    case 'iso':
    case 'iso8601':
      return `${day} ${time} ${zone}`
    case 'iso-strict':
    case 'iso8601-strict':
      return `${day}T${time}${zone === '+0000' ? '+00:00' : `${zone.slice(0, 3)}:${zone.slice(3)}`}`
    case 'short':
      return day
    case 'raw':
      return `${at} ${zone}`
    case 'unix':
      return String(at)
    case 'rfc':
    case 'rfc2822':
      return `${week}, ${local.getUTCDate()} ${month} ${local.getUTCFullYear()} ${time} ${zone}`
    case 'relative':
      return ago(now - at)
    default:
      return `${week} ${month} ${local.getUTCDate()} ${time} ${local.getUTCFullYear()}${mode === 'local' ? '' : ` ${zone}`}`
  }
}

/** How long ago, as git rounds it. */
export function ago(seconds: number): string {
  const many = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`
  if (seconds < 0) return 'in the future'
  if (seconds < 90) return `${many(seconds, 'second')} ago`
  const minutes = Math.floor((seconds + 30) / 60)
  if (minutes < 90) return `${many(minutes, 'minute')} ago`
  const hours = Math.floor((minutes + 30) / 60)
  if (hours < 36) return `${many(hours, 'hour')} ago`
  const days = Math.floor((hours + 12) / 24)
  if (days < 14) return `${many(days, 'day')} ago`
  if (days < 70) return `${many(Math.floor((days + 3) / 7), 'week')} ago`
  if (days < 365) return `${many(Math.floor((days + 15) / 30), 'month')} ago`
  if (days < 1825) {
    const months = Math.floor((days * 12 * 2 + 365) / (365 * 2))
    const years = Math.floor(months / 12)
    const rest = months % 12
    return rest > 0 ? `${many(years, 'year')}, ${many(rest, 'month')} ago` : `${many(years, 'year')} ago`
  }
  return `${many(Math.floor((days + 183) / 365), 'year')} ago`
}

/** Reads a date as given in `GIT_AUTHOR_DATE` or `--date`; undefined when it is none. A relative one counts from `now`. */
export function parseDate(text: string, now: number, zone = '+0000'): Pick<Signature, 'at' | 'zone'> | undefined {
  const raw = /^@?(\d{5,})(?: ([+-]\d{4}))?$/.exec(text.trim()) ?? /^@(\d+)(?: ([+-]\d{4}))?$/.exec(text.trim())
  if (raw) return { at: Number(raw[1]), zone: raw[2] ?? '+0000' }
  const iso =
    /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(
      text.trim(),
    )
  if (iso) {
    const found = iso[7] === 'Z' ? '+0000' : (iso[7]?.replace(':', '') ?? zone)
    const at = Date.UTC(
      Number(iso[1]),
      Number(iso[2]) - 1,
      Number(iso[3]),
      Number(iso[4] ?? 0),
      Number(iso[5] ?? 0),
      Number(iso[6] ?? 0),
    )
    return { at: at / 1000 - offset(found), zone: found }
  }
  const words =
    /^(?:\w{3},? )?(?:(\d{1,2}) (\w{3})|(\w{3}) (\d{1,2})) (?:(\d{4}) )?(\d{1,2}):(\d{2}):(\d{2})(?: (\d{4}))?\s*([+-]\d{4})?$/.exec(
      text.trim(),
    )
  if (words) {
    const month = MONTHS.indexOf((words[2] ?? words[3]) as string)
    const found = words[10] ?? zone
    const at = Date.UTC(
      Number(words[5] ?? words[9]),
      month,
      Number(words[1] ?? words[4]),
      Number(words[6]),
      Number(words[7]),
      Number(words[8]),
    )
    return month < 0 ? undefined : { at: at / 1000 - offset(found), zone: found }
  }
  if (text === 'now') return { at: now, zone }
  if (text === 'yesterday') return { at: now - 86_400, zone }
  const relative = /^(\d+|an?)[ .](second|minute|hour|day|week|month|year)s?(?:[ .]ago)?$/.exec(text.trim())
  if (!relative) return undefined
  const unit = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_592_000, year: 31_536_000 }[
    relative[2] ?? ''
  ]
  return { at: now - (Number.parseInt(relative[1] ?? '1', 10) || 1) * (unit ?? 1), zone }
}

/** Seconds east of Greenwich. */
function offset(zone: string): number {
  const sign = zone.startsWith('-') ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(3, 5)) * 60)
}

function strftime(format: string, local: Date, at: number, zone: string): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  const hour = local.getUTCHours()
  return format.replace(/%([YmdHMSyeabBAIpjFTDRsZzn%t])/g, (_, sign: string) => {
    switch (sign) {
      case 'Y':
        return String(local.getUTCFullYear())
      case 'y':
        return two(local.getUTCFullYear() % 100)
      case 'm':
        return two(local.getUTCMonth() + 1)
      case 'd':
        return two(local.getUTCDate())
      case 'e':
        return String(local.getUTCDate()).padStart(2)
      case 'H':
        return two(hour)
      case 'I':
        return two(hour % 12 || 12)
      case 'M':
        return two(local.getUTCMinutes())
      case 'S':
        return two(local.getUTCSeconds())
      case 'p':
        return hour < 12 ? 'AM' : 'PM'
      case 'a':
        return DAYS[local.getUTCDay()] as string
      case 'A':
        return ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][
          local.getUTCDay()
        ] as string
      case 'b':
        return MONTHS[local.getUTCMonth()] as string
      case 'B':
        return local.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' })
      case 'j':
        return String(Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / 86_400_000) + 1).padStart(
          3,
          '0',
        )
      case 'F':
        return `${local.getUTCFullYear()}-${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`
      case 'D':
        return `${two(local.getUTCMonth() + 1)}/${two(local.getUTCDate())}/${two(local.getUTCFullYear() % 100)}`
      case 'T':
        return `${two(hour)}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`
      case 'R':
        return `${two(hour)}:${two(local.getUTCMinutes())}`
      case 's':
        return String(at)
      case 'z':
        return zone
      case 'Z':
        return zone === '+0000' ? 'UTC' : ''
      case 'n':
        return '\n'
      case 't':
        return '\t'
      default:
        return '%'
    }
  })
}
