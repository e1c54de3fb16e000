import { resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'

/** Models: GNU coreutils touch. */
export const touch: Program = {
  name: 'touch',
  summary: 'Update the modification time of each FILE, creating it when needed.',
  usage: '[OPTION]... FILE...',
  flags: [{ name: 'no-create', short: 'c', says: 'do not create any files' }],
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    if (options.operands.length === 0)
      return fail("touch: missing file operand\nTry 'touch --help' for more information.")
    let stderr = ''
    for (const name of options.operands) {
      const path = resolvePath(call.cwd, name)
      if (options.given['no-create'] && !call.files.exists(path)) continue
      const error = call.files.touch(path)
      if (error !== undefined) stderr += `touch: cannot touch '${name}': ${error}\n`
    }
    return { exit: stderr === '' ? 0 : 1, stderr }
  },
}
