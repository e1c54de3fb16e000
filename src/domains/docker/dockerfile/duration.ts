import { quoted } from './go.ts'
import { DockerfileProblem } from './problem.ts'

const UNITS: { readonly [unit: string]: number } = {
  ns: 1,
  us: 1e3,
  '\u00b5s': 1e3,
  '\u03bcs': 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
}

/** Nanoseconds of `1m30s`; throws in Go's words. Models: time.ParseDuration. */
export function parseDuration(text: string): number {
  const wrong = (): DockerfileProblem => new DockerfileProblem(`time: invalid duration ${quoted(text)}`)
  const negative = text.startsWith('-')
  let rest = text.replace(/^[-+]/, '')
  if (rest === '0') return 0
  if (rest === '') throw wrong()
  let sum = 0
  while (rest !== '') {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest)?.[0]
    if (number === undefined) throw wrong()
    rest = rest.slice(number.length)
    const unit = /^[^\d.]*/.exec(rest)?.[0] ?? ''
    if (unit === '') throw new DockerfileProblem(`time: missing unit in duration ${quoted(text)}`)
    const size = UNITS[unit]
    if (size === undefined)
      throw new DockerfileProblem(`time: unknown unit ${quoted(unit)} in duration ${quoted(text)}`)
    sum += Number(number) * size
    rest = rest.slice(unit.length)
  }
  return Math.round(negative ? -sum : sum)
}

/** `1m30s` of nanoseconds. Models: time.Duration.String. */
export function durationText(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s'
  const sign = nanoseconds < 0 ? '-' : ''
  const size = Math.abs(nanoseconds)
  if (size < 1e3) return `${sign}${size}ns`
  if (size < 1e6) return `${sign}${size / 1e3}\u00b5s`
  if (size < 1e9) return `${sign}${size / 1e6}ms`
  const hours = Math.floor(size / 3600e9)
  const minutes = Math.floor((size % 3600e9) / 60e9)
  const seconds = (size % 60e9) / 1e9
  return `${sign}${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}s`
}
