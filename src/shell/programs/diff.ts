import { resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'
import { editScript, type Hunk, hunks } from './editScript.ts'

/** Models: GNU diff, in normal and unified form. */
export const diff: Program = {
  name: 'diff',
  summary: 'Compare FILES line by line.',
  usage: '[OPTION]... FILES',
  misuse: 2,
  flags: [
    { name: 'unified', short: 'u', says: 'output 3 lines of unified context' },
    { short: 'N', says: 'treat absent files as empty' },
    { name: 'brief', short: 'q', says: 'report only when files differ' },
    { name: 'ignore-all-space', short: 'w', says: 'ignore all white space' },
    { name: 'report-identical-files', short: 's', says: 'report when two files are the same' },
  ],
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    const { given, operands } = options
    const [a, b] = operands
    if (a === undefined || b === undefined)
      return fail(`diff: missing operand after '${a ?? 'diff'}'\ndiff: Try 'diff --help' for more information.`, 2)
    const texts: string[] = []
    for (const name of [a, b]) {
      const read = name === '-' ? { text: call.stdin ?? '' } : call.files.read(resolvePath(call.cwd, name))
      if ('text' in read) texts.push(read.text)
      else if (given['N'] && read.error.startsWith('No such')) texts.push('')
      else return fail(`diff: ${name}: ${read.error}`, 2)
    }
    const [left = '', right = ''] = texts
    if (left === right)
      return { exit: 0, stdout: given['report-identical-files'] ? `Files ${a} and ${b} are identical\n` : '' }
    if (given['brief']) return { exit: 1, stdout: `Files ${a} and ${b} differ\n` }
    const split = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))
    const x = split(left)
    const y = split(right)
    const key = (line: string): string => (given['ignore-all-space'] ? line.replace(/\s+/g, '') : line)
    const edits = editScript(x.map(key), y.map(key))
    if (!given['unified']) {
      const out = hunks(edits, 0)
        .map((hunk) => normal(hunk, x, y))
        .join('')
      return { exit: out === '' ? 0 : 1, stdout: out }
    }
    const body = hunks(edits, 3)
      .map((hunk) => unified(hunk, x, y))
      .join('')
    const time = (name: string): string =>
      `${name}\t${new Date(Date.UTC(2026, 0, 1) + (call.files.node(resolvePath(call.cwd, name))?.at ?? 0)).toISOString().replace('T', ' ').replace('Z', '000000 +0000')}`
    return { exit: body === '' ? 0 : 1, stdout: body === '' ? '' : `--- ${time(a)}\n+++ ${time(b)}\n${body}` }
  },
}

function span(from: number, count: number): string {
  return count <= 1 ? String(count === 0 ? from : from + 1) : `${from + 1},${from + count}`
}

function normal({ a, aCount, b, bCount }: Hunk, x: readonly string[], y: readonly string[]): string {
  const kind = aCount === 0 ? 'a' : bCount === 0 ? 'd' : 'c'
  const removed = x
    .slice(a, a + aCount)
    .map((line) => `< ${line}\n`)
    .join('')
  const added = y
    .slice(b, b + bCount)
    .map((line) => `> ${line}\n`)
    .join('')
  return `${span(a, aCount)}${kind}${span(b, bCount)}\n${removed}${kind === 'c' ? '---\n' : ''}${added}`
}

function unified({ a, aCount, b, bCount, edits }: Hunk, x: readonly string[], y: readonly string[]): string {
  const range = (from: number, count: number): string =>
    count === 1 ? String(from + 1) : `${count === 0 ? from : from + 1},${count}`
  const lines = edits.map((edit) =>
    edit.is === '+' ? `+${y[edit.b]}` : edit.is === '-' ? `-${x[edit.a]}` : ` ${x[edit.a]}`,
  )
  return `@@ -${range(a, aCount)} +${range(b, bCount)} @@\n${lines.join('\n')}\n`
}
