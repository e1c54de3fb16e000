import { arithmetic } from '../expand/arithmetic.ts'
import { ExpansionProblem } from '../expand/problem.ts'
import type { Frame } from '../machine/machine.ts'
import type { Run } from '../machine/run.ts'
import { type Shell, withoutVar, withVar } from '../machine/shell.ts'
import { type Builtin, refuse } from './builtin.ts'

const LONG: { readonly [name: string]: string } = {
  errexit: 'e',
  nounset: 'u',
  xtrace: 'x',
  noglob: 'f',
  allexport: 'a',
  noexec: 'n',
  verbose: 'v',
  noclobber: 'C',
  monitor: 'm',
}

/** The shell with an option on or off, by letter or long name. */
export function setOption(shell: Shell, name: string, on: boolean): Shell {
  const option = LONG[name] ?? name
  const { [option]: _, ...rest } = shell.options
  return { ...shell, options: on ? { ...rest, [option]: true } : rest }
}

export const exportVars: Builtin = (run, argv) => {
  const args = argv.slice(1)
  const remove = args[0] === '-n'
  const names = args.filter((arg) => !/^-[npf]$/.test(arg))
  if (names.length === 0) {
    for (const name of Object.keys(run.shell.exported).sort()) {
      const value = run.shell.vars[name]
      run.write(
        1,
        value === undefined
          ? `declare -x ${name}\n`
          : `declare -x ${name}="${String(value).replace(/["\\$`]/g, '\\$&')}"\n`,
      )
    }
    return 0
  }
  let status = 0
  for (const arg of names) {
    const name = define(run, argv, arg)
    if (name === undefined) {
      status = 1
      continue
    }
    const { [name]: _, ...exported } = run.shell.exported
    run.shell = { ...run.shell, exported: remove ? exported : { ...exported, [name]: true } }
  }
  return status
}

function define(run: Run, argv: readonly string[], arg: string): string | undefined {
  const found = /^([A-Za-z_]\w*)(?:(\+?)=([\s\S]*))?$/.exec(arg)
  if (!found) {
    refuse(run, argv, `\`${arg}': not a valid identifier`)
    return undefined
  }
  const [, name = '', append, value] = found
  if (value !== undefined) {
    if (run.shell.constant[name]) {
      run.complain(`${name}: readonly variable`)
      return undefined
    }
    run.shell = withVar(run.shell, name, append ? String(run.shell.vars[name] ?? '') + value : value)
  }
  return name
}

export const unset: Builtin = (run, argv) => {
  let status = 0
  for (const name of argv.slice(1).filter((arg) => arg !== '-v' && arg !== '-f')) {
    if (run.shell.constant[name]) status = refuse(run, argv, `${name}: cannot unset: readonly variable`)
    else if (run.shell.vars[name] !== undefined && argv[1] !== '-f') run.shell = withoutVar(run.shell, name)
    else {
      const { [name]: _, ...functions } = run.shell.functions
      run.shell = { ...run.shell, functions }
    }
  }
  return status
}

export const set: Builtin = (run, argv) => {
  if (argv.length === 1) {
    for (const name of Object.keys(run.shell.vars).sort())
      run.write(1, `${name}=${quote(run.shell.vars[name] as string)}\n`)
    return 0
  }
  for (let at = 1; at < argv.length; at++) {
    const arg = argv[at] as string
    if (arg === '--' || !/^[-+]/.test(arg)) {
      run.shell = { ...run.shell, positional: argv.slice(arg === '--' ? at + 1 : at) }
      return 0
    }
    const on = arg.startsWith('-')
    for (const letter of arg.slice(1)) {
      if (letter === 'o') {
        const name = argv[++at]
        if (name === undefined) return 0
        if (LONG[name] === undefined && name !== 'pipefail') return refuse(run, argv, `${name}: invalid option name`, 2)
        run.shell = setOption(run.shell, name, on)
      } else if (/[a-zA-Z]/.test(letter) && 'aefhkmnptuvxBCEHPT'.includes(letter))
        run.shell = setOption(run.shell, letter, on)
      else return refuse(run, argv, `${arg}: invalid option`, 2)
    }
  }
  return 0
}

function quote(value: string | readonly string[]): string {
  if (typeof value !== 'string') return `(${value.map((item, i) => `[${i}]="${item}"`).join(' ')})`
  return /^[\w./:@%+,-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
}

export const shopt: Builtin = (run, argv) => {
  const on = argv[1] === '-s'
  for (const name of argv.slice(2)) run.shell = setOption(run.shell, name, on)
  return 0
}

export const shift: Builtin = (run, argv) => {
  const count = Number(argv[1] ?? 1)
  if (!Number.isInteger(count) || count < 0) return refuse(run, argv, `${argv[1]}: numeric argument required`)
  if (count > run.shell.positional.length) return 1
  run.shell = { ...run.shell, positional: run.shell.positional.slice(count) }
  return 0
}

export const local: Builtin = (run, argv) => {
  const { stack } = run.task
  const at = stack.findLastIndex((frame) => frame.f === 'call')
  const call = stack[at]
  if (call?.f !== 'call') return refuse(run, argv, 'can only be used in a function')
  const locals = { ...call.locals }
  for (const arg of argv.slice(1)) {
    if (arg.startsWith('-')) continue
    const name = arg.replace(/\+?=[\s\S]*$/, '')
    if (!(name in locals)) locals[name] = run.shell.vars[name] ?? null
    if (arg === name) run.shell = withVar(run.shell, name, '')
  }
  const kept: Frame = { ...call, locals }
  run.update({ stack: stack.map((frame, i) => (i === at ? kept : frame)) })
  let status = 0
  for (const arg of argv.slice(1)) if (!arg.startsWith('-') && define(run, argv, arg) === undefined) status = 1
  return status
}

export const declare: Builtin = (run, argv) => {
  const options = argv
    .slice(1)
    .filter((arg) => arg.startsWith('-'))
    .join('')
  const names = argv.slice(1).filter((arg) => !/^[-+]/.test(arg))
  if (options.includes('x')) return exportVars(run, ['declare', ...names])
  if (options.includes('r')) return readonlyVars(run, ['declare', ...names])
  if (run.task.stack.some((frame) => frame.f === 'call') && !options.includes('g'))
    return local(run, ['declare', ...names])
  let status = 0
  for (const arg of names) if (define(run, argv, arg) === undefined) status = 1
  return status
}

export const readonlyVars: Builtin = (run, argv) => {
  let status = 0
  for (const arg of argv.slice(1).filter((one) => !one.startsWith('-'))) {
    const name = define(run, argv, arg)
    if (name === undefined) status = 1
    else run.shell = { ...run.shell, constant: { ...run.shell.constant, [name]: true } }
  }
  return status
}

export const letBuiltin: Builtin = (run, argv) => {
  let value = 0
  try {
    for (const expression of argv.slice(1))
      value = arithmetic(expression, {
        get: (name) => (run.shell.vars[name] === undefined ? undefined : String(run.shell.vars[name])),
        set: (name, text) => {
          run.shell = withVar(run.shell, name, text)
        },
      })
  } catch (problem) {
    if (!(problem instanceof ExpansionProblem)) throw problem
    return refuse(run, argv, problem.message)
  }
  return value === 0 ? 1 : 0
}
