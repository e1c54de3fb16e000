import type { Flag } from '../../../shell/program.ts'
import { parseGoDuration } from '../api/goDuration.ts'
import { Problem } from './problem.ts'

/** A flag of kubectl. Without `value` it is a boolean; `bare` is what it means when it is given without a value. */
export interface KubeFlag extends Flag {
  readonly bare?: string | undefined
  readonly type?: 'int' | 'duration' | 'list' | 'texts' | undefined
  readonly or?: string | undefined
}

/** What was given: last values by flag name, every value in order, and the arguments with the place of `--` among them. */
export interface Given {
  readonly values: { readonly [name: string]: readonly string[] | undefined }
  readonly args: readonly string[]
  /** How many arguments stood before `--`; undefined without one. */
  readonly dash: number | undefined
}

/** Reads arguments as pflag does: `--flag=v`, `--flag v`, `-ov`, `-o=v`, `-it`, flags and arguments mixed, all after `--` arguments. */
export function readFlags(flags: readonly KubeFlag[], words: readonly string[], path: string): Given {
  const values: { [name: string]: string[] } = {}
  const args: string[] = []
  let dash: number | undefined
  const wrong = (text: string): never => {
    throw new Problem(`error: ${text}\nSee '${path} --help' for usage.`)
  }
  const put = (flag: KubeFlag, value: string): void => {
    const name = flag.name ?? flag.short ?? ''
    const why = complaint(flag, value)
    if (why !== undefined) {
      const shown = flag.short !== undefined && flag.name !== undefined ? `-${flag.short}, --${name}` : `--${name}`
      wrong(`invalid argument ${JSON.stringify(value)} for "${shown}" flag: ${why}`)
    }
    const list = values[name] ?? []
    if (flag.type === 'list') list.push(...value.split(','))
    else list.push(value)
    values[name] = list
  }
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (word === '--') {
      dash = args.length
      args.push(...words.slice(at + 1))
      break
    }
    if (!word.startsWith('-') || word === '-') {
      args.push(word)
      continue
    }
    if (word.startsWith('--')) {
      const cut = word.indexOf('=')
      const name = cut < 0 ? word.slice(2) : word.slice(2, cut)
      if (name === '' || name.startsWith('-') || name.startsWith('=')) wrong(`bad flag syntax: ${word}`)
      const flag = flags.find((one) => one.name === name)
      if (!flag) {
        wrong(`unknown flag: --${name}`)
        continue
      }
      if (cut >= 0) put(flag, word.slice(cut + 1))
      else if (flag.value === undefined) put(flag, 'true')
      else if (flag.bare !== undefined) put(flag, flag.bare)
      else if (at + 1 < words.length) put(flag, words[++at] as string)
      else wrong(`flag needs an argument: --${name}`)
      continue
    }
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] as string
      const flag = flags.find((one) => one.short === letter)
      if (!flag) {
        wrong(`unknown shorthand flag: '${letter}' in ${word}`)
        continue
      }
      const rest = word.slice(i + 1)
      if (rest.startsWith('=')) {
        put(flag, rest.slice(1))
        break
      }
      if (flag.value === undefined) {
        put(flag, 'true')
        continue
      }
      if (flag.bare !== undefined) {
        put(flag, flag.bare)
        continue
      }
      if (rest !== '') put(flag, rest)
      else if (at + 1 < words.length) put(flag, words[++at] as string)
      else wrong(`flag needs an argument: '${letter}' in ${word}`)
      break
    }
  }
  return { values, args, dash }
}

/** Go's complaint about a value of the wrong type. */
function complaint(flag: KubeFlag, value: string): string | undefined {
  if (flag.value === undefined)
    return ['true', 'false', '1', '0', 't', 'f', 'T', 'F', 'TRUE', 'FALSE', 'True', 'False'].includes(value)
      ? undefined
      : `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`
  if (flag.type === 'int')
    return /^[+-]?\d+$/.test(value) ? undefined : `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`
  if (flag.type === 'duration') {
    const parsed = parseGoDuration(value)
    return parsed.ok ? undefined : parsed.error
  }
  return undefined
}
