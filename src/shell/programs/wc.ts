import { readOptions } from '../options.ts'
import type { Program } from '../program.ts'
import { readInputs } from './inputs.ts'

/** Models: GNU coreutils wc. */
export const wc: Program = {
  name: 'wc',
  summary: 'Print newline, word, and byte counts for each FILE.',
  usage: '[OPTION]... [FILE]...',
  flags: [
    { name: 'lines', short: 'l', says: 'print the newline counts' },
    { name: 'words', short: 'w', says: 'print the word counts' },
    { name: 'bytes', short: 'c', says: 'print the byte counts' },
    { name: 'chars', short: 'm', says: 'print the character counts' },
  ],
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    const { given, operands } = options
    const { inputs, errors } = readInputs(call, 'wc', operands)
    const some = given['lines'] || given['words'] || given['bytes'] || given['chars']
    const rows = inputs.map(({ name, text }) => ({
      name: operands.length === 0 ? '' : name,
      counts: [
        ...(!some || given['lines'] ? [text.split('\n').length - 1] : []),
        ...(!some || given['words'] ? [text.split(/\s+/).filter((word) => word !== '').length] : []),
        ...(given['chars'] ? [[...text].length] : []),
        ...(!some || given['bytes'] ? [new TextEncoder().encode(text).length] : []),
      ],
    }))
    if (operands.length > 1)
      rows.push({
        name: 'total',
        counts: (rows[0]?.counts ?? []).map((_, i) => rows.reduce((sum, row) => sum + (row.counts[i] ?? 0), 0)),
      })
    const single = rows[0]?.counts.length === 1 && operands.length <= 1
    const width = single
      ? 1
      : operands.length === 0
        ? 7
        : Math.max(1, ...rows.flatMap((row) => row.counts.map((count) => String(count).length)))
    const stdout = rows
      .map(
        ({ name, counts }) =>
          `${counts.map((count) => String(count).padStart(width)).join(' ')}${name === '' ? '' : ` ${name}`}\n`,
      )
      .join('')
    return { exit: errors === '' ? 0 : 1, stdout, stderr: errors }
  },
}
