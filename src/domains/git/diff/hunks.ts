import type { Change } from './changes.ts'

/** Changes that stand together, with the lines of both sides that they span; starts are counted from 0. */
export interface Hunk {
  readonly s1: number
  readonly c1: number
  readonly s2: number
  readonly c2: number
  readonly changes: readonly Change[]
}

/** Groups changes into hunks with so many lines of context. Models: git xdiff/xemit.c */
export function hunksOf(
  changes: readonly Change[],
  oldCount: number,
  newCount: number,
  context: number,
): readonly Hunk[] {
  const hunks: Hunk[] = []
  for (let at = 0; at < changes.length; ) {
    let end = at
    while (end + 1 < changes.length) {
      const last = changes[end] as Change
      if ((changes[end + 1] as Change).i1 - (last.i1 + last.chg1) > 2 * context) break
      end++
    }
    const first = changes[at] as Change
    const last = changes[end] as Change
    const s1 = Math.max(first.i1 - context, 0)
    const s2 = Math.max(first.i2 - context, 0)
    const after = Math.min(context, oldCount - (last.i1 + last.chg1), newCount - (last.i2 + last.chg2))
    hunks.push({
      s1,
      c1: last.i1 + last.chg1 - s1 + after,
      s2,
      c2: last.i2 + last.chg2 - s2 + after,
      changes: changes.slice(at, end + 1),
    })
    at = end + 1
  }
  return hunks
}

/** The text of the hunks of two lists of lines, each behind its `@@` line with the function that it is in. */
export function hunksText(a: readonly string[], b: readonly string[], hunks: readonly Hunk[]): string {
  const out: string[] = []
  let heading = ''
  let seen = -1
  for (const { s1, c1, s2, c2, changes } of hunks) {
    for (let at = s1 - 1; at > seen; at--) {
      const found = functionLine(a[at] as string)
      if (found === undefined) continue
      heading = found
      break
    }
    seen = s1 - 1
    out.push(`@@ -${range(s1, c1)} +${range(s2, c2)} @@${heading === '' ? '' : ` ${heading}`}\n`)
    let at = s2
    for (const { i1, chg1, i2, chg2 } of changes) {
      for (; at < i2; at++) out.push(line(' ', b[at] as string))
      for (let i = i1; i < i1 + chg1; i++) out.push(line('-', a[i] as string))
      for (; at < i2 + chg2; at++) out.push(line('+', b[at] as string))
    }
    for (; at < s2 + c2; at++) out.push(line(' ', b[at] as string))
  }
  return out.join('')
}

/** How a hunk header writes where it stands. */
export function range(start: number, count: number): string {
  const from = count === 0 ? start : start + 1
  return count === 1 ? String(from) : `${from},${count}`
}

/** A line behind its sign, and git's remark when it lacks a newline. */
export function line(sign: string, text: string): string {
  return text.endsWith('\n') ? `${sign}${text}` : `${sign}${text}\n\\ No newline at end of file\n`
}

/** What git shows of a line that may begin a function. */
export function functionLine(text: string): string | undefined {
  return /^[A-Za-z_$]/.test(text) ? text.slice(0, 80).trimEnd() : undefined
}
