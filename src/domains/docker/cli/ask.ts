import type { Emission, World } from '../../../kernel/index.ts'
import type { Call, Step } from '../../../shell/index.ts'
import { type Engine, engineAt, engineOf, ensureLocal, LOCAL } from '../engine/engine.ts'
import type { Command, CommandFlag, Reply } from './command.ts'
import { Problem } from './problem.ts'
import { remoteEngine } from './remote.ts'

/** One call of a command: what it was given, and what it says and does. */
export class Ask {
  readonly call: Call
  readonly command: Command
  readonly args: readonly string[]
  private readonly given: ReadonlyMap<string, readonly string[]>
  private stdout = ''
  private stderr = ''
  private errorsFirst = false
  private readonly emissions: Emission[] = []

  constructor(call: Call, command: Command, words: readonly string[]) {
    this.call = call
    this.command = command
    const read = readWords(command, words)
    this.args = read.args
    this.given = read.given
  }

  get world(): World {
    return this.call.world
  }

  /** Id of the engine that the program speaks with. */
  get engine(): string {
    return engineAt(this.call.host) === LOCAL ? (remoteEngine(this.call) ?? LOCAL) : (engineAt(this.call.host) ?? LOCAL)
  }

  get engineRecord(): Engine {
    return engineOf(this.world, this.engine) as Engine
  }

  has(name: string): boolean {
    return this.given.has(name)
  }

  /** Whether a switch is on. */
  flag(name: string): boolean {
    const value = this.given.get(name)?.at(-1)
    return value !== undefined && value !== 'false'
  }

  text(name: string): string | undefined {
    return this.given.get(name)?.at(-1)
  }

  all(name: string): readonly string[] {
    return this.given.get(name) ?? []
  }

  /** A whole number; refuses other text in the words of Go's flag package. */
  number(name: string): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    if (!/^-?\d+$/.test(text))
      throw misuse(
        this.command,
        `invalid argument "${text}" for "${flagText(this.command, name)}" flag: strconv.ParseInt: parsing "${text}": invalid syntax`,
      )
    return Number(text)
  }

  out(text: string): void {
    this.stdout += text
  }

  err(text: string): void {
    if (this.stdout === '') this.errorsFirst = true
    this.stderr += text
  }

  /** Makes events happen; the engine is installed before the first. */
  emit(emissions: readonly Emission[]): void {
    if (emissions.length === 0) return
    if (this.emissions.length === 0 && this.engine === LOCAL) this.emissions.push(...ensureLocal(this.world))
    this.emissions.push(...emissions)
  }

  /** What the program answers to the shell. */
  answer(reply: Reply): Step {
    const said = {
      ...(this.stdout === '' ? {} : { stdout: this.stdout }),
      ...(this.stderr === ''
        ? {}
        : { stderr: this.stderr, ...(this.errorsFirst ? { errorsFirst: true as const } : {}) }),
      ...(this.emissions.length === 0 ? {} : { emit: this.emissions }),
    }
    return { ...reply, ...said } as Step
  }
}

function readWords(
  command: Command,
  words: readonly string[],
): { readonly args: readonly string[]; readonly given: ReadonlyMap<string, readonly string[]> } {
  const args: string[] = []
  const given = new Map<string, string[]>()
  const set = (flag: CommandFlag, value: string): void => {
    const values = given.get(flag.name)
    if (values) values.push(value)
    else given.set(flag.name, [value])
  }
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (word === '--') {
      args.push(...words.slice(at + 1))
      break
    }
    if (word === '-' || !word.startsWith('-')) {
      args.push(word)
      if (command.stopsAtArgument) {
        args.push(...words.slice(at + 1))
        break
      }
    } else if (word.startsWith('--')) {
      const cut = word.indexOf('=')
      const name = cut < 0 ? word.slice(2) : word.slice(2, cut)
      const flag = command.flags?.find((one) => one.name === name)
      if (!flag) throw misuse(command, `unknown flag: --${name}`)
      if (flag.type === undefined) set(flag, cut < 0 ? 'true' : word.slice(cut + 1))
      else {
        const value = cut < 0 ? words[++at] : word.slice(cut + 1)
        if (value === undefined) throw misuse(command, `flag needs an argument: --${name}`)
        set(flag, value)
      }
    } else
      for (let i = 1; i < word.length; i++) {
        const letter = word[i] as string
        const flag = command.flags?.find((one) => one.short === letter)
        if (!flag) throw misuse(command, `unknown shorthand flag: '${letter}' in ${word}`)
        if (flag.type === undefined) {
          if (word[i + 1] === '=') {
            set(flag, word.slice(i + 2))
            break
          }
          set(flag, 'true')
          continue
        }
        const value = word.slice(i + 1).replace(/^=/, '') || words[++at]
        if (value === undefined) throw misuse(command, `flag needs an argument: '${letter}' in ${word}`)
        set(flag, value)
        break
      }
  }
  return { args, given }
}

/** A wrong option, in the words of the docker CLI. */
export function misuse(command: Command, text: string): Problem {
  return new Problem(
    `${text}\n\nUsage:  docker ${command.path} ${command.usage}\n\nRun 'docker ${command.path} --help' for more information`,
    125,
  )
}

function flagText(command: Command, name: string): string {
  const short = command.flags?.find((flag) => flag.name === name)?.short
  return short === undefined ? `--${name}` : `-${short}, --${name}`
}

/** Refuses a wrong number of arguments, in the words of the docker CLI. */
export function checkArguments(command: Command, count: number): void {
  const [least, most] = command.args ?? [0, Number.POSITIVE_INFINITY]
  if (count >= least && count <= most) return
  const plural = (n: number): string => `${n} argument${n === 1 ? '' : 's'}`
  const text =
    most === 0
      ? 'accepts no arguments'
      : least === most
        ? `requires ${plural(least)}`
        : count < least
          ? `requires at least ${plural(least)}`
          : `requires at most ${plural(most)}`
  throw new Problem(
    `docker: 'docker ${command.path}' ${text}\n\nUsage:  docker ${command.path} ${command.usage}\n\nRun 'docker ${command.path} --help' for more information`,
  )
}
