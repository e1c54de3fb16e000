import type { Side } from './changes.ts'

const COST_MIN = 256
const HEURISTIC_COST = 256
const SNAKE = 20
const HEURISTIC_GAIN = 4
const EQUAL_LIMIT = 1024
const SCAN = 100
const RUN = 4
const NEVER = 0x3fffffff

/**
 * Marks the lines that differ, by Myers' linear-space algorithm with git's short cuts: lines that the other side has not, or has too
 * often amid such lines, are taken for changed beforehand, and a search that gets too dear is cut off.
 * Models: git xdiff/xprepare.c and xdiffi.c
 */
export function markChanged(a: Side, b: Side, minimal = false): void {
  const [x, y] = essential(a, b, minimal)
  const diagonals = x.ids.length + y.ids.length + 3
  const forward = new Int32Array(2 * diagonals + 2)
  const backward = new Int32Array(2 * diagonals + 2)
  const search: Search = {
    x: x.ids,
    y: y.ids,
    forward,
    backward,
    middle: y.ids.length + 1,
    dearest: Math.max(roughRoot(diagonals), COST_MIN),
  }
  compare(search, 0, x.ids.length, 0, y.ids.length, minimal, (side, at) => {
    if (side === 0) a.changed[x.at[at] as number] = 1
    else b.changed[y.at[at] as number] = 1
  })
}

interface Search {
  readonly x: Int32Array
  readonly y: Int32Array
  readonly forward: Int32Array
  readonly backward: Int32Array
  readonly middle: number
  readonly dearest: number
}

interface Essential {
  readonly ids: Int32Array
  readonly at: readonly number[]
}

/** The lines that are worth comparing; the others between the common ends are marked at once. */
function essential(a: Side, b: Side, minimal: boolean): readonly [Essential, Essential] {
  const shorter = Math.min(a.ids.length, b.ids.length)
  let start = 0
  while (start < shorter && a.ids[start] === b.ids[start]) start++
  let end = 0
  while (end < shorter - start && a.ids[a.ids.length - 1 - end] === b.ids[b.ids.length - 1 - end]) end++
  const tally = (ids: Int32Array): Map<number, number> => {
    const counts = new Map<number, number>()
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
    return counts
  }
  const one = (side: Side, others: ReadonlyMap<number, number>): Essential => {
    const limit = Math.min(roughRoot(side.ids.length), EQUAL_LIMIT)
    const last = side.ids.length - end - 1
    const sort = new Uint8Array(side.ids.length + 1)
    for (let i = start; i <= last; i++) {
      const matches = others.get(side.ids[i] as number) ?? 0
      sort[i] = matches === 0 ? 0 : matches >= limit && !minimal ? 2 : 1
    }
    const at: number[] = []
    for (let i = start; i <= last; i++) {
      if (sort[i] === 1 || (sort[i] === 2 && !amidChanges(sort, i, start, last))) at.push(i)
      else side.changed[i] = 1
    }
    return { ids: Int32Array.from(at, (i) => side.ids[i] as number), at }
  }
  const countsA = tally(a.ids)
  const countsB = tally(b.ids)
  return [one(a, countsB), one(b, countsA)]
}

/** Whether a line that matches too often stands among lines that match nothing. */
function amidChanges(sort: Uint8Array, i: number, start: number, end: number): boolean {
  const from = Math.max(start, i - SCAN)
  const to = Math.min(end, i + SCAN)
  let none = 0
  let often = 1
  for (let at = i - 1; at >= from; at--) {
    if (sort[at] === 0) none++
    else if (sort[at] === 2) often++
    else break
  }
  if (none === 0) return false
  let noneAfter = 0
  let oftenAfter = 1
  for (let at = i + 1; at <= to; at++) {
    if (sort[at] === 0) noneAfter++
    else if (sort[at] === 2) oftenAfter++
    else break
  }
  if (noneAfter === 0) return false
  const allNone = none + noneAfter
  const allOften = often + oftenAfter
  return allOften * RUN < allOften + allNone
}

/** A power of two near the square root. */
function roughRoot(n: number): number {
  let root = 1
  for (let left = n; left > 0; left >>= 2) root <<= 1
  return root
}

function compare(
  search: Search,
  from1: number,
  to1: number,
  from2: number,
  to2: number,
  minimal: boolean,
  mark: (side: 0 | 1, at: number) => void,
): void {
  const { x, y } = search
  let off1 = from1
  let off2 = from2
  let lim1 = to1
  let lim2 = to2
  while (off1 < lim1 && off2 < lim2 && x[off1] === y[off2]) {
    off1++
    off2++
  }
  while (off1 < lim1 && off2 < lim2 && x[lim1 - 1] === y[lim2 - 1]) {
    lim1--
    lim2--
  }
  if (off1 === lim1) for (; off2 < lim2; off2++) mark(1, off2)
  else if (off2 === lim2) for (; off1 < lim1; off1++) mark(0, off1)
  else {
    const at = split(search, off1, lim1, off2, lim2, minimal)
    compare(search, off1, at.i1, off2, at.i2, at.low, mark)
    compare(search, at.i1, lim1, at.i2, lim2, at.high, mark)
  }
}

