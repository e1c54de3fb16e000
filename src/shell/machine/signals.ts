import { killTask, unwind } from './ends.ts'
import type { Task } from './machine.ts'
import type { Run } from './run.ts'

/** Signals by name, with the numbers that exit codes are made of. */
export const SIGNALS: { readonly [name: string]: number } = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ABRT: 6,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  WINCH: 28,
}

/** The bare name of a signal written as `TERM`, `SIGTERM` or `15`. */
export function signalName(text: string): string | undefined {
  const name = text.toUpperCase().replace(/^SIG/, '')
  if (SIGNALS[name] !== undefined) return name
  return Object.entries(SIGNALS).find(([, number]) => String(number) === text)?.[0]
}

/**
 * Gives a signal to a machine. Answers the exit code when that ends it.
 * As on Linux, pid 1 ignores every signal that it does not handle, except KILL.
 */
export function deliver(run: Run, signal: string): number | undefined {
  const code = 128 + (SIGNALS[signal] ?? 15)
  const [main] = run.tasks
  if (signal === 'KILL') return code
  if (!main || ['CHLD', 'CONT', 'WINCH'].includes(signal)) return undefined
  const everyone = signal === 'INT' ? run.tasks : tail(main) ? [main] : []
  let caught = false
  for (const task of everyone) {
    const top = task.stack[task.stack.length - 1]
    if (task.status !== undefined || top?.f !== 'program' || !top.catches) continue
    run.update({ woke: { why: 'signal', signal } }, task.id)
    caught = true
  }
  run.current = main.id
  const trap = main.shell.traps[signal]
  if (trap === '') return undefined
  if (trap !== undefined) {
    run.update({ pending: [...(main.pending ?? []), signal] })
    interrupt(run, main, signal, code)
    return undefined
  }
  if (caught) return undefined
  if (signal === 'INT' && unwind(run, (frame) => frame.f === 'prompt', false)) {
    for (const task of run.tasks.slice(1)) killTask(run, task.id, code)
    run.tasks = run.tasks.filter((task) => task.id === main.id)
    run.swap({ f: 'prompt', text: '' })
    run.update({ park: undefined, woke: undefined })
    run.shell = { ...run.shell, last: code }
    run.write(2, '\n')
    return undefined
  }
  if (run.place.pid === 1) return undefined
  const exit = main.shell.traps['EXIT']
  if (exit === undefined || main.ending !== undefined) return code
  for (const task of run.tasks.slice(1)) killTask(run, task.id, code)
  run.update({ ending: code, park: undefined, woke: undefined, stack: [{ f: 'argv', argv: ['eval', exit] }] })
  return undefined
}

/** Whether the program on top is all that the process still has to do, so that it stands for the process itself. */
function tail(task: Task): boolean {
  return task.stack.slice(0, -1).every((frame) => {
    if (frame.f === 'list') return frame.at >= frame.script.items.length
    return frame.f === 'item' ? frame.at > frame.item.rest.length : false
  })
}

/** What a shell with a trap leaves at once: a wait or a read; and with INT also the command that it runs. */
function interrupt(run: Run, main: Task, signal: string, code: number): void {
  const top = main.stack[main.stack.length - 1]
  if (top?.f === 'wait' || top?.f === 'read' || (signal === 'INT' && main.park)) {
    for (const task of run.tasks.slice(1)) if (signal === 'INT') killTask(run, task.id, code)
    if (signal === 'INT') run.tasks = run.tasks.filter((task) => task.id === main.id)
    run.update({ park: undefined, woke: undefined })
    run.finish(code)
  }
}
