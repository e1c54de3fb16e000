import { type Change, changes } from '../diff/changes.ts'
import { linesOf } from '../diff/lines.ts'

export interface MergeTextOptions {
  readonly ours: string
  readonly theirs: string
  /** What the common ancestor is called in `diff3` style. */
  readonly base?: string
  readonly style?: 'merge' | 'diff3'
  /** Whose lines are taken where both changed. */
  readonly favor?: 'ours' | 'theirs' | 'union' | undefined
  /** Characters of a conflict marker; 7 when absent. */
  readonly markers?: number
}

/** A stretch: taken from one side (1, 2), equal on both (4), or in conflict (0). Lines are counted in base, ours and theirs. */
interface Part {
  mode: 0 | 1 | 2 | 3 | 4
  i0: number
  chg0: number
  i1: number
  chg1: number
  i2: number
  chg2: number
}

/**
 * Merges two changed texts with their common ancestor. Where both changed the same lines, both versions stand between markers.
 * Models: git xdiff/xmerge.c at the level that `git merge` uses, over histogram diffs as merge-ort does.
 */
export function mergeText(
  base: string,
  ours: string,
  theirs: string,
  options: MergeTextOptions,
): { readonly text: string; readonly conflicts: number } {
  const o = linesOf(base)
  const a = linesOf(ours)
  const b = linesOf(theirs)
  const diff = (x: readonly string[], y: readonly string[]): readonly Change[] =>
    changes(x, y, { algorithm: 'histogram', indent: false })
  const first = diff(o, a)
  const second = diff(o, b)
  if (first.length === 0) return { text: theirs, conflicts: 0 }
  if (second.length === 0) return { text: ours, conflicts: 0 }
  const parts = join(o, a, b, first, second)
  const refined = options.style === 'diff3' ? parts : simplified(refine(parts, a, b, diff))
  return fill(refined, o, a, b, options)
}

function join(
  o: readonly string[],
  a: readonly string[],
  b: readonly string[],
  first: readonly Change[],
  second: readonly Change[],
): Part[] {
  const parts: Part[] = []
  const append = (part: Part): void => {
    const last = parts[parts.length - 1]
    if (last && (part.i1 <= last.i1 + last.chg1 || part.i2 <= last.i2 + last.chg2)) {
      if (part.mode !== last.mode) last.mode = 0
      last.chg0 = part.i0 + part.chg0 - last.i0
      last.chg1 = part.i1 + part.chg1 - last.i1
      last.chg2 = part.i2 + part.chg2 - last.i2
    } else parts.push(part)
  }
  const ofOurs = (x: Change, shift: number): void =>
    append({ mode: 1, i0: x.i1, chg0: x.chg1, i1: x.i2, chg1: x.chg2, i2: x.i1 + shift, chg2: x.chg1 })
  const ofTheirs = (y: Change, shift: number): void =>
    append({ mode: 2, i0: y.i1, chg0: y.chg1, i1: y.i1 + shift, chg1: y.chg1, i2: y.i2, chg2: y.chg2 })
  let m = 0
  let n = 0
  while (m < first.length && n < second.length) {
    const x = first[m] as Change
    const y = second[n] as Change
    if (x.i1 + x.chg1 < y.i1) {
      ofOurs(x, y.i2 - y.i1)
      m++
      continue
    }
    if (y.i1 + y.chg1 < x.i1) {
      ofTheirs(y, x.i2 - x.i1)
      n++
      continue
    }
    const same =
      x.i1 === y.i1 &&
      x.chg1 === y.chg1 &&
      x.chg2 === y.chg2 &&
      Array.from({ length: x.chg2 }, (_, at) => a[x.i2 + at] === b[y.i2 + at]).every(Boolean)
    if (!same) {
      const off = x.i1 - y.i1
      const end = off + x.chg1 - y.chg1
      const i0 = off > 0 ? x.i1 - off : x.i1
      const i1 = off > 0 ? x.i2 - off : x.i2
      const i2 = off > 0 ? y.i2 : y.i2 + off
      const more = end < 0 ? -end : 0
      append({
        mode: 0,
        i0,
        chg0: x.i1 + x.chg1 - i0 + more,
        i1,
        chg1: x.i2 + x.chg2 - i1 + more,
        i2,
        chg2: y.i2 + y.chg2 - i2 + (end < 0 ? 0 : end),
      })
    }
    const endX = x.i1 + x.chg1
    const endY = y.i1 + y.chg1
    if (endX >= endY) n++
    if (endY >= endX) m++
  }
  for (; m < first.length; m++) ofOurs(first[m] as Change, b.length - o.length)
  for (; n < second.length; n++) ofTheirs(second[n] as Change, a.length - o.length)
  return parts
}

