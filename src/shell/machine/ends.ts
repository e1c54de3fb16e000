import type { Frame, Task } from './machine.ts'
import type { Run } from './run.ts'
import { withoutVar, withVar } from './shell.ts'

/** Ends the current task: its pipes are closed or broken, its EXIT trap runs first. */
export function endTask(run: Run, status: number): void {
  const { task } = run
  const trap = task.shell.traps['EXIT']
  if (trap !== undefined && task.ending === undefined && !(run.place.keeps && task.id === 0)) {
    run.update({ ending: status, stack: [], park: undefined })
    run.shell = { ...run.shell, last: status }
    run.push({ f: 'argv', argv: ['eval', trap] })
    return
  }
  run.update({ status: task.ending ?? status, stack: [], park: undefined })
  release(run, task)
}

/** Kills the tasks that another one waits for, and theirs. */
export function killTask(run: Run, id: number, status: number): void {
  const task = run.tasks.find((one) => one.id === id)
  if (!task || task.status !== undefined) return
  for (const child of childrenOf(task)) killTask(run, child, status)
  run.update({ status, stack: [], park: undefined }, id)
  release(run, task)
}

/** Tasks that a task has started and waits for. */
export function childrenOf(task: Task): readonly number[] {
  return task.stack.flatMap((frame) => {
    if (frame.f === 'pipeline') return [...(frame.tasks ?? [])]
    if (frame.f === 'subshell') return [frame.task]
    if (frame.f === 'words' && frame.running) return [frame.running.task]
    if (frame.f === 'program' && frame.runs) return [frame.runs.task]
    return []
  })
}

function release(run: Run, task: Task): void {
  const mine = (id: number, side: 'read' | 'write'): boolean =>
    run.tasks.some((other) => {
      if (other.id === task.id || other.status !== undefined) return false
      const fds = [other.fds, ...other.stack.flatMap((frame) => (frame.f === 'fds' ? [frame.fds] : []))]
      return fds.some((table) =>
        Object.entries(table).some(([n, fd]) => fd.to === 'pipe' && fd.id === id && (n === '0') === (side === 'read')),
      )
    })
  const tables = [task.fds, ...task.stack.flatMap((frame) => (frame.f === 'fds' ? [frame.fds] : []))]
  for (const table of tables) {
    for (const [n, fd] of Object.entries(table)) {
      if (fd.to !== 'pipe') continue
      if (n === '0' && !mine(fd.id, 'read')) run.setPipe(fd.id, { broken: true })
      if (n !== '0' && !mine(fd.id, 'write')) run.setPipe(fd.id, { open: false })
    }
  }
}

/** Leaves a frame that kept something to be put back. */
export function restore(run: Run, frame: Frame): void {
  if (frame.f === 'fds') run.update({ fds: frame.fds })
  else if (frame.f === 'call') {
    putBack(run, frame.locals)
    run.shell = { ...run.shell, positional: frame.positional }
  } else if (frame.f === 'source' && frame.positional) run.shell = { ...run.shell, positional: frame.positional }
  else if (frame.f === 'vars') putBack(run, frame.vars)
}

function putBack(run: Run, vars: { readonly [name: string]: string | readonly string[] | null }): void {
  for (const [name, value] of Object.entries(vars))
    run.shell = value === null ? withoutVar(run.shell, name) : withVar(run.shell, name, value)
}

/** Pops frames until one answers true, putting back what they kept; false when none does. */
export function unwind(run: Run, until: (frame: Frame) => boolean, popIt: boolean): boolean {
  if (!run.task.stack.some(until)) return false
  for (let frame = run.top; frame; frame = run.top) {
    const found = until(frame)
    if (found && !popIt) return true
    run.pop()
    restore(run, frame)
    if (found) return true
  }
  return false
}

/** Ends the shell of the current task, as `exit` does. */
export function exitShell(run: Run, status: number): void {
  for (let frame = run.top; frame; frame = run.top) {
    run.pop()
    restore(run, frame)
    if (frame.f === 'prompt') break
  }
  endTask(run, status)
}

/** After a command has failed: ends the shell when `set -e` asks for it. */
export function checkErrexit(run: Run): void {
  const { shell, task } = run
  if (shell.last === 0 || !shell.options['e'] || task.stack.some((frame) => frame.cond)) return
  exitShell(run, shell.last)
}
