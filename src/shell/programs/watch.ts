import { EPOCH } from '../../kernel/world.ts'
import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'
import { formatDate } from './date.ts'

/** Models: procps watch: runs a command again and again in virtual time and draws its output over the last. */
export const watch: Program = {
  name: 'watch',
  summary: 'Execute a program periodically, showing output fullscreen.',
  usage: '[options] command',
  operands: 'commands',
  flags: [
    { name: 'interval', short: 'n', value: 'secs', says: 'seconds to wait between updates' },
    { name: 'differences', short: 'd', says: 'accepted, without effect' },
    { name: 'no-title', short: 't', says: 'turn off header' },
    { name: 'errexit', short: 'e', says: 'exit if command has a non-zero exit' },
    { name: 'exec', short: 'x', says: 'pass command to exec instead of "sh -c"' },
  ],
  examples: ['watch -n 1 kubectl get pods'],
  run(call) {
    const options = readOptions(this, call.argv, { stopAtOperand: true })
    if ('exit' in options) return options
    if (options.operands.length === 0) return fail('Usage:\n watch [options] command')
    const { given } = options
    const seconds = Number(given['interval'] ?? 2)
    if (Number.isNaN(seconds)) return fail(`watch: failed to parse argument: '${given['interval']}'`)
    const text = options.operands.join(' ')
    const argv = given['exec'] ? options.operands : ['sh', '-c', text]
    const state = {
      argv,
      text,
      every: Math.max(100, Math.round(seconds * 1000)),
      title: !given['no-title'],
      strict: given['errexit'] === true,
      shown: false,
    }
    return { wait: { run: { argv, capture: true } }, state }
  },
  resume(call, saved) {
    const state = saved as {
      argv: string[]
      text: string
      every: number
      title: boolean
      strict: boolean
      shown: boolean
    }
    if (!call.child) return { wait: { run: { argv: state.argv, capture: true } }, state }
    const right = `${call.env['HOSTNAME'] ?? 'localhost'}: ${formatDate('%a %b %e %H:%M:%S %Y', EPOCH + call.world.now)}`
    const left = `Every ${(state.every / 1000).toFixed(1)}s: ${state.text}`
    const title = state.title ? `${left}${right.padStart(Math.max(right.length + 2, 80 - left.length))}\n\n` : ''
    const stdout = `\x1b[H\x1b[2J${title}${call.child.stdout ?? ''}`
    if (state.strict && call.child.exitCode !== 0) return { exit: 8, stdout }
    return { wait: { after: state.every }, state, stdout }
  },
}
