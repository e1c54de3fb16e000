import { readOptions } from '../options.ts'
import type { Call, Program, Step } from '../program.ts'

interface State {
  readonly batches: readonly (readonly string[])[]
  readonly at: number
  readonly exit: number
  readonly trace: boolean
}

/** Models: GNU findutils xargs. */
export const xargs: Program = {
  name: 'xargs',
  summary: 'Run COMMAND with arguments read from standard input.',
  usage: '[OPTION]... COMMAND [INITIAL-ARGS]...',
  operands: 'commands',
  flags: [
    { name: 'max-args', short: 'n', value: 'MAX-ARGS', says: 'use at most MAX-ARGS arguments per command line' },
    { name: 'replace', short: 'I', value: 'R', says: 'replace R in INITIAL-ARGS with names read, one line a command' },
    { name: 'max-lines', short: 'L', value: 'MAX-LINES', says: 'use at most MAX-LINES lines per command line' },
    { name: 'delimiter', short: 'd', value: 'CHARACTER', says: 'items are separated by CHARACTER' },
    { name: 'null', short: '0', says: 'items are separated by a null' },
    { name: 'no-run-if-empty', short: 'r', says: 'if there are no arguments, do not run COMMAND' },
    { name: 'max-procs', short: 'P', value: 'MAX-PROCS', says: 'accepted; commands run one after another' },
    { name: 'verbose', short: 't', says: 'print commands before executing them' },
  ],
  run(call) {
    const options = readOptions(this, call.argv, { stopAtOperand: true })
    if ('exit' in options) return options
    const { given } = options
    const command = options.operands.length > 0 ? options.operands : ['echo']
    const text = call.stdin ?? ''
    const replace = given['replace']
    let items: string[]
    if (given['null']) items = text.split('\0').filter((item) => item !== '')
    else if (typeof given['delimiter'] === 'string') {
      const mark = given['delimiter'] === '\\n' ? '\n' : given['delimiter']
      items = (text.endsWith(mark) ? text.slice(0, -mark.length) : text).split(mark)
    } else if (typeof replace === 'string' || given['max-lines'])
      items = text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
    else items = words(text)
    let batches: (readonly string[])[]
    if (typeof replace === 'string')
      batches = items.map((item) => command.map((word) => word.replaceAll(replace, item)))
    else {
      const size = Number(given['max-args'] ?? given['max-lines'] ?? Math.max(1, items.length))
      batches = []
      for (let at = 0; at < items.length; at += size)
        batches.push([
          ...command,
          ...items.slice(at, at + size).flatMap((item) => (given['max-lines'] ? words(item) : [item])),
        ])
      if (items.length === 0 && !given['no-run-if-empty']) batches.push(command)
    }
    return next(call, { batches, at: 0, exit: 0, trace: given['verbose'] === true })
  },
  resume(call, saved) {
    const state = saved as unknown as State
    const code = call.child?.exitCode ?? 0
    if (code === 255)
      return { exit: 124, stderr: `xargs: ${state.batches[state.at - 1]?.[0]}: exited with status 255; aborting\n` }
    if (code === 127 || code === 126) return { exit: code }
    return next(call, { ...state, exit: code === 0 ? state.exit : 123 })
  },
}

function next(_: Call, state: State): Step {
  const argv = state.batches[state.at]
  if (!argv) return { exit: state.exit }
  return {
    wait: { run: { argv, stdin: '' } },
    state: { ...state, at: state.at + 1 },
    stderr: state.trace ? `${argv.join(' ')}\n` : '',
  }
}

function words(text: string): string[] {
  return [...text.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'|\\(.)/g, (_, a?: string, b?: string, c?: string) => a ?? b ?? c ?? ''),
  )
}
