import type { Leaf } from '../object/flatTree.ts'
import { type ObjectStore, readBlob } from '../object/store.ts'
import { changes } from './changes.ts'
import { functionLine } from './hunks.ts'
import { linesOf } from './lines.ts'
import { quotedPath } from './quotedPath.ts'

/** One line of the result with the lines that the parents had before it, and which parents lack it. */
interface Row {
  readonly lost: { readonly text: string; parents: number }[]
  readonly text: string | undefined
  /** A bit for each parent that does not have the line. */
  added: number
}

const CONTEXT = 3

/**
 * How a merged file differs from all of its parents at once: `diff --cc`. With `dense`, hunks that equal one parent are left out.
 * Models: git combine-diff.c
 */
export function combinedDiff(
  store: ObjectStore,
  path: string,
  parents: readonly Leaf[],
  result: Leaf | undefined,
  abbreviate: (id: string) => string,
  work = false,
): string {
  const fresh = result ? linesOf(readBlob(store, result.id)) : []
  const rows: Row[] = [
    ...fresh.map((text): Row => ({ lost: [], text, added: 0 })),
    { lost: [], text: undefined, added: 0 },
  ]
  for (const [n, parent] of parents.entries()) {
    const old = linesOf(readBlob(store, parent.id))
    for (const { i1, chg1, i2, chg2 } of changes(old, fresh, { indent: false })) {
      for (let i = i2; i < i2 + chg2; i++) (rows[i] as Row).added |= 1 << n
      merge(rows[i2] as Row, old.slice(i1, i1 + chg1), n)
    }
  }
  const all = (1 << parents.length) - 1
  const interesting = rows.map((row) => row.lost.length > 0 || row.added !== 0)
  const hunks = dense(rows, interesting, all)
  const zero = '0'.repeat(7)
  const index = `index ${parents.map(({ id }) => abbreviate(id)).join(',')}..${result && !work ? abbreviate(result.id) : zero}`
  const head = `diff --cc ${quotedPath(path)}\n${index}\n`
  if (hunks.length === 0) return work ? head : ''
  let out = `${head}--- ${quotedPath(`a/${path}`)}\n+++ ${result ? quotedPath(`b/${path}`) : '/dev/null'}\n`
  const numbers = parents.map((_, n) => oldNumbers(rows, n))
  let shown = 0
  for (const [from, to] of hunks) {
    const marks = '@'.repeat(parents.length + 1)
    const ranges = parents.map((_, n) => {
      const at = numbers[n] as readonly number[]
      const start = at[from] as number
      const lost = (row: Row): number => row.lost.filter(({ parents: bits }) => bits & (1 << n)).length
      const count = rows
        .slice(from, to)
        .reduce((sum, row) => sum + lost(row) + (row.text !== undefined && !(row.added & (1 << n)) ? 1 : 0), 0)
      return ` -${count === 0 ? start : start + 1},${count}`
    })
    const count = rows.slice(from, to).filter(({ text }) => text !== undefined).length
    const heading = headingBetween(rows, shown, from)
    shown = to
    out += `${marks}${ranges.join('')} +${count === 0 ? from : from + 1},${count} ${marks}${heading}\n`
    for (let i = from; i < to; i++) {
      const row = rows[i] as Row
      for (const { text, parents: bits } of row.lost)
        out += ending(`${parents.map((_, n) => (bits & (1 << n) ? '-' : ' ')).join('')}${text}`)
      if (row.text !== undefined)
        out += ending(`${parents.map((_, n) => (row.added & (1 << n) ? '+' : ' ')).join('')}${row.text}`)
    }
  }
  return out
}

/** Joins the lines that a parent lost with those that the ones before it lost at the same place. */
function merge(row: Row, lines: readonly string[], n: number): void {
  const bit = 1 << n
  if (row.lost.length === 0) {
    row.lost.push(...lines.map((text) => ({ text, parents: bit })))
    return
  }
  const before = row.lost.splice(0)
  const length: number[][] = Array.from({ length: before.length + 1 }, () =>
    Array.from({ length: lines.length + 1 }, () => 0),
  )
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = lines.length - 1; j >= 0; j--)
      (length[i] as number[])[j] =
        before[i]?.text === lines[j]
          ? ((length[i + 1] as number[])[j + 1] as number) + 1
          : Math.max((length[i + 1] as number[])[j] as number, (length[i] as number[])[j + 1] as number)
  let i = 0
  let j = 0
  while (i < before.length || j < lines.length) {
    const old = before[i]
    if (old && j < lines.length && old.text === lines[j]) {
      row.lost.push({ text: old.text, parents: old.parents | bit })
      i++
      j++
    } else if (
      old &&
      (j >= lines.length || ((length[i + 1] as number[])[j] as number) >= ((length[i] as number[])[j + 1] as number))
    ) {
      row.lost.push(old)
      i++
    } else row.lost.push({ text: lines[j++] as string, parents: bit })
  }
}

/** The stretches to be shown: those in which no parent agrees with the result as a whole, with context. */
function dense(
  rows: readonly Row[],
  interesting: readonly boolean[],
  all: number,
): readonly (readonly [number, number])[] {
  const marked = [...interesting]
  for (let at = 0; at < rows.length; ) {
    if (!marked[at]) {
      at++
      continue
    }
    let end = at
    while (end < rows.length && marked[end]) end++
    let same = true
    let bits = 0
    for (let i = at; i < end && same; i++) {
      const row = rows[i] as Row
      for (const one of [row.text === undefined ? 0 : row.added, ...row.lost.map(({ parents }) => parents)]) {
        if (one === 0) continue
        if (bits === 0) bits = one
        else if (bits !== one) same = false
      }
    }
    if (same && bits !== all) for (let i = at; i < end; i++) marked[i] = false
    at = end
  }
  const hunks: [number, number][] = []
  for (let at = 0; at < rows.length; at++) {
    if (!marked[at]) continue
    const from = Math.max(0, at - CONTEXT)
    const to = Math.min(rows.length, at + 1 + CONTEXT)
    const last = hunks[hunks.length - 1]
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else hunks.push([from, to])
  }
  return hunks
}

function oldNumbers(rows: readonly Row[], n: number): readonly number[] {
  const bit = 1 << n
  let at = 0
  return rows.map((row) => {
    const before = at
    at +=
      row.lost.filter(({ parents }) => parents & bit).length + (row.text !== undefined && !(row.added & bit) ? 1 : 0)
    return before
  })
}

/** The last line between two hunks that may begin a function. Like git's it lacks its last letter. */
function headingBetween(rows: readonly Row[], from: number, to: number): string {
  for (let at = to - 1; at >= from; at--) {
    const found = functionLine(rows[at]?.text ?? '')
    if (found !== undefined) return found.length > 1 ? ` ${found.slice(0, 40).trimEnd().slice(0, -1)}` : ''
  }
  return ''
}

function ending(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`
}
