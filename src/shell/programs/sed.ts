import { resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'
import { linesOf, readInputs, unlines } from './inputs.ts'
import { runSed } from './sedRun.ts'
import { parseSed, SedProblem } from './sedScript.ts'

/** Models: GNU sed 4.8, without hold space and jumps. */
export const sed: Program = {
  name: 'sed',
  summary: 'Stream editor for filtering and transforming text.',
  usage: '[OPTION]... {script-only-if-no-other-script} [input-file]...',
  flags: [
    { name: 'quiet', short: 'n', says: 'suppress automatic printing of pattern space' },
    { name: 'expression', short: 'e', value: 'script', says: 'add the script to the commands to be executed' },
    {
      name: 'file',
      short: 'f',
      value: 'script-file',
      says: 'add the contents of script-file to the commands to be executed',
    },
    { name: 'regexp-extended', short: 'E', says: 'use extended regular expressions in the script' },
    { short: 'r', says: 'same as -E' },
    { name: 'in-place', short: 'i', says: 'edit files in place' },
  ],
  linewise: (argv) => argv.length === 2 && /^s/.test(argv[1] ?? ''),
  run(call) {
    let backup = ''
    const argv = call.argv.map((arg) => {
      const found = /^(?:-i|--in-place=)(\..+)$/.exec(arg)
      if (found) backup = found[1] as string
      return found ? '-i' : arg
    })
    const options = readOptions(this, argv)
    if ('exit' in options) return options
    const { given, all } = options
    let operands = options.operands
    const scripts = [...(all['expression'] ?? [])]
    for (const file of all['file'] ?? []) {
      const read = call.files.read(resolvePath(call.cwd, file))
      if ('error' in read) return fail(`sed: couldn't open file ${file}: ${read.error}`)
      scripts.push(read.text)
    }
    if (scripts.length === 0) {
      if (operands[0] === undefined)
        return fail('Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...')
      scripts.push(operands[0])
      operands = operands.slice(1)
    }
    try {
      const script = parseSed(scripts.join('\n'), given['regexp-extended'] === true || given['r'] === true)
      const settings = { quiet: given['quiet'] === true, script }
      if (!given['in-place']) {
        const { inputs, errors } = readInputs(call, 'sed', operands)
        const whole = inputs.map((input) => input.text).join('')
        const { lines, exit } = runSed(linesOf(whole), settings)
        const text = unlines(lines)
        return {
          exit: errors === '' ? exit : 2,
          stdout: whole !== '' && !whole.endsWith('\n') ? text.slice(0, -1) : text,
          stderr: errors
            .replace(/^sed: (.*?): (No such.*)$/gm, "sed: can't read $1: $2")
            .replace(/^sed: (.*?): Is a directory$/gm, "sed: couldn't edit $1: not a regular file"),
        }
      }
      let stderr = ''
      for (const file of operands) {
        const path = resolvePath(call.cwd, file)
        const read = call.files.read(path)
        if ('error' in read) {
          stderr += `sed: can't read ${file}: ${read.error}\n`
          continue
        }
        if (backup !== '') call.files.write(path + backup, read.text)
        const text = unlines(runSed(linesOf(read.text), settings).lines)
        call.files.write(path, read.text.endsWith('\n') || read.text === '' ? text : text.slice(0, -1))
      }
      return { exit: stderr === '' ? 0 : 4, stderr }
    } catch (problem) {
      if (!(problem instanceof SedProblem)) throw problem
      return fail(`sed: -e expression #1, char ${problem.at}: ${problem.message}`)
    }
  },
}
