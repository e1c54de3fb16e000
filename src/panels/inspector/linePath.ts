import type { Point } from './layered.ts'

/** A right-angled line with rounded corners through some points, as the `d` of an SVG path. */
export function linePath(points: readonly Point[], radius = 8): string {
  const clean = points.filter((point, i) => {
    const before = points[i - 1]
    const after = points[i + 1]
    if (before && before[0] === point[0] && before[1] === point[1]) return false
    if (!before || !after) return true
    const straight =
      (before[0] === point[0] && point[0] === after[0]) || (before[1] === point[1] && point[1] === after[1])
    return !straight
  })
  const [first, ...rest] = clean
  if (!first) return ''
  let path = `M${round(first[0])} ${round(first[1])}`
  let here = first
  rest.forEach((corner, i) => {
    const next = rest[i + 1]
    if (!next) {
      path += `L${round(corner[0])} ${round(corner[1])}`
      return
    }
    const bend = Math.min(radius, distance(here, corner) / 2, distance(corner, next) / 2)
    const [a, b] = [towards(corner, here, bend), towards(corner, next, bend)]
    path += `L${round(a[0])} ${round(a[1])}Q${round(corner[0])} ${round(corner[1])} ${round(b[0])} ${round(b[1])}`
    here = corner
  })
  return path
}

function distance(a: Point, b: Point): number {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1])
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1
  return [from[0] + ((to[0] - from[0]) / whole) * length, from[1] + ((to[1] - from[1]) / whole) * length]
}

function round(n: number): number {
  return Math.round(n * 10) / 10
}
