import { clockText, wholeText } from './timeText.ts'

/** One stroke of the chapter ring: its weight, and a label on the heaviest. */
export interface Tick {
  readonly at: number
  readonly weight: 'minor' | 'middle' | 'major'
  readonly label?: string | undefined
}

/** Distances between strokes in ms, each the finest of its line: minor, middle, major. */
const RINGS: readonly (readonly [number, number, number])[] = [
  [1, 5, 10],
  [5, 10, 50],
  [10, 50, 100],
  [20, 100, 200],
  [50, 250, 500],
  [100, 500, 1000],
  [200, 1000, 2000],
  [500, 1000, 5000],
  [1000, 5000, 10_000],
  [2000, 10_000, 20_000],
  [5000, 10_000, 30_000],
  [5000, 30_000, 60_000],
  [10_000, 60_000, 120_000],
  [30_000, 60_000, 300_000],
  [60_000, 300_000, 600_000],
  [300_000, 600_000, 1_800_000],
  [300_000, 1_800_000, 3_600_000],
  [600_000, 3_600_000, 7_200_000],
  [1_800_000, 3_600_000, 21_600_000],
  [3_600_000, 21_600_000, 86_400_000],
]

/** Room that a label needs, and the least room between two strokes, in px. */
const LABEL = 72
const STROKE = 5

/** The distances that suit a scale of `perMs` px for one ms: 1 s, 5 s and 10 s at about 12 px a second. */
export function ringFor(perMs: number): readonly [number, number, number] {
  for (const ring of RINGS) if (ring[2] * perMs >= LABEL && ring[0] * perMs >= STROKE) return ring
  return RINGS[RINGS.length - 1] as readonly [number, number, number]
}

/** Strokes between two times (the world has none before 0), rescaled with the zoom. */
export function ticks(from: number, to: number, perMs: number): readonly Tick[] {
  const [minor, middle, major] = ringFor(perMs)
  const found: Tick[] = []
  for (let at = Math.max(0, Math.ceil(from / minor) * minor); at <= to; at += minor) {
    if (at % major === 0) found.push({ at, weight: 'major', label: labelOf(at, major) })
    else found.push({ at, weight: at % middle === 0 ? 'middle' : 'minor' })
  }
  return found
}

function labelOf(at: number, major: number): string {
  if (major >= 1000) return wholeText(at)
  return major >= 100 ? clockText(at) : `${wholeText(at)}.${String(at % 1000).padStart(3, '0')}`
}
