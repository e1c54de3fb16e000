import { resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'

/** Models: GNU coreutils rmdir. */
export const rmdir: Program = {
  name: 'rmdir',
  summary: 'Remove the DIRECTORY(ies), if they are empty.',
  usage: '[OPTION]... DIRECTORY...',
  operands: 'directories',
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    if (options.operands.length === 0) return fail("rmdir: missing operand\nTry 'rmdir --help' for more information.")
    let stderr = ''
    for (const name of options.operands) {
      const path = resolvePath(call.cwd, name)
      const error = !call.files.exists(path)
        ? 'No such file or directory'
        : !call.files.isDirectory(path)
          ? 'Not a directory'
          : call.files.list(path).length > 0
            ? 'Directory not empty'
            : undefined
      if (error === undefined) call.files.remove(path)
      else stderr += `rmdir: failed to remove '${name}': ${error}\n`
    }
    return { exit: stderr === '' ? 0 : 1, stderr }
  },
}
