import { resolvePath } from '../files.ts'
import { runArgv } from '../machine/command.ts'
import { endTask, exitShell, restore, unwind } from '../machine/ends.ts'
import type { Frame } from '../machine/machine.ts'
import type { Run } from '../machine/run.ts'
import { signalName } from '../machine/signals.ts'
import { parse } from '../parse/parser.ts'
import { type Builtin, refuse } from './builtin.ts'

export const evaluate: Builtin = (run, argv) => {
  const script = parse(argv.slice(1).join(' '), { aliases: run.shell.aliases })
  run.status(0)
  run.push({ f: 'list', script, at: 0 })
  return undefined
}

export const source: Builtin = (run, argv) => {
  const [, name, ...args] = argv
  if (name === undefined) return refuse(run, argv, 'filename argument required', 2)
  const read = run.place.files.read(resolvePath(run.shell.cwd, name))
  if ('error' in read) {
    run.complain(`${name}: ${read.error}`)
    return 1
  }
  const script = parse(read.text, { aliases: run.shell.aliases })
  run.push(args.length > 0 ? { f: 'source', positional: run.shell.positional } : { f: 'source' })
  if (args.length > 0) run.shell = { ...run.shell, positional: args }
  run.status(0)
  run.push({ f: 'list', script, at: 0 })
  return undefined
}

export const exit: Builtin = (run, argv) => {
  const code = statusOf(run, argv)
  if (code === undefined) {
    run.complain(`${argv[0]}: ${argv[1]}: numeric argument required`)
    exitShell(run, 2)
  } else exitShell(run, code)
  return undefined
}

export const exec: Builtin = (run, argv) => {
  const args = argv.slice(argv[1] === '--' ? 2 : 1)
  if (args.length === 0) {
    const top = run.top
    if (top?.f === 'fds') run.swap({ f: 'fds', fds: run.task.fds })
    return 0
  }
  const { fds } = run.task
  for (let frame = run.top; frame; frame = run.top) {
    run.pop()
    if (frame.f !== 'fds') restore(run, frame)
  }
  run.update({ fds })
  run.shell = { ...run.shell, traps: {} }
  runArgv(run, args, [], true)
  if (run.top === undefined && run.task.status === undefined) endTask(run, run.shell.last)
  return undefined
}

export const returnFrom: Builtin = (run, argv) => {
  const code = statusOf(run, argv) ?? 2
  if (!unwind(run, (frame) => frame.f === 'call' || frame.f === 'source', true))
    return refuse(run, argv, "can only `return' from a function or sourced script")
  run.status(code)
  return undefined
}

export const breakLoop: Builtin = (run, argv) => leave(run, argv, false)
export const continueLoop: Builtin = (run, argv) => leave(run, argv, true)

function leave(run: Run, argv: readonly string[], again: boolean): number | undefined {
  const times = Number(argv[1] ?? 1)
  if (!Number.isInteger(times) || times < 1) return refuse(run, argv, `${argv[1]}: loop count out of range`)
  const loops: Frame[] = []
  for (const frame of run.task.stack.toReversed()) {
    if (frame.f === 'call' || frame.f === 'source') break
    if (frame.f === 'while' || frame.f === 'for' || frame.f === 'cfor') loops.push(frame)
  }
  const target = loops[Math.min(times, loops.length) - 1]
  if (!target) {
    run.complain(`${argv[0]}: only meaningful in a \`for', \`while', or \`until' loop`)
    return 0
  }
  unwind(run, (frame) => frame === target, !again)
  if (again && target.f === 'while') {
    const { cond: _, tested: __, ...rest } = target
    run.swap(rest)
  }
  run.status(0)
  return undefined
}

export const trap: Builtin = (run, argv) => {
  const args = argv.slice(argv[1] === '--' ? 2 : 1)
  const { traps } = run.shell
  if (args.length === 0 || args[0] === '-p') {
    for (const [signal, action] of Object.entries(traps))
      run.write(1, `trap -- '${action.replaceAll("'", "'\\''")}' ${signal === 'EXIT' ? signal : `SIG${signal}`}\n`)
    return 0
  }
  const [action = '', ...signals] = args.length === 1 ? ['-', ...args] : args
  const next = { ...traps }
  for (const written of signals) {
    const signal =
      written === '0' || written.toUpperCase() === 'EXIT'
        ? 'EXIT'
        : ['ERR', 'DEBUG', 'RETURN'].includes(written)
          ? written
          : signalName(written)
    if (signal === undefined) return refuse(run, argv, `${written}: invalid signal specification`)
    if (action === '-') delete next[signal]
    else next[signal] = action
  }
  run.shell = { ...run.shell, traps: next }
  return 0
}

function statusOf(run: Run, argv: readonly string[]): number | undefined {
  const [, text] = argv
  if (text === undefined) return run.task.ending ?? run.shell.last
  return /^-?\d+$/.test(text) ? ((Number(text) % 256) + 256) % 256 : undefined
}
