import type { Command } from '../parse/ast.ts'

/** The variables and settings of a shell: what a subshell copies and a session keeps from line to line. Plain JSON. */
export interface Shell {
  readonly vars: { readonly [name: string]: string | readonly string[] }
  readonly exported: { readonly [name: string]: true }
  readonly constant: { readonly [name: string]: true }
  readonly functions: { readonly [name: string]: Command }
  readonly aliases: { readonly [name: string]: string }
  /** Letters and long names of the options that are on: `e`, `x`, `u`, `f`, `pipefail`, `nullglob`. */
  readonly options: { readonly [option: string]: true }
  /** By signal name or `EXIT`: what to run. */
  readonly traps: { readonly [signal: string]: string }
  readonly cwd: string
  /** `$?`. */
  readonly last: number
  /** `$0` and `$1`... */
  readonly name: string
  readonly positional: readonly string[]
  /** `$$`, and `$!` once something runs in the background. */
  readonly pid: number
  readonly background?: number | undefined
  /** How often `$RANDOM` was drawn. */
  readonly draws: number
}

/** A fresh shell with an environment. */
export function newShell(env: { readonly [name: string]: string }, cwd: string, pid: number, name = 'bash'): Shell {
  return {
    vars: { ...env, PWD: cwd },
    exported: Object.fromEntries([...Object.keys(env), 'PWD'].map((key) => [key, true as const])),
    constant: {},
    functions: {},
    aliases: {},
    options: {},
    traps: {},
    cwd,
    last: 0,
    name,
    positional: [],
    pid,
    draws: 0,
  }
}

/** What programs see of the variables. */
export function environment(shell: Shell): { readonly [name: string]: string } {
  const env: { [name: string]: string } = {}
  for (const name of Object.keys(shell.exported)) {
    const value = shell.vars[name]
    if (value !== undefined) env[name] = typeof value === 'string' ? value : (value[0] ?? '')
  }
  return env
}

/** The shell with one variable set. */
export function withVar(shell: Shell, name: string, value: string | readonly string[]): Shell {
  const exported = shell.options['a'] ? { ...shell.exported, [name]: true as const } : shell.exported
  return { ...shell, exported, vars: { ...shell.vars, [name]: value } }
}

/** The shell with one variable gone. */
export function withoutVar(shell: Shell, name: string): Shell {
  const { [name]: _, ...vars } = shell.vars
  const { [name]: __, ...exported } = shell.exported
  return { ...shell, vars, exported }
}
