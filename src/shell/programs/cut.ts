import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'
import { linesOf, readInputs, unlines } from './inputs.ts'

/** Models: GNU coreutils cut. */
export const cut: Program = {
  name: 'cut',
  summary: 'Print selected parts of lines from each FILE to standard output.',
  usage: 'OPTION... [FILE]...',
  flags: [
    { name: 'bytes', short: 'b', value: 'LIST', says: 'select only these bytes' },
    { name: 'characters', short: 'c', value: 'LIST', says: 'select only these characters' },
    { name: 'delimiter', short: 'd', value: 'DELIM', says: 'use DELIM instead of TAB for field delimiter' },
    { name: 'fields', short: 'f', value: 'LIST', says: 'select only these fields' },
    { name: 'only-delimited', short: 's', says: 'do not print lines not containing delimiters' },
    { name: 'output-delimiter', value: 'STRING', says: 'use STRING as the output delimiter' },
    { name: 'complement', says: 'complement the set of selected fields' },
  ],
  linewise: () => true,
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    const { given } = options
    const list = given['fields'] ?? given['characters'] ?? given['bytes']
    if (typeof list !== 'string')
      return fail(
        "cut: you must specify a list of bytes, characters, or fields\nTry 'cut --help' for more information.",
      )
    const delimiter = given['delimiter'] === undefined ? '\t' : String(given['delimiter'])
    if ([...delimiter].length !== 1)
      return fail("cut: the delimiter must be a single character\nTry 'cut --help' for more information.")
    const ranges: [number, number][] = []
    for (const part of list.split(',')) {
      const found = /^(\d*)(-?)(\d*)$/.exec(part)
      if (!found || part === '' || part === '-')
        return fail(`cut: invalid field value '${part}'\nTry 'cut --help' for more information.`)
      const from = found[1] === '' ? 1 : Number(found[1])
      if (from === 0) return fail("cut: fields are numbered from 1\nTry 'cut --help' for more information.")
      ranges.push([from, found[2] === '' ? from : found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3])])
    }
    const wanted = (n: number): boolean =>
      ranges.some(([from, to]) => n >= from && n <= to) !== (given['complement'] === true)
    const { inputs, errors } = readInputs(call, 'cut', options.operands)
    const lines = inputs
      .flatMap(({ text }) => linesOf(text))
      .flatMap((line) => {
        if (given['fields'] === undefined) return [[...line].filter((_, i) => wanted(i + 1)).join('')]
        if (!line.includes(delimiter)) return given['only-delimited'] ? [] : [line]
        return [
          line
            .split(delimiter)
            .filter((_, i) => wanted(i + 1))
            .join(String(given['output-delimiter'] ?? delimiter)),
        ]
      })
    return { exit: errors === '' ? 0 : 1, stdout: unlines(lines), stderr: errors }
  },
}
