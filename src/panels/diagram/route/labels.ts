import type { Route } from './routes.ts'

/** What is written on a bundle of lines, and where: the middle of the label's left edge or of the whole label. */
export interface RouteLabel {
  readonly key: string
  readonly x: number
  readonly y: number
  /** Whether the label is centred on its point or begins there, beside an upright line. */
  readonly anchor: 'middle' | 'left' | 'above'
  readonly rate: number
  /** Told where there is room: on the first hop, above the line. */
  readonly p95: number | undefined
  readonly errors: number | undefined
}

/** One label for each bundle of traffic lines: on a long level piece, above a short one, beside an upright one. */
export function labelsOf(routes: readonly Route[]): readonly RouteLabel[] {
  const bundles = new Map<string, Route[]>()
  for (const route of routes) {
    if (route.edge.kind !== 'traffic' || route.edge.rate === undefined) continue
    const bundle = bundles.get(route.bundle)
    if (bundle) bundle.push(route)
    else bundles.set(route.bundle, [route])
  }
  const taken: { x: number; y: number; w: number }[] = []
  const labels: RouteLabel[] = []
  const levels = levelPieces(routes)
  for (const [key, bundle] of bundles) {
    const [first] = bundle
    if (!first) continue
    const rate = bundle.reduce((sum, { edge }) => sum + (edge.rate ?? 0), 0)
    if (rate <= 0) continue
    const failed = bundle.reduce((sum, { edge }) => sum + (edge.rate ?? 0) * (edge.errors ?? 0), 0)
    const p95s = bundle.flatMap(({ edge }) => (edge.p95 === undefined ? [] : [edge.p95]))
    const told = bundle.some(({ edge }) => edge.errors !== undefined)
    const spot = place(first, levels)
    const w = spot.anchor === 'left' ? 60 : spot.anchor === 'above' ? 120 : 80
    const left = spot.anchor === 'left' ? spot.x : spot.x - w / 2
    while (taken.some((one) => Math.abs(one.y - spot.y) < 20 && one.x < left + w && left < one.x + one.w)) spot.y += 21
    taken.push({ x: left, y: spot.y, w })
    labels.push({
      key,
      ...spot,
      rate,
      p95: p95s.length > 0 && spot.anchor === 'above' ? Math.max(...p95s) : undefined,
      errors: told ? (rate > 0 ? failed / rate : 0) : undefined,
    })
  }
  return labels
}

interface Level {
  readonly from: string
  readonly y: number
  readonly start: number
  readonly end: number
}

/** Level pieces by source: a piece that several lines share is labelled only where it is one bundle's alone. */
function levelPieces(routes: readonly Route[]): readonly Level[] {
  return routes.flatMap(({ edge, corners }) => {
    const piece = longest(corners, true)
    return piece ? [{ from: edge.from, y: piece.y1, start: piece.x1, end: piece.x2 }] : []
  })
}

function place(route: Route, levels: readonly Level[]): { x: number; y: number; anchor: RouteLabel['anchor'] } {
  const level = longest(route.corners, true)
  const upright = longest(route.corners, false)
  if (level && route.corners.length > 4) {
    const way = Math.sign(level.x2 - level.x1)
    // The part of the piece beyond every shorter one of the same source is this bundle's alone.
    const shared = levels
      .filter(
        ({ from, y, start, end }) => from === route.edge.from && y === level.y1 && start === level.x1 && way * end > 0,
      )
      .map(({ end }) => end)
      .filter((end) => way * (level.x2 - end) > 0 && way * (end - level.x1) > 0)
    const start = shared.length > 0 ? (way > 0 ? Math.max(...shared) : Math.min(...shared)) : level.x1
    if (Math.abs(level.x2 - start) >= 76) return { x: (start + level.x2) / 2, y: level.y1, anchor: 'middle' }
  }
  if (level && level.length >= (upright?.length ?? 0)) {
    return { x: (level.x1 + level.x2) / 2, y: level.y1 - 18, anchor: 'above' }
  }
  if (level && route.corners.length > 6) return { x: level.x2, y: level.y1 - 14, anchor: 'middle' }
  if (upright) return { x: upright.x1 + 9, y: (upright.y1 + upright.y2) / 2, anchor: 'left' }
  return { x: route.corners[0] ?? 0, y: route.corners[1] ?? 0, anchor: 'left' }
}

interface Piece {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly length: number
}

function longest(corners: readonly number[], level: boolean): Piece | undefined {
  let best: Piece | undefined
  for (let i = 0; i + 3 < corners.length; i += 2) {
    const [x1, y1, x2, y2] = corners.slice(i, i + 4) as [number, number, number, number]
    if ((y1 === y2) !== level) continue
    const length = Math.abs(x2 - x1) + Math.abs(y2 - y1)
    if (!best || length > best.length) best = { x1, y1, x2, y2, length }
  }
  return best
}
