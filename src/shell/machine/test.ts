import { type Files, resolvePath } from '../files.ts'
import type { Shell } from './shell.ts'

/** What tests look at. */
export interface Tested {
  readonly shell: Shell
  readonly files: Files
}

/** Answers `-f x` and the like. Throws `TestProblem` for an operator that does not exist. */
export function unaryTest(op: string, text: string, { shell, files }: Tested): boolean {
  const path = resolvePath(shell.cwd, text)
  switch (op) {
    case '-n':
      return text !== ''
    case '-z':
      return text === ''
    case '-e':
    case '-a':
      return text !== '' && files.exists(path)
    case '-f':
      return text !== '' && files.exists(path) && !files.isDirectory(path) && !path.startsWith('/dev/')
    case '-d':
      return text !== '' && files.isDirectory(path)
    case '-r':
    case '-w':
      return text !== '' && files.exists(path)
    case '-x':
      return text !== '' && (files.isDirectory(path) || ((files.node(path)?.mode ?? 0) & 0o111) !== 0)
    case '-s': {
      const read = files.read(path)
      return 'text' in read && read.text.length > 0
    }
    case '-v':
      return shell.vars[text] !== undefined
    case '-o':
      return shell.options[text] === true
    case '-c':
      return path.startsWith('/dev/') && files.exists(path)
    case '-t':
      return true
    case '-L':
    case '-h':
    case '-b':
    case '-p':
    case '-S':
      return false
    default:
      throw new TestProblem(`${op}: unary operator expected`)
  }
}

/** Answers a comparison; undefined when there is no such operator. */
export function compare(left: string, op: string, right: string, { shell, files }: Tested): boolean | undefined {
  switch (op) {
    case '=':
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '>':
      return left > right
    case '-nt':
      return (
        (files.node(resolvePath(shell.cwd, left))?.at ?? -1) > (files.node(resolvePath(shell.cwd, right))?.at ?? -1)
      )
    case '-ot':
      return (
        (files.node(resolvePath(shell.cwd, left))?.at ?? -1) < (files.node(resolvePath(shell.cwd, right))?.at ?? -1)
      )
  }
  if (!/^-(eq|ne|lt|le|gt|ge)$/.test(op)) return undefined
  const a = whole(left)
  const b = whole(right)
  switch (op) {
    case '-eq':
      return a === b
    case '-ne':
      return a !== b
    case '-lt':
      return a < b
    case '-le':
      return a <= b
    case '-gt':
      return a > b
    default:
      return a >= b
  }
}

function whole(text: string): number {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestProblem(`${text}: integer expression expected`)
  return Number(text)
}

/** What `test` says about arguments that make no sense. */
export class TestProblem extends Error {}

/** The value of the arguments of `test` or `[`. */
export function testArguments(args: readonly string[], tested: Tested): boolean {
  const reader = { at: 0 }
  const peek = (): string | undefined => args[reader.at]
  const left = (): number => args.length - reader.at
  const primary = (): boolean => {
    const one = peek()
    if (one === undefined) throw new TestProblem('argument expected')
    const op = args[reader.at + 1]
    const isBinary =
      op !== undefined && (['=', '==', '!=', '<', '>', '-nt', '-ot'].includes(op) || /^-(eq|ne|lt|le|gt|ge)$/.test(op))
    if (isBinary && left() >= 3) {
      reader.at += 3
      return compare(one, op, args[reader.at - 1] as string, tested) as boolean
    }
    if (one === '!' && left() > 1) {
      reader.at++
      return !primary()
    }
    if (one === '(' && left() > 1) {
      reader.at++
      const value = or()
      if (peek() !== ')') throw new TestProblem("`)' expected")
      reader.at++
      return value
    }
    if (/^-[a-zA-Z]$/.test(one) && left() >= 2) {
      reader.at += 2
      return unaryTest(one, args[reader.at - 1] as string, tested)
    }
    reader.at++
    return one !== ''
  }
  const and = (): boolean => {
    let value = primary()
    while (peek() === '-a') {
      reader.at++
      value = primary() && value
    }
    return value
  }
  const or = (): boolean => {
    let value = and()
    while (peek() === '-o') {
      reader.at++
      value = and() || value
    }
    return value
  }
  if (args.length === 0) return false
  const value = or()
  if (left() > 0) {
    if (args.length === 2) throw new TestProblem(`${args[0]}: unary operator expected`)
    if (args.length === 3) throw new TestProblem(`${args[1]}: binary operator expected`)
    throw new TestProblem('too many arguments')
  }
  return value
}
