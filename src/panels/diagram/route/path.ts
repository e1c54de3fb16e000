/** Corners of a line of horizontal and vertical pieces: x, y, x, y and so on. */
export type Corners = readonly number[]

/** Takes out corners that turn nothing. */
export function straightened(corners: Corners): number[] {
  const kept: number[] = []
  for (let i = 0; i < corners.length; i += 2) {
    const [x, y] = [corners[i] as number, corners[i + 1] as number]
    const n = kept.length
    if (n >= 2 && kept[n - 2] === x && kept[n - 1] === y) continue
    const inLine = n >= 4 && ((kept[n - 4] === x && kept[n - 2] === x) || (kept[n - 3] === y && kept[n - 1] === y))
    if (inLine) kept.splice(n - 2, 2)
    kept.push(x, y)
  }
  return kept
}

/** The line as an SVG path, its corners rounded by `radius` or by what there is room for. */
export function pathOf(corners: Corners, radius = 8): string {
  const n = corners.length / 2
  const at = (i: number) => [corners[i * 2] as number, corners[i * 2 + 1] as number] as const
  if (n < 2) return ''
  const [startX, startY] = at(0)
  let path = `M${startX} ${startY}`
  for (let i = 1; i < n - 1; i++) {
    const [[ax, ay], [bx, by], [cx, cy]] = [at(i - 1), at(i), at(i + 1)]
    const [before, after] = [Math.hypot(bx - ax, by - ay), Math.hypot(cx - bx, cy - by)]
    const r = Math.min(radius, before / 2, after / 2)
    const [ux, uy] = [(bx - ax) / (before || 1), (by - ay) / (before || 1)]
    const [vx, vy] = [(cx - bx) / (after || 1), (cy - by) / (after || 1)]
    path += `L${round(bx - ux * r)} ${round(by - uy * r)}Q${bx} ${by} ${round(bx + vx * r)} ${round(by + vy * r)}`
  }
  const [endX, endY] = at(n - 1)
  return `${path}L${endX} ${endY}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** A line prepared for things that travel on it: points every few px, so that a place on it is one look-up. */
export interface Track {
  readonly length: number
  /** x and y every `STEP` px, with the rounded corners already cut. */
  readonly points: Float32Array
}

export const STEP = 4

/** Walks the line once and keeps a point every `STEP` px. */
export function trackOf(corners: Corners, radius = 8): Track {
  const points: number[] = []
  let rest = 0
  let length = 0
  let [px, py] = [corners[0] ?? 0, corners[1] ?? 0]
  const to = (x: number, y: number) => {
    const piece = Math.hypot(x - px, y - py)
    let s = rest
    for (; s < piece; s += STEP) points.push(px + ((x - px) * s) / piece, py + ((y - py) * s) / piece)
    rest = s - piece
    length += piece
    px = x
    py = y
  }
  const n = corners.length / 2
  for (let i = 1; i < n; i++) {
    const [bx, by] = [corners[i * 2] as number, corners[i * 2 + 1] as number]
    if (i === n - 1) {
      to(bx, by)
      continue
    }
    const [ax, ay] = [corners[i * 2 - 2] as number, corners[i * 2 - 1] as number]
    const [cx, cy] = [corners[i * 2 + 2] as number, corners[i * 2 + 3] as number]
    const [before, after] = [Math.hypot(bx - ax, by - ay), Math.hypot(cx - bx, cy - by)]
    const r = Math.min(radius, before / 2, after / 2)
    const [sx, sy] = [bx - ((bx - ax) / (before || 1)) * r, by - ((by - ay) / (before || 1)) * r]
    const [ex, ey] = [bx + ((cx - bx) / (after || 1)) * r, by + ((cy - by) / (after || 1)) * r]
    to(sx, sy)
    for (const t of [0.25, 0.5, 0.75, 1]) {
      const u = 1 - t
      to(u * u * sx + 2 * u * t * bx + t * t * ex, u * u * sy + 2 * u * t * by + t * t * ey)
    }
  }
  points.push(px, py)
  return { length, points: Float32Array.from(points) }
}
