import type { Json } from '../../../../kernel/index.ts'

/** A moment as people write it for AWS: ISO 8601, or seconds since 1970. Answers ms since 1970; undefined when it is none. */
export function timeOfText(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return Math.round(value * 1000)
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const text = value.trim()
  if (/^\d+(\.\d+)?$/.test(text) && text.length !== 8 && text.length !== 4) return Math.round(Number(text) * 1000)
  const compact = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/.exec(text)
  if (compact) {
    const [, year, month, day, hour = '00', minute = '00', second = '00'] = compact
    return known(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`))
  }
  const full =
    /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?$/i.exec(
      text,
    )
  if (!full) return known(Date.parse(/(?:Z|GMT|UTC|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text} UTC`))
  const [, year, month = '1', day = '1', hour = '0', minute = '00', second = '00', part = '0', zone = 'Z'] = full
  const pad = (one: string) => one.padStart(2, '0')
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.replace(':', '').slice(3) || '00'}` : 'Z'
  return known(
    Date.parse(
      `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${minute}:${second}.${part.padEnd(3, '0').slice(0, 3)}${offset}`,
    ),
  )
}

function known(time: number): number | undefined {
  return Number.isNaN(time) ? undefined : time
}

/** A moment as the tool prints it: `2026-01-01T00:05:00+00:00`, with microseconds where it has parts of a second. */
export function timeText(ms: number): string {
  const text = new Date(ms).toISOString()
  const part = text.slice(20, 23)
  return `${text.slice(0, 19)}${part === '000' ? '' : `.${part}000`}+00:00`
}
