import { readOptions } from '../options.ts'
import type { Call, Program, Step } from '../program.ts'
import { linesOf, readInputs, unlines } from './inputs.ts'

/** Models: GNU coreutils cat. */
export const cat: Program = {
  name: 'cat',
  summary: 'Concatenate FILE(s) to standard output.',
  usage: '[OPTION]... [FILE]...',
  flags: [
    { name: 'number', short: 'n', says: 'number all output lines' },
    { name: 'show-ends', short: 'E', says: 'display $ at end of each line' },
    { name: 'show-all', short: 'A', says: 'show ends and tabs' },
  ],
  linewise: (argv) => argv.length === 1,
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    if (options.operands.length === 0 && call.interactive) return { wait: { stdin: true }, state: null }
    const { inputs, errors } = readInputs(call, 'cat', options.operands)
    let text = inputs.map((input) => input.text).join('')
    const { number, 'show-ends': ends, 'show-all': all } = options.given
    if (number || ends || all)
      text = unlines(
        linesOf(text).map(
          (line, i) =>
            `${number ? `${String(i + 1).padStart(6)}\t` : ''}${all ? line.replaceAll('\t', '^I') : line}${ends || all ? '$' : ''}`,
        ),
      )
    return { exit: errors === '' ? 0 : 1, stdout: text, stderr: errors }
  },
  resume: copy,
}

function copy(call: Call): Step {
  const { text, end } = call.read()
  return end ? { exit: 0, stdout: text } : { wait: { stdin: true }, state: null, stdout: text }
}
