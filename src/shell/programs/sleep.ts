import { fail, type Program } from '../program.ts'

const UNITS: { readonly [unit: string]: number } = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A duration as `sleep` and `timeout` write it, in ms; undefined when it is none. */
export function duration(text: string): number | undefined {
  if (text === 'infinity' || text === 'inf') return Number.POSITIVE_INFINITY
  const found = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(text)
  return found ? Math.round(Number(found[1]) * (UNITS[found[2] ?? ''] ?? 1000)) : undefined
}

/** Models: GNU coreutils sleep, in virtual time. */
export const sleep: Program = {
  name: 'sleep',
  summary: 'Pause for NUMBER seconds (or with suffix m, h, d).',
  usage: 'NUMBER[SUFFIX]...',
  operands: 'none',
  examples: ['sleep 1.5', 'sleep 10m'],
  run(call) {
    const args = call.argv.slice(1)
    if (args.length === 0) return fail("sleep: missing operand\nTry 'sleep --help' for more information.")
    let total = 0
    for (const arg of args) {
      const ms = duration(arg)
      if (ms === undefined)
        return fail(`sleep: invalid time interval '${arg}'\nTry 'sleep --help' for more information.`)
      total += ms
    }
    if (total === 0) return { exit: 0 }
    return { wait: total === Number.POSITIVE_INFINITY ? {} : { after: total }, state: null }
  },
  resume: () => ({ exit: 0 }),
}
