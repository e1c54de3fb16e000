import { resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import { fail, ok, type Program } from '../program.ts'
import { linesOf, readInputs, unlines } from './inputs.ts'

/** Models: GNU coreutils sort in the C locale. */
export const sort: Program = {
  name: 'sort',
  summary: 'Write sorted concatenation of all FILE(s) to standard output.',
  usage: '[OPTION]... [FILE]...',
  misuse: 2,
  flags: [
    { name: 'key', short: 'k', value: 'KEYDEF', says: 'sort via a key; KEYDEF gives location and type' },
    { name: 'numeric-sort', short: 'n', says: 'compare according to string numerical value' },
    { name: 'human-numeric-sort', short: 'h', says: 'compare human readable numbers (e.g., 2K 1G)' },
    { name: 'version-sort', short: 'V', says: 'natural sort of (version) numbers within text' },
    { name: 'reverse', short: 'r', says: 'reverse the result of comparisons' },
    { name: 'unique', short: 'u', says: 'output only the first of equal lines' },
    { name: 'field-separator', short: 't', value: 'SEP', says: 'use SEP instead of non-blank to blank transition' },
    { name: 'ignore-case', short: 'f', says: 'fold lower case to upper case characters' },
    { name: 'ignore-leading-blanks', short: 'b', says: 'ignore leading blanks' },
    { name: 'stable', short: 's', says: 'stabilize sort by disabling last-resort comparison' },
    { name: 'output', short: 'o', value: 'FILE', says: 'write result to FILE instead of standard output' },
  ],
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    const { given, all } = options
    const { inputs, errors } = readInputs(call, 'sort', options.operands)
    if (errors !== '') return fail(errors.trimEnd().replace(/^sort: (.*?): (.*)$/m, 'sort: cannot read: $1: $2'), 2)
    const letters = ['numeric-sort', 'human-numeric-sort', 'version-sort', 'reverse', 'ignore-case']
      .map((name) => (given[name] ? LETTER[name] : ''))
      .join('')
    const separator = given['field-separator'] === undefined ? undefined : String(given['field-separator'])
    const keys = (all['key'] ?? []).map((key) => keyOf(key, letters))
    if (keys.includes(undefined))
      return fail(
        `sort: invalid number at field start: invalid count at start of '${all['key']?.find((key) => !keyOf(key, ''))}'`,
        2,
      )
    const compare = (a: string, b: string): number => {
      for (const key of keys) {
        if (!key) continue
        const order = compareBy(pick(a, key, separator), pick(b, key, separator), key.flags)
        if (order !== 0) return order
      }
      return keys.length === 0 ? compareBy(a, b, letters) : 0
    }
    const lines = inputs.flatMap(({ text }) => linesOf(text))
    lines.sort(
      (a, b) =>
        compare(a, b) || (given['stable'] || given['unique'] ? 0 : compareBy(a, b, given['reverse'] ? 'r' : '')),
    )
    const out = given['unique']
      ? lines.filter((line, i) => i === 0 || compare(lines[i - 1] as string, line) !== 0)
      : lines
    if (typeof given['output'] !== 'string') return ok(unlines(out))
    const error = call.files.write(resolvePath(call.cwd, given['output']), unlines(out))
    return error === undefined ? ok() : fail(`sort: open failed: ${given['output']}: ${error}`, 2)
  },
}

const LETTER: { readonly [name: string]: string } = {
  'numeric-sort': 'n',
  'human-numeric-sort': 'h',
  'version-sort': 'V',
  reverse: 'r',
  'ignore-case': 'f',
}

interface Key {
  readonly from: number
  readonly fromChar: number
  readonly to: number | undefined
  readonly flags: string
}

function keyOf(text: string, letters: string): Key | undefined {
  const found = /^(\d+)(?:\.(\d+))?([bdfhnrV]*)(?:,(\d+)(?:\.\d+)?([bdfhnrV]*))?$/.exec(text)
  if (!found) return undefined
  const own = `${found[3] ?? ''}${found[5] ?? ''}`
  return {
    from: Number(found[1]),
    fromChar: Number(found[2] ?? 1),
    to: found[4] === undefined ? undefined : Number(found[4]),
    flags: own === '' ? letters : own,
  }
}

function pick(line: string, { from, fromChar, to, flags }: Key, separator: string | undefined): string {
  const fields = separator === undefined ? (line.match(/\s*\S+/g) ?? []) : line.split(separator)
  const text = fields.slice(from - 1, to).join(separator ?? '')
  const cut = text.slice(fromChar - 1)
  return /[bnhV]/.test(flags) ? cut.trimStart() : cut
}

function compareBy(a: string, b: string, flags: string): number {
  let order: number
  if (flags.includes('n')) order = numeric(a) - numeric(b)
  else if (flags.includes('h')) order = human(a) - human(b)
  else if (flags.includes('V')) order = version(a, b)
  else {
    const [x, y] = flags.includes('f') ? [a.toUpperCase(), b.toUpperCase()] : [a, b]
    order = x < y ? -1 : x > y ? 1 : 0
  }
  return flags.includes('r') ? -order : order
}

function numeric(text: string): number {
  return Number(/^\s*-?\d*\.?\d+/.exec(text)?.[0] ?? 0)
}

function human(text: string): number {
  const found = /^\s*(-?\d*\.?\d+)\s*([KMGTPE]?)/i.exec(text)
  return found ? Number(found[1]) * 1024 ** ('KMGTPE'.indexOf((found[2] || '?').toUpperCase()) + 1) : 0
}

function version(a: string, b: string): number {
  const x = a.match(/\d+|\D+/g) ?? []
  const y = b.match(/\d+|\D+/g) ?? []
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const one = x[i] ?? ''
    const two = y[i] ?? ''
    if (one === two) continue
    if (/^\d/.test(one) && /^\d/.test(two) && Number(one) !== Number(two)) return Number(one) - Number(two)
    return one < two ? -1 : 1
  }
  return 0
}
