import type { Done, Flag, Program } from './program.ts'

/** Options that were given, and what was left. */
export interface Options {
  /** By key (see `Flag`): true, or the last value. */
  readonly given: { readonly [key: string]: string | true | undefined }
  /** All values of options that were given several times. */
  readonly all: { readonly [key: string]: readonly string[] | undefined }
  readonly operands: readonly string[]
}

/** Reads arguments as GNU's getopt does, by the program's own declaration. Answers a failure in its words when one is wrong. */
export function readOptions(
  program: Program,
  argv: readonly string[],
  settings: { readonly stopAtOperand?: boolean } = {},
): Options | Done {
  const given: { [key: string]: string | true } = {}
  const all: { [key: string]: string[] } = {}
  const operands: string[] = []
  const name = program.name
  const wrong = (text: string): Done => ({
    exit: program.misuse ?? 1,
    stderr: `${name}: ${text}\nTry '${name} --help' for more information.\n`,
  })
  const set = (flag: Flag, value: string | true): void => {
    const key = flag.name ?? (flag.short as string)
    given[key] = value
    if (value !== true) all[key] = [...(all[key] ?? []), value]
  }
  for (let at = 1; at < argv.length; at++) {
    const arg = argv[at] as string
    if (arg === '--') {
      operands.push(...argv.slice(at + 1))
      break
    }
    if (arg === '-' || !arg.startsWith('-')) {
      if (settings.stopAtOperand) {
        operands.push(...argv.slice(at))
        break
      }
      operands.push(arg)
    } else if (arg.startsWith('--')) {
      const cut = arg.indexOf('=')
      const long = cut < 0 ? arg.slice(2) : arg.slice(2, cut)
      const candidates = (program.flags ?? []).filter((one) => one.name?.startsWith(long))
      const flag = candidates.find((one) => one.name === long) ?? (candidates.length === 1 ? candidates[0] : undefined)
      if (!flag) return wrong(`unrecognized option '${arg}'`)
      if (!flag.value) {
        if (cut >= 0) return wrong(`option '--${flag.name}' doesn't allow an argument`)
        set(flag, true)
      } else {
        const value = cut < 0 ? argv[++at] : arg.slice(cut + 1)
        if (value === undefined) return wrong(`option '--${flag.name}' requires an argument`)
        set(flag, value)
      }
    } else {
      for (let i = 1; i < arg.length; i++) {
        const letter = arg[i] as string
        const flag = (program.flags ?? []).find((one) => one.short === letter)
        if (!flag) return wrong(`invalid option -- '${letter}'`)
        if (!flag.value) {
          set(flag, true)
          continue
        }
        const value = arg.slice(i + 1) || argv[++at]
        if (value === undefined) return wrong(`option requires an argument -- '${letter}'`)
        set(flag, value)
        break
      }
    }
  }
  return { given, all, operands }
}
