/** Widths that earlier lines needed, so that later ones line up with them. */
export type Widths = readonly number[]

/** A table's rows as kubectl's lists print them: columns three spaces apart, at least six wide, the last one ragged. */
export function tableText(
  rows: readonly (readonly string[])[],
  remembered: Widths = [],
): { readonly text: string; readonly widths: Widths } {
  const widths: number[] = [...remembered]
  for (const row of rows)
    for (let i = 0; i < row.length - 1; i++) widths[i] = Math.max(widths[i] ?? 6, length(row[i] ?? '') + 3)
  const text = rows
    .map((row) => `${row.map((cell, i) => (i === row.length - 1 ? cell : pad(cell, widths[i] ?? 0))).join('')}\n`)
    .join('')
  return { text, widths }
}

/**
 * Aligns text with tabs: a column is a run of neighbouring lines that have a tab after that cell.
 * Models: Go's text/tabwriter with minimal width `minimum` and `padding` spaces
 */
export function tabbed(text: string, minimum = 0, padding = 2): string {
  const ended = text.endsWith('\n')
  const lines = (ended ? text.slice(0, -1) : text).split('\n').map((line) => line.split('\t'))
  const out: string[] = []
  const write = (from: number, to: number, widths: Widths): void => {
    for (let at = from; at < to; at++) {
      const line = lines[at] as string[]
      out.push(
        line
          .map((cell, j) => (j < widths.length && j < line.length - 1 ? pad(cell, widths[j] as number) : cell))
          .join(''),
      )
    }
  }
  const format = (start: number, end: number, widths: Widths): void => {
    const column = widths.length
    let from = start
    for (let at = start; at < end; at++) {
      if (column >= (lines[at] as string[]).length - 1) continue
      write(from, at, widths)
      from = at
      let width = minimum
      for (; at < end; at++) {
        const line = lines[at] as string[]
        if (column >= line.length - 1) break
        width = Math.max(width, length(line[column] as string) + padding)
      }
      format(from, at, [...widths, width])
      from = at
    }
    write(from, end, widths)
  }
  format(0, lines.length, [])
  return out.join('\n') + (ended ? '\n' : '')
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - length(text)))
}

function length(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
