import { resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import type { Call, Program, Step } from '../program.ts'

/** Models: GNU coreutils tee. */
export const tee: Program = {
  name: 'tee',
  summary: 'Copy standard input to each FILE, and also to standard output.',
  usage: '[OPTION]... [FILE]...',
  flags: [{ name: 'append', short: 'a', says: 'append to the given FILEs, do not overwrite' }],
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    let stderr = ''
    for (const file of options.operands) {
      const error = call.files.write(resolvePath(call.cwd, file), '', options.given['append'] === true)
      if (error !== undefined) stderr += `tee: ${file}: ${error}\n`
    }
    const step = copy(call, options.operands, stderr === '' ? 0 : 1)
    return { ...step, stderr }
  },
  resume: (call, state) => {
    const { files, exit } = state as { files: string[]; exit: number }
    return copy(call, files, exit)
  },
}

function copy(call: Call, files: readonly string[], exit: number): Step {
  const { text, end } = call.read()
  for (const file of files) call.files.write(resolvePath(call.cwd, file), text, true)
  return end ? { exit, stdout: text } : { wait: { stdin: true }, state: { files, exit }, stdout: text }
}
