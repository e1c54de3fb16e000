import type { RouteLabel } from '../route/labels.ts'

/** Height of a label on the screen and the least room between two, px. */
const HEIGHT = 20
const ROOM = 4
/** Most labels at once: a picture with more is read by its colours. */
const MOST = 60

/** Those labels that stand free of each other on the screen at a zoom. What fails comes before what is busy; the order is kept. */
export function uncrowded(labels: readonly RouteLabel[], zoom: number): readonly RouteLabel[] {
  const weighty = labels.toSorted((a, b) => (b.errors ?? 0) - (a.errors ?? 0) || b.rate - a.rate)
  const kept: { readonly label: RouteLabel; readonly x: number; readonly y: number; readonly w: number }[] = []
  for (const label of weighty) {
    if (kept.length >= MOST) break
    const w = (label.p95 === undefined ? 44 : 104) + ((label.errors ?? 0) > 0 ? 56 : 0)
    const x = label.x * zoom - (label.anchor === 'left' ? 0 : w / 2)
    const y = label.y * zoom
    const crowds = kept.some((one) => Math.abs(one.y - y) < HEIGHT && x < one.x + one.w + ROOM && one.x < x + w + ROOM)
    if (!crowds) kept.push({ label, x, y, w })
  }
  const shown = new Set(kept.map(({ label }) => label))
  return labels.filter((label) => shown.has(label))
}
