import { readOptions } from '../options.ts'
import type { Program } from '../program.ts'
import { linesOf, readInputs, unlines } from './inputs.ts'

/** Models: GNU coreutils paste. */
export const paste: Program = {
  name: 'paste',
  summary: 'Write lines consisting of the sequentially corresponding lines from each FILE.',
  usage: '[OPTION]... [FILE]...',
  flags: [
    { name: 'delimiters', short: 'd', value: 'LIST', says: 'reuse characters from LIST instead of TABs' },
    { name: 'serial', short: 's', says: 'paste one file at a time instead of in parallel' },
  ],
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    const marks = [
      ...String(options.given['delimiters'] ?? '\t')
        .replaceAll('\\n', '\n')
        .replaceAll('\\t', '\t'),
    ]
    const { inputs, errors } = readInputs(call, 'paste', options.operands)
    const join = (parts: readonly string[]): string =>
      parts.reduce(
        (line, part, i) => (i === 0 ? part : `${line}${marks[(i - 1) % Math.max(1, marks.length)] ?? ''}${part}`),
        '',
      )
    const files = inputs.map((input) => linesOf(input.text))
    const rows = options.given['serial']
      ? files.map(join)
      : Array.from({ length: Math.max(0, ...files.map((file) => file.length)) }, (_, i) =>
          join(files.map((file) => file[i] ?? '')),
        )
    return { exit: errors === '' ? 0 : 1, stdout: unlines(rows), stderr: errors }
  },
}
