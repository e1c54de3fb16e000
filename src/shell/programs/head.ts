import { readOptions } from '../options.ts'
import type { Call, Program, Step } from '../program.ts'
import { fail } from '../program.ts'
import { linesOf, readInputs, unlines } from './inputs.ts'

/** Models: GNU coreutils head. */
export const head: Program = {
  name: 'head',
  summary: 'Print the first 10 lines of each FILE to standard output.',
  usage: '[OPTION]... [FILE]...',
  flags: [
    { name: 'lines', short: 'n', value: 'NUM', says: 'print the first NUM lines; with -NUM, all but the last NUM' },
    { name: 'bytes', short: 'c', value: 'NUM', says: 'print the first NUM bytes' },
    { name: 'quiet', short: 'q', says: 'never print headers giving file names' },
  ],
  run(call) {
    const options = readOptions(
      this,
      call.argv.map((arg) => (/^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg)),
    )
    if ('exit' in options) return options
    const { lines = '10', bytes } = options.given
    const count = Number(bytes ?? lines)
    if (!Number.isInteger(count))
      return fail(`head: invalid number of ${bytes === undefined ? 'lines' : 'bytes'}: '${bytes ?? lines}'`)
    if (options.operands.length === 0 && bytes === undefined && count >= 0) return some(call, count)
    const { inputs, errors } = readInputs(call, 'head', options.operands)
    const stdout = inputs
      .map(({ name, text }, i) => {
        const title =
          options.operands.length > 1 && !options.given['quiet'] ? `${i > 0 ? '\n' : ''}==> ${name} <==\n` : ''
        return title + (bytes === undefined ? unlines(linesOf(text).slice(0, count)) : text.slice(0, count))
      })
      .join('')
    const stderr = errors.replace(/^head: (.*?): (.*)$/gm, "head: cannot open '$1' for reading: $2")
    return { exit: errors === '' ? 0 : 1, stdout, stderr }
  },
  resume: (call, state) => some(call, state as number),
}

function some(call: Call, left: number): Step {
  const { text, end } = call.read()
  const lines = linesOf(text)
  const taken = lines.slice(0, left)
  const stdout = lines.length <= left && !text.endsWith('\n') ? text : unlines(taken)
  if (end || taken.length >= left) return { exit: 0, stdout }
  return { wait: { stdin: true }, state: left - taken.length, stdout }
}
