import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'
import { duration } from './sleep.ts'

/** Models: GNU coreutils timeout. */
export const timeout: Program = {
  name: 'timeout',
  summary: 'Start COMMAND, and kill it if still running after DURATION.',
  usage: '[OPTION] DURATION COMMAND [ARG]...',
  operands: 'commands',
  flags: [
    { name: 'signal', short: 's', value: 'SIGNAL', says: 'specify the signal to be sent on timeout' },
    { name: 'kill-after', short: 'k', value: 'DURATION', says: 'also send a KILL signal if still running' },
    { name: 'foreground', says: 'accepted, without effect' },
    { name: 'preserve-status', says: 'exit with the same status as COMMAND, even when it times out' },
  ],
  misuse: 125,
  run(call) {
    const options = readOptions(this, call.argv, { stopAtOperand: true })
    if ('exit' in options) return options
    const [limit, ...argv] = options.operands
    if (limit === undefined || argv.length === 0)
      return fail("timeout: missing operand\nTry 'timeout --help' for more information.", 125)
    const ms = duration(limit)
    if (ms === undefined)
      return fail(`timeout: invalid time interval '${limit}'\nTry 'timeout --help' for more information.`, 125)
    const kept = options.given['preserve-status'] === true
    return {
      wait: { run: { argv }, ...(ms > 0 && ms < Number.POSITIVE_INFINITY ? { after: ms } : {}) },
      state: { due: ms > 0 ? call.world.now + ms : null, kept },
    }
  },
  resume(call, state) {
    const { due, kept } = state as { due: number | null; kept: boolean }
    const code = call.child?.exitCode ?? 124
    return { exit: due !== null && call.world.now >= due && code === 143 && !kept ? 124 : code }
  },
}
