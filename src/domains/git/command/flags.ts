import type { Flag } from '../../../shell/index.ts'
import { Problem } from './problem.ts'

/** An option of a git command. Its key is the long name, or the short one where there is no long one. */
export interface GitFlag extends Flag {
  /** Whether the value may be left out; it must stand in the same word then. */
  readonly optional?: true | undefined
}

/** What was given on a command line. */
export interface Given {
  /** By key: true, false for its `--no-` form, or every value in order. */
  readonly options: { readonly [key: string]: boolean | readonly string[] | undefined }
  /** Words that are no options, those behind `--` left out. */
  readonly args: readonly string[]
  /** Words behind `--`; undefined without it. */
  readonly rest: readonly string[] | undefined
  /** Options in the order given, for commands in which that counts. */
  readonly order: readonly (readonly [key: string, value: string | true])[]
}

/** Declares options, one a line: `m,message=<msg> | what it is for`; `=<x>?` for a value that may be left out. */
export function flags(text: string): readonly GitFlag[] {
  return text
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): GitFlag => {
      const [spec = '', says = ''] = line.split(' | ').map((part) => part.trim())
      const [, names = '', value, optional] = /^([^=]+)(?:=([^?]*)(\?)?)?$/.exec(spec) ?? []
      const [first = '', second] = names.split(',')
      const short = first.length === 1 ? first : undefined
      const name = short === undefined ? first : second
      return { name, short, value, says, ...(optional ? { optional: true } : {}) }
    })
}

/** Reads a command line as git's parse-options does. `-<n>` is `max-count` where that is an option. */
export function readFlags(
  declared: readonly GitFlag[],
  argv: readonly string[],
  usage: string,
  stopAtOperand = false,
): Given {
  const options: { [key: string]: boolean | string[] } = {}
  const order: (readonly [string, string | true])[] = []
  const args: string[] = []
  let rest: readonly string[] | undefined
  const wrong = (text: string): never => {
    throw new Problem(`error: ${text}\n${usage}`, 129)
  }
  const set = (flag: GitFlag, value: string | true): void => {
    const key = (flag.name ?? flag.short) as string
    order.push([key, value])
    if (value === true) options[key] = true
    else options[key] = [...(Array.isArray(options[key]) ? (options[key] as string[]) : []), value]
  }
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] as string
    if (word === '--') {
      rest = argv.slice(at + 1)
      break
    }
    if (word === '-' || !word.startsWith('-')) {
      args.push(word)
      if (!stopAtOperand) continue
      args.push(...argv.slice(at + 1))
      break
    }
    if (/^-\d+$/.test(word)) {
      const count = declared.find(({ name }) => name === 'max-count')
      if (!count) wrong(`unknown switch \`${word[1]}'`)
      else set(count, word.slice(1))
      continue
    }
    if (word.startsWith('--')) {
      const cut = word.indexOf('=')
      const long = cut < 0 ? word.slice(2) : word.slice(2, cut)
      const value = cut < 0 ? undefined : word.slice(cut + 1)
      const flag = longFlag(declared, long)
      const negated = flag ? undefined : longFlag(declared, long.replace(/^no-/, ''))
      if (flag?.value === undefined && flag) {
        if (value !== undefined) wrong(`option \`${flag.name}' takes no value`)
        set(flag, true)
      } else if (flag?.optional) set(flag, value ?? true)
      else if (flag) {
        const given = value ?? argv[++at]
        if (given === undefined) wrong(`option \`${flag.name}' requires a value`)
        else set(flag, given)
      } else if (negated && long.startsWith('no-')) options[(negated.name ?? negated.short) as string] = false
      else wrong(`unknown option \`${word.slice(2)}'`)
      continue
    }
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] as string
      const flag = declared.find(({ short }) => short === letter)
      if (!flag) {
        wrong(`unknown switch \`${letter}'`)
        break
      }
      if (flag.value === undefined) {
        set(flag, true)
        continue
      }
      const inWord = word.slice(i + 1)
      if (flag.optional) set(flag, inWord === '' ? true : inWord)
      else {
        const value = inWord === '' ? argv[++at] : inWord
        if (value === undefined) wrong(`switch \`${letter}' requires a value`)
        else set(flag, value)
      }
      break
    }
  }
  return { options, args, rest, order }
}

function longFlag(declared: readonly GitFlag[], long: string): GitFlag | undefined {
  const exact = declared.find(({ name }) => name === long)
  if (exact || long === '') return exact
  const begun = declared.filter(({ name }) => name?.startsWith(long))
  return begun.length === 1 ? begun[0] : undefined
}
