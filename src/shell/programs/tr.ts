import { escapes } from '../builtins/format.ts'
import { CLASSES } from '../expand/pattern.ts'
import { readOptions } from '../options.ts'
import { fail, ok, type Program } from '../program.ts'

/** Models: GNU coreutils tr. */
export const tr: Program = {
  name: 'tr',
  summary: 'Translate, squeeze, and/or delete characters from standard input.',
  usage: '[OPTION]... STRING1 [STRING2]',
  operands: 'none',
  flags: [
    { name: 'complement', short: 'c', says: 'use the complement of STRING1' },
    { short: 'C', says: 'same as -c' },
    { name: 'delete', short: 'd', says: 'delete characters in STRING1, do not translate' },
    { name: 'squeeze-repeats', short: 's', says: 'replace each sequence of a repeated character with a single one' },
  ],
  linewise: (argv) => !argv.some((arg) => arg.includes('n')),
  run(call) {
    const options = readOptions(this, call.argv)
    if ('exit' in options) return options
    const { given } = options
    const [first, second] = options.operands
    if (first === undefined) return fail("tr: missing operand\nTry 'tr --help' for more information.")
    if (second === undefined && !given['delete'] && !given['squeeze-repeats'])
      return fail(
        `tr: missing operand after '${first}'\nTwo strings must be given when translating.\nTry 'tr --help' for more information.`,
      )
    const from = members(first)
    const to = second === undefined ? [] : members(second)
    const not = given['complement'] || given['C']
    const has = (c: string): boolean => from.includes(c) !== (not === true)
    let text = call.stdin ?? ''
    if (given['delete']) text = [...text].filter((c) => !has(c)).join('')
    else if (to.length > 0) {
      const last = to[to.length - 1] as string
      text = [...text].map((c) => (has(c) ? (not ? last : (to[from.indexOf(c)] ?? last)) : c)).join('')
    }
    if (given['squeeze-repeats']) {
      const squeezed = to.length > 0 ? (c: string): boolean => to.includes(c) : has
      text = [...text].filter((c, i, all) => !(i > 0 && all[i - 1] === c && squeezed(c))).join('')
    }
    return ok(text)
  },
}

function members(set: string): string[] {
  const out: string[] = []
  const text = escapes(set).text
  for (let at = 0; at < text.length; at++) {
    const found = /^\[:(\w+):\]/.exec(text.slice(at))
    const known = found?.[1] === undefined ? undefined : CLASSES[found[1]]
    if (found && known !== undefined) {
      const regex = new RegExp(`[${known}]`)
      for (let code = 0; code < 128; code++)
        if (regex.test(String.fromCharCode(code))) out.push(String.fromCharCode(code))
      at += found[0].length - 1
      continue
    }
    const end = text[at + 2]
    if (text[at + 1] === '-' && end !== undefined) {
      for (let code = text.charCodeAt(at); code <= end.charCodeAt(0); code++) out.push(String.fromCharCode(code))
      at += 2
    } else out.push(text[at] as string)
  }
  return out
}
