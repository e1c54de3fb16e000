/** A virtual time as the clock shows it, to a tenth of a second: `14:02.3`, from an hour on `1:14:02.3`. */
export function clockText(ms: number): string {
  return `${wholeText(ms)}.${Math.floor((ms % 1000) / 100)}`
}

/** A virtual time to the second: `14:02`. */
export function wholeText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const [s, m, h] = [seconds % 60, Math.floor(seconds / 60) % 60, Math.floor(seconds / 3600)]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`
}

/** A length of time in words that a person would say: `0.4 s`, `23 s`, `12 min`, `3 h`. */
export function lengthText(ms: number): string {
  if (ms < 10_000) return `${Math.round(ms / 100) / 10} s`
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`
  if (ms < 172_800_000) return `${Math.round(ms / 3_600_000)} h`
  return `${Math.round(ms / 86_400_000)} days`
}

/** What is left of a timer, with a tenth below a minute: `6.4 s`, `2 min`. */
export function leftText(ms: number): string {
  return ms < 60_000 ? `${(Math.max(0, ms) / 1000).toFixed(1)} s` : lengthText(ms)
}

/** Reads `mm:ss`, `h:mm:ss` (with or without tenths) or plain seconds; undefined when it is none of them. */
export function readTime(text: string): number | undefined {
  const found = /^(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:\.\d+)?)(?:\s*s)?$/.exec(text.trim())
  if (!found) return undefined
  const [, h = '0', m = '0', s = '0'] = found
  return Math.round(((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000)
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
