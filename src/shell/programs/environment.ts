import type { Program } from '../program.ts'

/** Models: GNU coreutils env. */
export const env: Program = {
  name: 'env',
  summary: 'Set each NAME to VALUE in the environment and run COMMAND.',
  usage: '[OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]',
  operands: 'commands',
  flags: [
    { name: 'ignore-environment', short: 'i', says: 'start with an empty environment' },
    { name: 'unset', short: 'u', value: 'NAME', says: 'remove variable from the environment' },
  ],
  run(call) {
    const args = call.argv.slice(1)
    let set: { [name: string]: string } = { ...call.env }
    for (let arg = args[0]; arg !== undefined; arg = args[0]) {
      if (arg === '-i' || arg === '-' || arg === '--ignore-environment') set = {}
      else if (arg === '-u') {
        args.shift()
        delete set[args[0] ?? '']
      } else if (/^[A-Za-z_]\w*=/.test(arg)) set[arg.slice(0, arg.indexOf('='))] = arg.slice(arg.indexOf('=') + 1)
      else if (arg !== '--') break
      args.shift()
    }
    if (args.length > 0) return { wait: { run: { argv: args, env: set } }, state: null }
    return {
      exit: 0,
      stdout: Object.entries(set)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    }
  },
  resume: (call) => ({ exit: call.child?.exitCode ?? 0 }),
}

/** Models: GNU coreutils printenv. */
export const printenv: Program = {
  name: 'printenv',
  summary: 'Print the values of the specified environment VARIABLE(s).',
  usage: '[VARIABLE]...',
  operands: 'none',
  run(call) {
    const names = call.argv.slice(1)
    if (names.length === 0)
      return {
        exit: 0,
        stdout: Object.entries(call.env)
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
      }
    const values = names.map((name) => call.env[name])
    return {
      exit: values.includes(undefined) ? 1 : 0,
      stdout: values.map((value) => (value === undefined ? '' : `${value}\n`)).join(''),
    }
  },
}
