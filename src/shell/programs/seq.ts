import { readOptions } from '../options.ts'
import { fail, ok, type Program } from '../program.ts'

/** Models: GNU coreutils seq. */
export const seq: Program = {
  name: 'seq',
  summary: 'Print numbers from FIRST to LAST, in steps of INCREMENT.',
  usage: '[OPTION]... [FIRST [INCREMENT]] LAST',
  operands: 'none',
  flags: [
    { name: 'separator', short: 's', value: 'STRING', says: 'use STRING to separate numbers (default: \\n)' },
    { name: 'equal-width', short: 'w', says: 'equalize width by padding with leading zeroes' },
  ],
  run(call) {
    const negative = call.argv.map((arg) => (/^-\d/.test(arg) ? `\0${arg}` : arg))
    const options = readOptions(this, negative)
    if ('exit' in options) return options
    const words = options.operands.map((word) => word.replace('\0', ''))
    if (words.length === 0) return fail("seq: missing operand\nTry 'seq --help' for more information.")
    if (words.length > 3) return fail(`seq: extra operand '${words[3]}'\nTry 'seq --help' for more information.`)
    const wrong = words.find((word) => !/^[-+]?(\d+\.?\d*|\.\d+)$/.test(word))
    if (wrong !== undefined)
      return fail(`seq: invalid floating point argument: '${wrong}'\nTry 'seq --help' for more information.`)
    const numbers = words.map(Number)
    const first = words.length > 1 ? (numbers[0] as number) : 1
    const step = words.length > 2 ? (numbers[1] as number) : 1
    const last = numbers[numbers.length - 1] as number
    if (step === 0) return fail(`seq: invalid Zero increment value: '${words[1]}'`)
    const digits = Math.max(...words.slice(0, -1).map((word) => word.split('.')[1]?.length ?? 0), 0)
    const out: string[] = []
    for (let i = 0; i < 100_000; i++) {
      const value = first + i * step
      if (step > 0 ? value > last + 1e-9 : value < last - 1e-9) break
      out.push(value.toFixed(digits))
    }
    const width = options.given['equal-width'] ? Math.max(...out.map((text) => text.length)) : 0
    const separator =
      typeof options.given['separator'] === 'string' ? options.given['separator'].replaceAll('\\n', '\n') : '\n'
    return ok(out.length === 0 ? '' : `${out.map((text) => text.padStart(width, '0')).join(separator)}\n`)
  },
}