interface Split {
  readonly i1: number
  readonly i2: number
  /** Whether the halves are to be searched without short cuts. */
  readonly low: boolean
  readonly high: boolean
}

function split(search: Search, off1: number, lim1: number, off2: number, lim2: number, minimal: boolean): Split {
  const { x, y, forward, backward, middle, dearest } = search
  const dmin = off1 - lim2
  const dmax = lim1 - off2
  const fmid = off1 - off2
  const bmid = lim1 - lim2
  const odd = ((fmid - bmid) & 1) !== 0
  let fmin = fmid
  let fmax = fmid
  let bmin = bmid
  let bmax = bmid
  const F = (d: number): number => forward[middle + d] as number
  const B = (d: number): number => backward[middle + d] as number
  forward[middle + fmid] = off1
  backward[middle + bmid] = lim1
  for (let cost = 1; ; cost++) {
    let snake = false
    if (fmin > dmin) forward[middle + --fmin - 1] = -1
    else fmin++
    if (fmax < dmax) forward[middle + ++fmax + 1] = -1
    else fmax--
    for (let d = fmax; d >= fmin; d -= 2) {
      let i1 = F(d - 1) >= F(d + 1) ? F(d - 1) + 1 : F(d + 1)
      const before = i1
      let i2 = i1 - d
      while (i1 < lim1 && i2 < lim2 && x[i1] === y[i2]) {
        i1++
        i2++
      }
      if (i1 - before > SNAKE) snake = true
      forward[middle + d] = i1
      if (odd && bmin <= d && d <= bmax && B(d) <= i1) return { i1, i2, low: true, high: true }
    }
    if (bmin > dmin) backward[middle + --bmin - 1] = NEVER
    else bmin++
    if (bmax < dmax) backward[middle + ++bmax + 1] = NEVER
    else bmax--
    for (let d = bmax; d >= bmin; d -= 2) {
      let i1 = B(d - 1) < B(d + 1) ? B(d - 1) : B(d + 1) - 1
      const before = i1
      let i2 = i1 - d
      while (i1 > off1 && i2 > off2 && x[i1 - 1] === y[i2 - 1]) {
        i1--
        i2--
      }
      if (before - i1 > SNAKE) snake = true
      backward[middle + d] = i1
      if (!odd && fmin <= d && d <= fmax && i1 <= F(d)) return { i1, i2, low: true, high: true }
    }
    if (minimal) continue
    if (snake && cost > HEURISTIC_COST) {
      let best = 0
      let found: Split | undefined
      for (let d = fmax; d >= fmin; d -= 2) {
        const i1 = F(d)
        const i2 = i1 - d
        const gain = i1 - off1 + (i2 - off2) - Math.abs(d - fmid)
        if (gain <= HEURISTIC_GAIN * cost || gain <= best) continue
        if (off1 + SNAKE > i1 || i1 >= lim1 || off2 + SNAKE > i2 || i2 >= lim2) continue
        let k = 1
        while (k <= SNAKE && x[i1 - k] === y[i2 - k]) k++
        if (k <= SNAKE) continue
        best = gain
        found = { i1, i2, low: true, high: false }
      }
      if (found) return found
      for (let d = bmax; d >= bmin; d -= 2) {
        const i1 = B(d)
        const i2 = i1 - d
        const gain = lim1 - i1 + (lim2 - i2) - Math.abs(d - bmid)
        if (gain <= HEURISTIC_GAIN * cost || gain <= best) continue
        if (off1 >= i1 || i1 > lim1 - SNAKE || off2 >= i2 || i2 > lim2 - SNAKE) continue
        let k = 0
        while (k < SNAKE && x[i1 + k] === y[i2 + k]) k++
        if (k < SNAKE) continue
        best = gain
        found = { i1, i2, low: false, high: true }
      }
      if (found) return found
    }
    if (cost < dearest) continue
    let furthest = -1
    let furthest1 = -1
    for (let d = fmax; d >= fmin; d -= 2) {
      let i1 = Math.min(F(d), lim1)
      let i2 = i1 - d
      if (lim2 < i2) {
        i1 = lim2 + d
        i2 = lim2
      }
      if (furthest < i1 + i2) {
        furthest = i1 + i2
        furthest1 = i1
      }
    }
    let nearest = NEVER
    let nearest1 = NEVER
    for (let d = bmax; d >= bmin; d -= 2) {
      let i1 = Math.max(off1, B(d))
      let i2 = i1 - d
      if (i2 < off2) {
        i1 = off2 + d
        i2 = off2
      }
      if (i1 + i2 < nearest) {
        nearest = i1 + i2
        nearest1 = i1
      }
    }
    return lim1 + lim2 - nearest < furthest - (off1 + off2)
      ? { i1: furthest1, i2: furthest - furthest1, low: true, high: false }
      : { i1: nearest1, i2: nearest - nearest1, low: false, high: true }
  }
}
