/** The stretch of time that the strip shows: the time at its left edge, and px for one ms. */
export interface ViewWindow {
  readonly origin: number
  readonly perMs: number
}

/** 12.4 px a second: 65 s in the strip of a 1440 px screen. */
export const FIRST_WINDOW: ViewWindow = { origin: -2000, perMs: 0.01237 }
export const LEAST_PER_MS = 0.000_01
export const MOST_PER_MS = 8

/** How far from the left the hand comes before the strip moves under it, and how near to the left edge, as shares of the width. */
const AHEAD = 0.727
const BEHIND = 0.06
/** Room before time 0, in px. */
const MARGIN = 24

/** Moves the strip just so far that the hand is in its middle part. */
export function follow(view: ViewWindow, now: number, width: number): ViewWindow {
  if (width <= 0) return view
  const x = (now - view.origin) * view.perMs
  if (x > width * AHEAD) return at(view, now - (width * AHEAD) / view.perMs)
  if (x < width * BEHIND) return at(view, now - (width * BEHIND) / view.perMs)
  return view
}

/** Zooms by a factor about a place of the strip, which keeps its time. */
export function zoom(view: ViewWindow, factor: number, x: number): ViewWindow {
  const perMs = Math.min(MOST_PER_MS, Math.max(LEAST_PER_MS, view.perMs * factor))
  return at({ ...view, perMs }, view.origin + x / view.perMs - x / perMs)
}

/** Moves the strip by px: what lay at the right comes in when they are positive. */
export function pan(view: ViewWindow, px: number): ViewWindow {
  return at(view, view.origin + px / view.perMs)
}

function at(view: ViewWindow, origin: number): ViewWindow {
  const kept = Math.max(-MARGIN / view.perMs, origin)
  return kept === view.origin ? view : { ...view, origin: kept }
}
