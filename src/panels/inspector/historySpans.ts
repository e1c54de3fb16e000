import type { Tone } from '../../kernel/index.ts'

/** A stretch of time that was spent in one state, or (`future`) will be if its timer rings first. Times in virtual ms. */
export interface Span {
  readonly key: string
  readonly state: string
  readonly tone: Tone
  readonly from: number
  readonly to: number
  readonly future: boolean
}

interface Lived {
  readonly history: readonly { readonly at: number; readonly into: string; readonly event: number }[]
  readonly timers: readonly { readonly at: number }[]
  readonly tones: { readonly [state: string]: Tone | undefined }
}

/** States kept: older ones would be too thin to see beside the rest. */
const KEPT = 14

/** The latest states of a life, to scale, and what is left of the present one where a timer will end it. */
export function historySpans({ history, timers, tones }: Lived, now: number): readonly Span[] {
  const shown = history.slice(-KEPT).filter(({ at }) => at <= now)
  const spans = shown.map(({ at, into, event }, i): Span => {
    const to = shown[i + 1]?.at ?? now
    return { key: String(event), state: into, tone: tones[into] ?? 'idle', from: at, to, future: false }
  })
  const last = spans.at(-1)
  const rings = timers.map(({ at }) => at).filter((at) => at > now)
  if (last && rings.length > 0) spans.push({ ...last, key: 'future', from: now, to: Math.min(...rings), future: true })
  // Several states at one instant take no time: only the last of them is seen.
  return spans.filter(({ from, to }, i) => to > from || i === spans.length - 1)
}

/** The stretch that a strip shows: all spans, with a little room at the end. */
export function stripWindow(spans: readonly Span[]): { readonly from: number; readonly to: number } {
  const from = spans[0]?.from ?? 0
  const to = Math.max(from + 1000, spans.at(-1)?.to ?? 0)
  return { from, to: to + (to - from) * 0.03 }
}
