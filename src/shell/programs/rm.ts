import { resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import { fail, ok, type Program } from '../program.ts'

/** Models: GNU coreutils rm. */
export const rm: Program = {
  name: 'rm',
  summary: 'Remove (unlink) the FILE(s).',
  usage: '[OPTION]... [FILE]...',
  flags: [
    { name: 'force', short: 'f', says: 'ignore nonexistent files and arguments, never prompt' },
    { name: 'recursive', short: 'r', says: 'remove directories and their contents recursively' },
    { short: 'R', says: 'same as -r' },
    { name: 'dir', short: 'd', says: 'remove empty directories' },
    { name: 'verbose', short: 'v', says: 'explain what is being done' },
  ],
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    const { given, operands } = options
    if (operands.length === 0)
      return given['force'] ? ok() : fail("rm: missing operand\nTry 'rm --help' for more information.")
    let stderr = ''
    let stdout = ''
    for (const name of operands) {
      const path = resolvePath(call.cwd, name)
      if (!call.files.exists(path)) {
        if (!given['force']) stderr += `rm: cannot remove '${name}': No such file or directory\n`
      } else if (path === '/')
        stderr +=
          "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe\n"
      else if (
        call.files.isDirectory(path) &&
        !given['recursive'] &&
        !given['R'] &&
        !(given['dir'] && call.files.list(path).length === 0)
      )
        stderr += `rm: cannot remove '${name}': ${given['dir'] ? 'Directory not empty' : 'Is a directory'}\n`
      else {
        call.files.remove(path)
        if (given['verbose']) stdout += `removed '${name}'\n`
      }
    }
    return { exit: stderr === '' ? 0 : 1, stdout, stderr }
  },
}
