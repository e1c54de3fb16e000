import type { Lines } from '../dockerfile/problem.ts'

/** The lines of a Dockerfile around an error, as buildx prints them. Models: buildkit solver/errdefs/source.go */
export function excerpt(text: string, filename: string, { start, end }: Lines): string {
  const rows = text.split('\n')
  if (start < 1 || start > rows.length) return ''
  const last = Math.min(end, rows.length)
  let from = start
  let to = last
  for (let room = 0, most = start === last ? 4 : 2; room < most; room++) {
    if (from > 1) {
      from--
      room++
    }
    if (to !== rows.length) {
      to++
      room++
    }
  }
  const lines: string[] = []
  for (let row = from; row <= to; row++)
    lines.push(` ${String(row).padStart(3)} | ${row >= start && row <= last ? '>>>' : '   '} ${rows[row - 1]}`)
  return `${filename}:${start}\n--------------------\n${lines.join('\n')}\n--------------------\n`
}
