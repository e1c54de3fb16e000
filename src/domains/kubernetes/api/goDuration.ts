/**
 * Parses a Go duration (`1h15m30.5s`, `-2m`, `0`) into milliseconds, fractions kept; the error is Go's.
 * Models: Go's time.ParseDuration
 */
export function parseGoDuration(text: string): { ok: true; ms: number } | { ok: false; error: string } {
  const invalid = { ok: false, error: `time: invalid duration ${JSON.stringify(text)}` } as const
  const negative = text.startsWith('-')
  let rest = text.replace(/^[+-]/, '')
  if (rest === '0') return { ok: true, ms: 0 }
  if (rest === '') return invalid
  let ms = 0
  while (rest !== '') {
    const number = /^([0-9]*)(\.[0-9]*)?/.exec(rest)?.[0] ?? ''
    if (number === '' || number === '.') return invalid
    rest = rest.slice(number.length)
    const unit = /^[^0-9.]*/.exec(rest)?.[0] ?? ''
    if (unit === '') return { ok: false, error: `time: missing unit in duration ${JSON.stringify(text)}` }
    const scale = Object.hasOwn(units, unit) ? units[unit] : undefined
    if (scale === undefined)
      return { ok: false, error: `time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}` }
    ms += Number(number) * scale
    rest = rest.slice(unit.length)
  }
  return { ok: true, ms: negative ? -ms : ms }
}

const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}
