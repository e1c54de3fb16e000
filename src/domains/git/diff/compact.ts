import type { Side } from './changes.ts'

/**
 * Slides each group of changed lines to where a reader would put it: beside a group of the other side, else where indentation and
 * blank lines say that a thing begins. Models: git xdiff/xdiffi.c xdl_change_compact
 */
export function compact(side: Side, other: Side, indent: boolean): void {
  const group = new Group(side)
  const beside = new Group(other)
  do {
    if (group.end === group.start) continue
    let size: number
    let earliest: number
    let matching: number
    do {
      size = group.end - group.start
      matching = -1
      while (group.slideUp()) beside.previous()
      earliest = group.end
      if (beside.end > beside.start) matching = group.end
      while (group.slideDown()) {
        beside.next()
        if (beside.end > beside.start) matching = group.end
      }
    } while (size !== group.end - group.start)
    if (group.end === earliest) continue
    if (matching !== -1) {
      while (beside.end === beside.start) {
        group.slideUp()
        beside.previous()
      }
    } else if (indent) {
      const best = bestShift(side, group, size, earliest)
      while (group.end > best) {
        group.slideUp()
        beside.previous()
      }
    }
  } while (advance(group, beside))
}

function advance(group: Group, beside: Group): boolean {
  if (!group.next()) return false
  beside.next()
  return true
}

/** A run of changed lines, maybe empty, of one side. */
class Group {
  start = 0
  end = 0
  private readonly side: Side
  constructor(side: Side) {
    this.side = side
    while (side.changed[this.end]) this.end++
  }
  next(): boolean {
    const { changed } = this.side
    if (this.end === changed.length) return false
    this.start = this.end + 1
    for (this.end = this.start; changed[this.end]; this.end++);
    return true
  }
  previous(): boolean {
    if (this.start === 0) return false
    this.end = this.start - 1
    for (this.start = this.end; this.side.changed[this.start - 1]; this.start--);
    return true
  }
  slideDown(): boolean {
    const { changed, ids } = this.side
    if (this.end >= ids.length || ids[this.start] !== ids[this.end]) return false
    changed[this.start++] = 0
    changed[this.end++] = 1
    while (changed[this.end]) this.end++
    return true
  }
  slideUp(): boolean {
    const { changed, ids } = this.side
    if (this.start === 0 || ids[this.start - 1] !== ids[this.end - 1]) return false
    changed[--this.start] = 1
    changed[--this.end] = 0
    while (changed[this.start - 1]) this.start--
    return true
  }
}

const MAX_SLIDING = 100
const MAX_INDENT = 200
const MAX_BLANKS = 20

function bestShift(side: Side, group: Group, size: number, earliest: number): number {
  let best = -1
  let bestScore = { indent: 0, penalty: 0 }
  for (let shift = Math.max(earliest, group.end - size - 1, group.end - MAX_SLIDING); shift <= group.end; shift++) {
    const score = { indent: 0, penalty: 0 }
    judge(side.lines, shift, score)
    judge(side.lines, shift - size, score)
    const worse = 60 * Math.sign(score.indent - bestScore.indent) + (score.penalty - bestScore.penalty)
    if (best !== -1 && worse > 0) continue
    best = shift
    bestScore = score
  }
  return best
}

/** Adds what speaks against beginning or ending a group before line `at`. */
function judge(lines: readonly string[], at: number, score: { indent: number; penalty: number }): void {
  const last = at >= lines.length
  const own = last ? -1 : indentOf(lines[at] as string)
  const before = around(lines, at - 1, -1)
  const after = around(lines, at + 1, 1)
  if (before.indent === -1 && before.blank === 0) score.penalty += 1
  if (last) score.penalty += 21
  const blankAfter = own === -1 ? 1 + after.blank : 0
  const blanks = before.blank + blankAfter
  score.penalty += -30 * blanks + 6 * blankAfter
  const indent = own === -1 ? after.indent : own
  score.indent += indent
  if (indent === -1 || before.indent === -1 || indent === before.indent) return
  if (indent > before.indent) score.penalty += blanks > 0 ? 10 : -4
  else if (after.indent !== -1 && after.indent > indent) score.penalty += blanks > 0 ? 17 : 24
  else score.penalty += blanks > 0 ? 17 : 23
}

/** The indentation of the nearest line with something on it, and how many blank ones stand before it. */
function around(lines: readonly string[], from: number, step: 1 | -1): { indent: number; blank: number } {
  let blank = 0
  for (let at = from; at >= 0 && at < lines.length; at += step) {
    const indent = indentOf(lines[at] as string)
    if (indent !== -1) return { indent, blank }
    if (++blank === MAX_BLANKS) return { indent: 0, blank }
  }
  return { indent: -1, blank }
}

function indentOf(line: string): number {
  let indent = 0
  for (const sign of line) {
    if (sign === ' ') indent++
    else if (sign === '\t') indent += 8 - (indent % 8)
    else if (!/\s/.test(sign)) return indent
    if (indent >= MAX_INDENT) return MAX_INDENT
  }
  return -1
}
