import type { Json } from '../../kernel/json.ts'
import { JqProblem, jq } from '../jq/jq.ts'
import { toText } from '../jq/text.ts'
import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'
import { readInputs } from './inputs.ts'

/** Models: jq 1.7. */
export const jqProgram: Program = {
  name: 'jq',
  summary: 'Command-line JSON processor.',
  usage: '[OPTIONS] FILTER [FILES...]',
  misuse: 2,
  flags: [
    { name: 'raw-output', short: 'r', says: 'output strings without escapes and quotes' },
    { name: 'join-output', short: 'j', says: 'like -r, without a newline after each output' },
    { name: 'compact-output', short: 'c', says: 'compact instead of pretty-printed output' },
    { name: 'null-input', short: 'n', says: 'use null as the single input value' },
    { name: 'slurp', short: 's', says: 'read all inputs into an array' },
    { name: 'raw-input', short: 'R', says: 'read each line as a string instead of JSON' },
    { name: 'exit-status', short: 'e', says: 'set exit status by the last output' },
    { name: 'sort-keys', short: 'S', says: 'sort keys of each object on output' },
    { name: 'monochrome-output', short: 'M', says: 'accepted, without effect' },
    { name: 'color-output', short: 'C', says: 'accepted, without effect' },
    { name: 'tab', says: 'use tabs for indentation' },
    { name: 'indent', value: 'n', says: 'use n spaces for indentation' },
  ],
  examples: ["kubectl get pods -o json | jq -r '.items[].metadata.name'"],
  run(call) {
    const named: { [name: string]: Json } = {}
    const rest: string[] = []
    for (let at = 0; at < call.argv.length; at++) {
      const arg = call.argv[at] as string
      if (arg !== '--arg' && arg !== '--argjson') {
        rest.push(arg)
        continue
      }
      const [name, value] = [call.argv[at + 1], call.argv[at + 2]]
      if (name === undefined || value === undefined)
        return fail(`jq: ${arg} takes two parameters (e.g. ${arg} varname value)`, 2)
      try {
        named[name] = arg === '--arg' ? value : (JSON.parse(value) as Json)
      } catch {
        return fail(`jq: Invalid JSON text passed to --argjson`, 2)
      }
      at += 2
    }
    const options = readOptions(this, rest)
    if ('exit' in options) return options
    const { given } = options
    const [filter = call.stdin === undefined && call.terminal ? undefined : '.', ...files] = options.operands
    if (filter === undefined) return fail('jq - commandline JSON processor\nUsage:\tjq [OPTIONS] FILTER [FILES...]', 2)
    let stdout = ''
    let last: Json | undefined
    try {
      const { inputs, errors } = given['null-input'] ? { inputs: [], errors: '' } : readInputs(call, 'jq', files)
      if (errors !== '')
        return fail(errors.trimEnd().replace(/^jq: (.*?): (.*)$/m, 'jq: error: Could not open $1: $2'), 2)
      const text = inputs.map((input) => input.text).join('')
      let values: Json[] = given['null-input']
        ? [null]
        : given['raw-input']
          ? text.replace(/\n$/, '').split('\n')
          : valuesOf(text)
      if (given['slurp']) values = given['raw-input'] ? [text] : [values]
      const indent = given['tab'] ? '\t' : given['compact-output'] ? '' : ' '.repeat(Number(given['indent'] ?? 2))
      const raw = given['raw-output'] || given['join-output']
      for (const value of values)
        for (const out of jq(filter, value, { ...named, ENV: { ...call.env } })) {
          last = out
          stdout +=
            (raw && typeof out === 'string' ? out : toText(out, indent, given['sort-keys'] === true)) +
            (given['join-output'] ? '' : '\n')
        }
    } catch (problem) {
      if (!(problem instanceof JqProblem)) throw problem
      return { exit: problem.exit, stdout, stderr: `${problem.message}\n` }
    }
    return {
      exit: given['exit-status'] ? (last === undefined ? 4 : last === null || last === false ? 1 : 0) : 0,
      stdout,
    }
  },
}

/** The JSON values of a text, one after another. */
function valuesOf(text: string): Json[] {
  try {
    return text.trim() === '' ? [] : [JSON.parse(text) as Json]
  } catch {
    const out: Json[] = []
    let depth = 0
    let quoted = false
    let from = 0
    for (let at = 0; at <= text.length; at++) {
      const c = text[at]
      if (quoted) {
        if (c === '\\') at++
        else if (c === '"') quoted = false
        else if (c === undefined) break
        continue
      }
      if (c === '"') quoted = true
      else if (c === '{' || c === '[') depth++
      else if (c === '}' || c === ']') depth--
      const ends = c === undefined || (depth === 0 && (/\s/.test(c) || ((c === '}' || c === ']') && at >= from)))
      if (!ends) continue
      const piece = text.slice(from, c === undefined ? at : at + 1).trim()
      from = at + 1
      if (piece === '') continue
      try {
        out.push(JSON.parse(piece) as Json)
      } catch {
        const line = text.slice(0, at).split('\n').length
        throw new JqProblem(
          `jq: parse error: Invalid ${/^[a-zA-Z]/.test(piece) ? 'literal' : 'numeric literal'} at line ${line}, column ${at - text.lastIndexOf('\n', at - 1)}`,
          2,
        )
      }
    }
    if (depth > 0 || quoted)
      throw new JqProblem(
        `jq: parse error: Unfinished JSON term at EOF at line ${text.split('\n').length}, column 0`,
        2,
      )
    return out
  }
}
