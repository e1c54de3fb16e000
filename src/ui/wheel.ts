/** A wheel's measure: centre and radii in the units of its own view box, teeth by count. */
export interface Wheel {
  readonly centre: number
  readonly count: number
  readonly outer: number
  readonly inner: number
}

/** The outline of a gear with symmetrical teeth. `duty` is the part of each pitch that a tooth takes at its root. */
export function toothedRing(wheel: Wheel, duty = 0.72): string {
  const pitch = 360 / wheel.count
  const root = (pitch * duty) / 2
  const tip = root * 0.51
  const teeth = Array.from({ length: wheel.count }, (_, index) => {
    const at = index * pitch
    const next = point(wheel.centre, wheel.inner, at + pitch - root)
    const valley = `A${round(wheel.inner)} ${round(wheel.inner)} 0 0 1 ${next}`
    return [
      `L${point(wheel.centre, wheel.outer, at - tip)}`,
      `L${point(wheel.centre, wheel.outer, at + tip)}`,
      `L${point(wheel.centre, wheel.inner, at + root)}`,
      valley,
    ].join('')
  })
  return `M${point(wheel.centre, wheel.inner, -root)}${teeth.join('')}Z`
}

/** The outline of an escape wheel: teeth that lean one way, so that the eye sees which way it can turn. */
export function sawRing(wheel: Wheel): string {
  const pitch = 360 / wheel.count
  const hollow = wheel.inner + (wheel.outer - wheel.inner) * 0.33
  const teeth = Array.from({ length: wheel.count }, (_, index) => {
    const at = index * pitch
    return [
      `L${point(wheel.centre, wheel.outer, at + pitch * 0.15)}`,
      `L${point(wheel.centre, wheel.outer, at + pitch * 0.25)}`,
      `Q${point(wheel.centre, hollow, at + pitch * 0.44)} ${point(wheel.centre, wheel.inner, at + pitch)}`,
    ].join('')
  })
  return `M${point(wheel.centre, wheel.inner, 0)}${teeth.join('')}Z`
}

/** A spring: a spiral from radius `from` to radius `to` in the given number of turns. */
export function spiral(centre: number, from: number, to: number, turns: number): string {
  const steps = Math.round(turns * 16)
  const points = Array.from({ length: steps + 1 }, (_, step) =>
    point(centre, from + ((to - from) * step) / steps, 90 + (step / steps) * turns * 360),
  )
  return `M${points.join('L')}`
}

/** Spokes or ticks: straight strokes between two radii, `count` of them from twelve o'clock, clockwise. */
export function spokes(centre: number, from: number, to: number, count: number, offset = 0): string {
  return Array.from({ length: count }, (_, index) => {
    const at = offset + (index * 360) / count
    return `M${point(centre, from, at)}L${point(centre, to, at)}`
  }).join('')
}

function point(centre: number, radius: number, degrees: number): string {
  const angle = (degrees * Math.PI) / 180
  return `${round(centre + radius * Math.sin(angle))} ${round(centre - radius * Math.cos(angle))}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
