import type { Entity } from '../../kernel/index.ts'
import type { Program } from '../program.ts'

/** Models: top of busybox and procps. Unlike theirs, the screen is painted once: it then waits until it is ended. */
export const top: Program = {
  name: 'top',
  summary: 'Display Linux processes.',
  usage: '[-b] [-n COUNT]',
  operands: 'none',
  run(call) {
    const rows = call.world
      .ownedBy(call.host.id)
      .filter((one) => one.kind === 'shell.Process')
      .map((one) => one as Entity & { readonly pid: number; readonly command: string })
      .sort((a, b) => a.pid - b.pid)
    const stdout = [
      'Mem: 1012345K used, 3012345K free, 0K shrd, 0K buff, 0K cached',
      'CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq',
      'Load average: 0.00 0.00 0.00 1/100 1',
      '  PID USER     STAT COMMAND',
      ...rows.map(({ pid, command }) => `${String(pid).padStart(5)} ${'root'.padEnd(8)} S    ${command}`),
      '',
    ].join('\n')
    return call.argv.includes('-n') ? { exit: 0, stdout } : { wait: {}, state: null, stdout, catches: true }
  },
  resume: (call) => ({ exit: call.signal === 'TERM' ? 143 : 0 }),
}
