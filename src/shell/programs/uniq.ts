import { readOptions } from '../options.ts'
import type { Program } from '../program.ts'
import { linesOf, readInputs, unlines } from './inputs.ts'

/** Models: GNU coreutils uniq. */
export const uniq: Program = {
  name: 'uniq',
  summary: 'Filter adjacent matching lines from INPUT.',
  usage: '[OPTION]... [INPUT]',
  flags: [
    { name: 'count', short: 'c', says: 'prefix lines by the number of occurrences' },
    { name: 'repeated', short: 'd', says: 'only print duplicate lines, one for each group' },
    { name: 'unique', short: 'u', says: 'only print unique lines' },
    { name: 'ignore-case', short: 'i', says: 'ignore differences in case when comparing' },
  ],
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    const { given } = options
    const { inputs, errors } = readInputs(call, 'uniq', options.operands.slice(0, 1))
    const groups: { line: string; count: number }[] = []
    const key = (line: string): string => (given['ignore-case'] ? line.toLowerCase() : line)
    for (const line of linesOf(inputs[0]?.text ?? '')) {
      const last = groups[groups.length - 1]
      if (last && key(last.line) === key(line)) last.count++
      else groups.push({ line, count: 1 })
    }
    const kept = groups.filter(({ count }) => (!given['repeated'] || count > 1) && (!given['unique'] || count === 1))
    const stdout = unlines(
      kept.map(({ line, count }) => (given['count'] ? `${String(count).padStart(7)} ${line}` : line)),
    )
    return { exit: errors === '' ? 0 : 1, stdout, stderr: errors }
  },
}
