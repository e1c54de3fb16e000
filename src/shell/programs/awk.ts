import { escapes } from '../builtins/format.ts'
import { resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'
import { AwkProblem, parseAwk } from './awkParse.ts'
import { runAwk } from './awkRun.ts'
import { linesOf, readInputs } from './inputs.ts'

/** Models: POSIX awk, without getline, user functions and pipes. */
export const awk: Program = {
  name: 'awk',
  summary: 'Pattern scanning and processing language.',
  usage: "[-F fs] [-v var=value] 'prog' [file ...]",
  misuse: 2,
  flags: [
    { short: 'F', value: 'fs', says: 'field separator' },
    { short: 'v', value: 'var=value', says: 'set a variable before the program begins' },
    { short: 'f', value: 'progfile', says: 'read the program from a file' },
  ],
  linewise: (argv) => !argv.some((arg) => /BEGIN|END|NR|[A-Za-z_]\w*\s*(\+\+|[-+*/]?=[^=~])/.test(arg)),
  run(call) {
    const options = readOptions(this, call.argv, { stopAtOperand: true })
    if ('exit' in options) return options
    const { given, all } = options
    let operands = options.operands
    let text: string
    if (typeof given['f'] === 'string') {
      const read = call.files.read(resolvePath(call.cwd, given['f']))
      if ('error' in read) return fail(`awk: can't open file ${given['f']}`, 2)
      text = read.text
    } else {
      if (operands[0] === undefined) return fail('usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]', 2)
      text = operands[0]
      operands = operands.slice(1)
    }
    try {
      const program = parseAwk(text)
      const vars = new Map<string, string>()
      if (typeof given['F'] === 'string') vars.set('FS', given['F'] === 't' ? '\t' : escapes(given['F']).text)
      for (const one of all['v'] ?? [])
        vars.set(one.slice(0, one.indexOf('=')), escapes(one.slice(one.indexOf('=') + 1)).text)
      const onlyBegin = program.every((rule) => rule.when === 'BEGIN')
      const { inputs, errors } = onlyBegin ? { inputs: [], errors: '' } : readInputs(call, 'awk', operands)
      const records = inputs.flatMap(({ text: content }) => linesOf(content))
      const { out, exit, written } = runAwk(program, records, vars, call.env, (n) =>
        call.world.draw('awk', call.process.id, n),
      )
      let said = errors.replace(/^awk: (.*?): (.*)$/gm, 'awk: cannot open "$1" ($2)')
      for (const { path, text: body, append } of written) {
        if (path === '/dev/stderr') said += body
        else {
          const problem = call.files.write(resolvePath(call.cwd, path), body, append)
          if (problem !== undefined) return fail(`awk: can't redirect to ${path}`, 2, out)
        }
      }
      return { exit: errors === '' ? exit : 2, stdout: out, stderr: said }
    } catch (problem) {
      if (!(problem instanceof AwkProblem)) throw problem
      return fail(`awk: ${problem.message}`, 2)
    }
  },
}
