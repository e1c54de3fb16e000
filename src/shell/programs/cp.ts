import { basename, resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'

/** Models: GNU coreutils cp. */
export const cp: Program = {
  name: 'cp',
  summary: 'Copy SOURCE to DEST, or multiple SOURCE(s) to DIRECTORY.',
  usage: '[OPTION]... SOURCE... DEST',
  flags: [
    { name: 'recursive', short: 'r', says: 'copy directories recursively' },
    { short: 'R', says: 'same as -r' },
    { name: 'archive', short: 'a', says: 'same as -r, keeping attributes' },
    { name: 'force', short: 'f', says: 'overwrite without asking' },
    { name: 'no-clobber', short: 'n', says: 'do not overwrite an existing file' },
    { name: 'preserve', short: 'p', says: 'keep attributes' },
    { name: 'verbose', short: 'v', says: 'explain what is being done' },
  ],
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    const { given } = options
    const sources = options.operands.slice(0, -1)
    const dest = options.operands[options.operands.length - 1]
    if (dest === undefined) return fail("cp: missing file operand\nTry 'cp --help' for more information.")
    if (sources.length === 0)
      return fail(`cp: missing destination file operand after '${dest}'\nTry 'cp --help' for more information.`)
    const { files } = call
    const to = resolvePath(call.cwd, dest)
    const into = files.isDirectory(to)
    if (sources.length > 1 && !into)
      return fail(`cp: target '${dest}': ${files.exists(to) ? 'Not a directory' : 'No such file or directory'}`)
    let stderr = ''
    let stdout = ''
    for (const name of sources) {
      const from = resolvePath(call.cwd, name)
      const target = into ? resolvePath(to, basename(from)) : to
      const node = files.node(from)
      if (!node) stderr += `cp: cannot stat '${name}': No such file or directory\n`
      else if (from === target) stderr += `cp: '${name}' and '${dest}' are the same file\n`
      else if (node.dir) {
        if (!given['recursive'] && !given['R'] && !given['archive']) {
          stderr += `cp: -r not specified; omitting directory '${name}'\n`
          continue
        }
        if (`${target}/`.startsWith(`${from}/`)) {
          stderr += `cp: cannot copy a directory, '${name}', into itself, '${dest}'\n`
          continue
        }
        if (!files.exists(target)) files.mkdir(target)
        for (const below of files.below(from))
          files.place(target + below.slice(from.length), { ...files.node(below), at: call.world.now })
      } else if (!(given['no-clobber'] && files.exists(target))) {
        const error = files.write(target, node.text ?? '')
        if (error !== undefined) stderr += `cp: cannot create regular file '${dest}': ${error}\n`
        else if (node.mode !== undefined) files.chmod(target, node.mode)
        if (given['verbose'] && error === undefined)
          stdout += `'${name}' -> '${into ? `${dest.replace(/\/$/, '')}/${basename(from)}` : dest}'\n`
      }
    }
    return { exit: stderr === '' ? 0 : 1, stdout, stderr }
  },
}
