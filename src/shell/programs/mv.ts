import { basename, dirname, resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'

/** Models: GNU coreutils mv. */
export const mv: Program = {
  name: 'mv',
  summary: 'Rename SOURCE to DEST, or move SOURCE(s) to DIRECTORY.',
  usage: '[OPTION]... SOURCE... DEST',
  flags: [
    { name: 'force', short: 'f', says: 'do not prompt before overwriting' },
    { name: 'no-clobber', short: 'n', says: 'do not overwrite an existing file' },
    { name: 'verbose', short: 'v', says: 'explain what is being done' },
  ],
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    const sources = options.operands.slice(0, -1)
    const dest = options.operands[options.operands.length - 1]
    if (dest === undefined) return fail("mv: missing file operand\nTry 'mv --help' for more information.")
    if (sources.length === 0)
      return fail(`mv: missing destination file operand after '${dest}'\nTry 'mv --help' for more information.`)
    const { files } = call
    const to = resolvePath(call.cwd, dest)
    const into = files.isDirectory(to)
    if (sources.length > 1 && !into)
      return fail(`mv: target '${dest}': ${files.exists(to) ? 'Not a directory' : 'No such file or directory'}`)
    let stderr = ''
    for (const name of sources) {
      const from = resolvePath(call.cwd, name)
      const target = into ? resolvePath(to, basename(from)) : to
      const node = files.node(from)
      if (!node) stderr += `mv: cannot stat '${name}': No such file or directory\n`
      else if (from === target) stderr += `mv: '${name}' and '${dest}' are the same file\n`
      else if (!files.isDirectory(dirname(target)))
        stderr += `mv: cannot move '${name}' to '${dest}': No such file or directory\n`
      else if (node.dir && `${target}/`.startsWith(`${from}/`))
        stderr += `mv: cannot move '${name}' to a subdirectory of itself, '${dest}'\n`
      else if (!(options.given['no-clobber'] && files.exists(target))) {
        const below = files.below(from).map((path) => [path, files.node(path)] as const)
        files.place(target, node)
        for (const [path, one] of below) if (one) files.place(target + path.slice(from.length), one)
        files.remove(from)
      }
    }
    return { exit: stderr === '' ? 0 : 1, stderr }
  },
}
