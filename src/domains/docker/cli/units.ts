import { EPOCH } from '../../../kernel/index.ts'

/** A length of time as docker tells it: `About a minute`, `3 hours`. Models: docker/go-units HumanDuration */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.floor(seconds / 60)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const hours = Math.round(seconds / 3600)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`
  return `${Math.floor(seconds / 31_536_000)} years`
}

/** Bytes of `512m`, `1g`, `64MiB`; undefined when it is none. Models: docker/go-units RAMInBytes */
export function bytesOf(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?(?:([kmgtp])i?b?|b)?$/i.exec(text.trim())
  if (!match) return undefined
  const power = match[2] === undefined ? 0 : 'kmgtp'.indexOf(match[2].toLowerCase()) + 1
  return Math.round(Number(match[1]) * 1024 ** power)
}

/** Bytes with a unit of 1024: `7.656GiB`. Models: docker/go-units BytesSize */
export function binarySize(bytes: number): string {
  return sized(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB'])
}

/** Bytes with a unit of 1000 and four digits: `1.05kB`. Models: docker/go-units HumanSizeWithPrecision */
export function decimalSize(bytes: number, digits = 4): string {
  return sized(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB'], digits)
}

function sized(bytes: number, unit: number, names: readonly string[], digits = 4): string {
  let size = bytes
  let at = 0
  while (size >= unit && at < names.length - 1) {
    size /= unit
    at++
  }
  return `${Number(size.toPrecision(digits))}${names[at]}`
}

/** ms of a Go duration: `1m30s`, `500ms`; undefined when it is none. */
export function durationOf(text: string): number | undefined {
  if (text === '0') return 0
  if (!/^(?:\d+(?:\.\d+)?(?:ns|us|ms|s|m|h))+$/.test(text)) return undefined
  let ms = 0
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g))
    ms += Number(number) * ({ ns: 1e-6, us: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit ?? 's'] ?? 0)
  return Math.round(ms)
}

/** A virtual time as RFC 3339 with nanoseconds, as the API shows it. */
export function nanoTime(at: number): string {
  return new Date(EPOCH + at).toISOString().replace(/\.(\d+)Z$/, '.$1000000Z')
}

/** A virtual time with whole seconds. */
export function secondTime(at: number): string {
  return new Date(EPOCH + at).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** A virtual time as `docker ps --format {{.CreatedAt}}` has it. */
export function createdText(at: number): string {
  return new Date(EPOCH + at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' +0000 UTC')
}

/** The time that never was, as Go has it. */
export const NEVER = '0001-01-01T00:00:00Z'
