import type { Side } from './changes.ts'
import { markChanged } from './myers.ts'

const MOST = 64

/**
 * Marks the lines that differ by splitting at the longest common run whose lines are rarest. What merges use.
 * Models: git xdiff/xhistogram.c
 */
export function histogram(a: Side, b: Side): void {
  let work: readonly Span[] = [{ line1: 0, count1: a.ids.length, line2: 0, count2: b.ids.length }]
  while (work.length > 0) {
    const next: Span[] = []
    for (const span of work) next.push(...divide(a, b, span))
    work = next
  }
}

interface Span {
  readonly line1: number
  readonly count1: number
  readonly line2: number
  readonly count2: number
}

function divide(a: Side, b: Side, span: Span): readonly Span[] {
  const { line1, count1, line2, count2 } = span
  if (count1 <= 0 || count2 <= 0) {
    markAll(a, b, span)
    return []
  }
  const found = commonRun(a.ids, b.ids, span)
  if (found === 'often') {
    const part = (side: Side, from: number, count: number): Side => ({
      ids: side.ids.slice(from, from + count),
      lines: side.lines.slice(from, from + count),
      changed: new Uint8Array(count),
    })
    const left = part(a, line1, count1)
    const right = part(b, line2, count2)
    markChanged(left, right)
    a.changed.set(left.changed, line1)
    b.changed.set(right.changed, line2)
    return []
  }
  if (!found) {
    markAll(a, b, span)
    return []
  }
  return [
    { line1, count1: found.begin1 - line1, line2, count2: found.begin2 - line2 },
    {
      line1: found.end1 + 1,
      count1: line1 + count1 - found.end1 - 1,
      line2: found.end2 + 1,
      count2: line2 + count2 - found.end2 - 1,
    },
  ]
}

function markAll(a: Side, b: Side, { line1, count1, line2, count2 }: Span): void {
  if (count1 > 0) a.changed.fill(1, line1, line1 + count1)
  if (count2 > 0) b.changed.fill(1, line2, line2 + count2)
}

interface Run {
  readonly begin1: number
  readonly end1: number
  readonly begin2: number
  readonly end2: number
}

/** The best common run; `often` when lines are common, but all of them too often to tell. */
function commonRun(x: Int32Array, y: Int32Array, { line1, count1, line2, count2 }: Span): Run | 'often' | undefined {
  const places = new Map<number, number[]>()
  for (let at = line1; at < line1 + count1; at++) {
    const list = places.get(x[at] as number)
    if (list) list.push(at)
    else places.set(x[at] as number, [at])
  }
  const countAt = (at: number): number => places.get(x[at] as number)?.length ?? 0
  const last1 = line1 + count1 - 1
  const last2 = line2 + count2 - 1
  let fewest = MOST + 1
  let common = false
  let best: Run | undefined
  for (let at2 = line2; at2 <= last2; ) {
    let next2 = at2 + 1
    const list = places.get(y[at2] as number)
    if (list && list.length > fewest) common = true
    else if (list) {
      common = true
      for (let place = 0; place < list.length; ) {
        let begin1 = list[place] as number
        let begin2 = at2
        let end1 = begin1
        let end2 = at2
        let rarity = list.length
        while (line1 < begin1 && line2 < begin2 && x[begin1 - 1] === y[begin2 - 1]) {
          begin1--
          begin2--
          if (rarity > 1) rarity = Math.min(rarity, countAt(begin1))
        }
        while (end1 < last1 && end2 < last2 && x[end1 + 1] === y[end2 + 1]) {
          end1++
          end2++
          if (rarity > 1) rarity = Math.min(rarity, countAt(end1))
        }
        if (next2 <= end2) next2 = end2 + 1
        if ((best ? best.end1 - best.begin1 : 0) < end1 - begin1 || rarity < fewest) {
          best = { begin1, end1, begin2, end2 }
          fewest = rarity
        }
        while (place < list.length && (list[place] as number) <= end1) place++
      }
    }
    at2 = next2
  }
  return common && fewest > MOST ? 'often' : best
}