/** Takes out of each conflict what both sides have in common. */
function refine(
  parts: readonly Part[],
  a: readonly string[],
  b: readonly string[],
  diff: (x: readonly string[], y: readonly string[]) => readonly Change[],
): Part[] {
  return parts.flatMap((part): Part[] => {
    if (part.mode !== 0 || part.chg1 === 0 || part.chg2 === 0) return [part]
    const found = diff(a.slice(part.i1, part.i1 + part.chg1), b.slice(part.i2, part.i2 + part.chg2))
    if (found.length === 0) return [{ ...part, mode: 4 }]
    return found.map((one) => ({
      mode: 0,
      i0: part.i0,
      chg0: part.chg0,
      i1: part.i1 + one.i1,
      chg1: one.chg1,
      i2: part.i2 + one.i2,
      chg2: one.chg2,
    }))
  })
}

/** Joins conflicts with at most three lines between them. */
function simplified(parts: readonly Part[]): Part[] {
  const joined: Part[] = []
  for (const part of parts) {
    const last = joined[joined.length - 1]
    if (last && last.mode === 0 && part.mode === 0 && part.i1 - (last.i1 + last.chg1) <= 3) {
      last.chg1 = part.i1 + part.chg1 - last.i1
      last.chg2 = part.i2 + part.chg2 - last.i2
    } else joined.push({ ...part })
  }
  return joined
}

function fill(
  parts: readonly Part[],
  o: readonly string[],
  a: readonly string[],
  b: readonly string[],
  options: MergeTextOptions,
): { readonly text: string; readonly conflicts: number } {
  const size = options.markers ?? 7
  const out: string[] = []
  let at = 0
  let conflicts = 0
  const whole = (lines: readonly string[], from: number, count: number): readonly string[] => {
    const some = lines.slice(from, from + count)
    const last = some[some.length - 1]
    return last === undefined || last.endsWith('\n') ? some : [...some.slice(0, -1), `${last}\n`]
  }
  for (const part of parts) {
    const mode =
      part.mode === 0 && options.favor
        ? { ours: 1 as const, theirs: 2 as const, union: 3 as const }[options.favor]
        : part.mode
    if (mode === 4) continue
    out.push(...a.slice(at, part.i1))
    if (mode === 0) {
      conflicts++
      const mark = (sign: string, label?: string): string => `${sign.repeat(size)}${label ? ` ${label}` : ''}\n`
      out.push(mark('<', options.ours), ...whole(a, part.i1, part.chg1))
      if (options.style === 'diff3') out.push(mark('|', options.base), ...whole(o, part.i0, part.chg0))
      out.push(mark('='), ...whole(b, part.i2, part.chg2), mark('>', options.theirs))
    } else {
      if (mode === 3) out.push(...whole(a, part.i1, part.chg1))
      else if (mode & 1) out.push(...a.slice(part.i1, part.i1 + part.chg1))
      if (mode & 2) out.push(...b.slice(part.i2, part.i2 + part.chg2))
    }
    at = part.i1 + part.chg1
  }
  out.push(...a.slice(at))
  return { text: out.join(''), conflicts }
}
