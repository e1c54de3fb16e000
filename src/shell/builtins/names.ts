import { findProgram, runArgv } from '../machine/command.ts'
import type { Run } from '../machine/run.ts'
import { type Builtin, refuse } from './builtin.ts'

const KEYWORDS = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'for',
  'while',
  'until',
  'do',
  'done',
  'case',
  'esac',
  'in',
  'function',
  'time',
  '{',
  '}',
  '!',
  '[[',
  ']]',
])

interface Found {
  readonly is: 'alias' | 'keyword' | 'function' | 'builtin' | 'file'
  readonly text: string
}

function find(run: Run, name: string): Found | undefined {
  const { aliases, functions } = run.shell
  if (aliases[name] !== undefined) return { is: 'alias', text: aliases[name] }
  if (KEYWORDS.has(name)) return { is: 'keyword', text: name }
  if (functions[name]) return { is: 'function', text: name }
  if (run.builtins.has(name) && name !== 'which') return { is: 'builtin', text: name }
  const program = findProgram(run, name)
  return program === undefined ? undefined : { is: 'file', text: pathOf(name) }
}

function pathOf(name: string): string {
  if (name.startsWith('/')) return name
  return ['kubectl', 'docker', 'helm', 'aws', 'minikube', 'kind'].includes(name)
    ? `/usr/local/bin/${name}`
    : `/usr/bin/${name}`
}

export const type: Builtin = (run, argv) => {
  let status = 0
  const short = argv[1] === '-t'
  for (const name of argv.slice(short ? 2 : 1)) {
    const found = find(run, name)
    if (!found) {
      status = short ? 1 : refuse(run, argv, `${name}: not found`)
      continue
    }
    if (short) run.write(1, `${found.is}\n`)
    else if (found.is === 'alias') run.write(1, `${name} is aliased to \`${found.text}'\n`)
    else if (found.is === 'file') run.write(1, `${name} is ${found.text}\n`)
    else if (found.is === 'keyword') run.write(1, `${name} is a shell keyword\n`)
    else run.write(1, `${name} is a ${found.is === 'builtin' ? 'shell builtin' : 'function'}\n`)
  }
  return status
}

export const which: Builtin = (run, argv) => {
  let status = 0
  for (const name of argv.slice(1).filter((arg) => !arg.startsWith('-'))) {
    if (
      findProgram(run, name) === undefined &&
      !['echo', 'true', 'false', 'test', '[', 'printf', 'pwd', 'kill'].includes(name)
    )
      status = 1
    else run.write(1, `${pathOf(name)}\n`)
  }
  return status
}

export const commandBuiltin: Builtin = (run, argv) => {
  const [, option, ...rest] = argv
  if (option === undefined) return 0
  if (argv[0] === 'builtin') {
    const builtin = run.builtins.get(option)
    return builtin ? builtin(run, argv.slice(1)) : refuse(run, argv, `${option}: not a shell builtin`)
  }
  if (option === '-v' || option === '-V') {
    let status = 0
    for (const name of rest) {
      const found = find(run, name)
      if (!found) {
        status = option === '-V' ? refuse(run, argv, `${name}: not found`) : 1
      } else if (option === '-V') status = type(run, ['type', name]) ?? 0
      else run.write(1, found.is === 'alias' ? `alias ${name}='${found.text}'\n` : `${found.text}\n`)
    }
    return status
  }
  runArgv(run, option === '-p' || option === '--' ? rest : argv.slice(1), [], true)
  return undefined
}

export const alias: Builtin = (run, argv) => {
  const { aliases } = run.shell
  const show = (name: string, value: string): void => {
    run.write(1, `alias ${name}='${value.replaceAll("'", "'\\''")}'\n`)
  }
  if (argv.length === 1) for (const name of Object.keys(aliases).sort()) show(name, aliases[name] as string)
  let status = 0
  for (const arg of argv.slice(1)) {
    const cut = arg.indexOf('=')
    if (cut > 0)
      run.shell = { ...run.shell, aliases: { ...run.shell.aliases, [arg.slice(0, cut)]: arg.slice(cut + 1) } }
    else if (aliases[arg] !== undefined) show(arg, aliases[arg])
    else status = refuse(run, argv, `${arg}: not found`)
  }
  return status
}

export const unalias: Builtin = (run, argv) => {
  if (argv[1] === '-a') {
    run.shell = { ...run.shell, aliases: {} }
    return 0
  }
  let status = 0
  for (const name of argv.slice(1)) {
    const { [name]: value, ...aliases } = run.shell.aliases
    if (value === undefined) status = refuse(run, argv, `${name}: not found`)
    run.shell = { ...run.shell, aliases }
  }
  return status
}
