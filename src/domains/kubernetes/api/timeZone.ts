/** The calendar fields of an instant as a clock on the wall shows them; `month` from 1, `weekday` 0 for Sunday. */
export interface WallClock {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly weekday: number
}

/**
 * A time zone of the IANA database; `UTC` needs no lookup. Reads the platform's zone tables, never its clock.
 * Models: Go's time.Location
 */
export class TimeZone {
  readonly name: string
  private readonly format: Intl.DateTimeFormat | undefined
  private readonly offsets = new Map<number, number>()

  private constructor(name: string, format: Intl.DateTimeFormat | undefined) {
    this.name = name
    this.format = format
  }

  static readonly utc = new TimeZone('UTC', undefined)

  /** The zone of that name; undefined if there is none. Names are case-sensitive, as they are file names to Go. */
  static find(name: string): TimeZone | undefined {
    if (name === '' || name === 'UTC' || name === 'Local') return TimeZone.utc
    if (!/^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(name)) return undefined
    let zone = zones.get(name)
    if (zone === undefined) {
      try {
        zone = new TimeZone(name, new Intl.DateTimeFormat('en-US', { ...NUMERIC, timeZone: name }))
      } catch {
        return undefined
      }
      zones.set(name, zone)
    }
    return zone
  }

  /** Milliseconds to add to UTC at the instant `ms`. Zones change on the quarter hour, so answers are kept by quarter. */
  offsetAt(ms: number): number {
    if (!this.format) return 0
    const quarter = Math.floor(ms / 900_000)
    let offset = this.offsets.get(quarter)
    if (offset === undefined) {
      offset = this.readOffset(this.format, quarter * 900_000)
      if (this.offsets.size > 10_000) this.offsets.clear()
      this.offsets.set(quarter, offset)
    }
    return offset
  }

  /** What a clock there shows at the instant `ms`. */
  wallClock(ms: number): WallClock {
    const date = new Date(ms + this.offsetAt(ms))
    return {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      weekday: date.getUTCDay(),
    }
  }

  /** The instant at which the clock shows this; overflowing fields carry over, and in a gap or overlap the choice is that of Go's time.Date. */
  instant(year: number, month: number, day: number, hour = 0, minute = 0): number {
    const local = Date.UTC(year, month - 1, day, hour, minute)
    const guess = this.offsetAt(local)
    if (guess === 0) return local
    return local - this.offsetAt(local - guess)
  }

  private readOffset(format: Intl.DateTimeFormat, ms: number): number {
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(new Date(ms))) part[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
    return Date.UTC(year, month - 1, day, hour % 24, minute, second) - ms
  }
}

const NUMERIC = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const
const zones = new Map<string, TimeZone>()
