import { resolvePath } from '../files.ts'
import type { Redirect } from '../parse/ast.ts'
import type { Fd, Fds } from './machine.ts'
import type { Run } from './run.ts'

export interface Redirection {
  readonly fd: number
  readonly op: Redirect['op']
  readonly target: string
}

/** The descriptors of the current task with redirections made, or undefined after saying what is wrong. */
export function redirectTo(run: Run, redirections: readonly Redirection[]): Fds | undefined {
  const fds: { [fd: number]: Fd } = { ...run.task.fds }
  for (const { fd, op, target } of redirections) {
    if (op === '<<' || op === '<<<') fds[fd] = { to: 'pipe', id: run.newPipe(target, false) }
    else if ((op === '>&' || op === '<&') && /^(\d+|-)$/.test(target)) {
      if (target === '-') delete fds[fd]
      else {
        const from = fds[Number(target)]
        if (!from) return complain(run, `${target}: Bad file descriptor`)
        fds[fd] = from
      }
    } else if (op === '<' || op === '<>') {
      const opened = openToRead(run, target)
      if (!opened) return undefined
      fds[fd] = opened
    } else {
      const opened = openToWrite(run, fds, target, op === '>>' || op === '&>>')
      if (!opened) return undefined
      fds[fd] = opened
      if (op.startsWith('&') || op === '>&') {
        fds[1] = opened
        fds[2] = opened
      }
    }
  }
  return fds
}

function openToRead(run: Run, target: string): Fd | undefined {
  if (target === '/dev/null') return { to: 'null' }
  if (target === '/dev/stdin') return run.task.fds[0] ?? { to: 'null' }
  if (target === '/dev/tty') return { to: 'tty', as: 'stdout' }
  const read = run.place.files.read(resolvePath(run.shell.cwd, target))
  if ('error' in read) return complain(run, `${target}: ${read.error}`)
  return { to: 'pipe', id: run.newPipe(read.text, false) }
}

function openToWrite(run: Run, fds: Fds, target: string, append: boolean): Fd | undefined {
  if (target === '/dev/null') return { to: 'null' }
  if (target === '/dev/stdout') return fds[1] ?? { to: 'null' }
  if (target === '/dev/stderr') return fds[2] ?? { to: 'null' }
  if (target === '/dev/tty' || target === '/proc/1/fd/1') return { to: 'tty', as: 'stdout' }
  if (target === '/proc/1/fd/2') return { to: 'tty', as: 'stderr' }
  if (target === '') return complain(run, ': No such file or directory')
  const path = resolvePath(run.shell.cwd, target)
  const error = run.place.files.write(path, '', append)
  if (error !== undefined) return complain(run, `${target}: ${error}`)
  return { to: 'file', path }
}

function complain(run: Run, text: string): undefined {
  run.complain(text)
  return undefined
}
