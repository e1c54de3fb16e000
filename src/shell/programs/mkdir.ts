import { resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'

/** Models: GNU coreutils mkdir. */
export const mkdir: Program = {
  name: 'mkdir',
  summary: 'Create the DIRECTORY(ies), if they do not already exist.',
  usage: '[OPTION]... DIRECTORY...',
  operands: 'directories',
  flags: [
    { name: 'parents', short: 'p', says: 'no error if existing, make parent directories as needed' },
    { name: 'mode', short: 'm', value: 'MODE', says: 'set file mode' },
    { name: 'verbose', short: 'v', says: 'print a message for each created directory' },
  ],
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    if (options.operands.length === 0) return fail("mkdir: missing operand\nTry 'mkdir --help' for more information.")
    let stderr = ''
    let stdout = ''
    for (const name of options.operands) {
      const path = resolvePath(call.cwd, name)
      const steps = options.given['parents']
        ? path
            .split('/')
            .slice(1)
            .map((_, i, all) => `/${all.slice(0, i + 1).join('/')}`)
        : [path]
      for (const step of steps) {
        if (options.given['parents'] && call.files.isDirectory(step)) continue
        const error = call.files.mkdir(step)
        if (error !== undefined) {
          stderr += `mkdir: cannot create directory '${name}': ${error}\n`
          break
        }
        if (options.given['verbose']) stdout += `mkdir: created directory '${name}'\n`
      }
    }
    return { exit: stderr === '' ? 0 : 1, stdout, stderr }
  },
}
