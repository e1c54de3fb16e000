import type { Emission } from '../../kernel/event.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { Builtin } from '../builtins/builtin.ts'
import type { Fd, Fds, Frame, Machine, Park, Pipe, Task } from './machine.ts'
import type { Chunk, Place, Remote, Spawn } from './place.ts'
import type { Shell } from './shell.ts'

/** One step of a machine under way: a copy that may be changed, and what it has brought forth so far. Its parts are replaced, not mutated. */
export class Run {
  readonly place: Place
  /** Commands of the shell itself, by name: they call the machine, and it calls them. */
  readonly builtins: ReadonlyMap<string, Builtin>
  tasks: Task[]
  pipes: { [id: number]: Pipe }
  next: number
  children: { [pid: number]: number | null }
  readonly output: Chunk[] = []
  readonly emissions: Emission[] = []
  readonly spawns: Spawn[] = []
  readonly remotes: Remote[] = []
  /** The task whose turn it is. */
  current = 0

  constructor(machine: Machine, place: Place, builtins: ReadonlyMap<string, Builtin>) {
    this.place = place
    this.builtins = builtins
    this.tasks = [...machine.tasks]
    this.pipes = { ...machine.pipes }
    this.next = machine.next
    this.children = { ...machine.children }
  }

  get machine(): Machine {
    return { tasks: this.tasks, pipes: this.pipes, next: this.next, children: this.children }
  }

  get task(): Task {
    const task = this.tasks.find((one) => one.id === this.current)
    invariant(task, `task ${this.current} of ${this.place.process.id} is gone`)
    return task
  }

  get shell(): Shell {
    return this.task.shell
  }

  set shell(shell: Shell) {
    this.update({ shell })
  }

  /** Changes fields of the current task, or of another. */
  update(change: Partial<Task>, id = this.current): void {
    this.tasks = this.tasks.map((task) => (task.id === id ? { ...task, ...change } : task))
  }

  get top(): Frame | undefined {
    return this.task.stack[this.task.stack.length - 1]
  }

  push(frame: Frame): void {
    this.update({ stack: [...this.task.stack, frame] })
  }

  pop(): void {
    this.update({ stack: this.task.stack.slice(0, -1) })
  }

  /** Puts another frame in the place of the one that runs. */
  swap(frame: Frame): void {
    this.update({ stack: [...this.task.stack.slice(0, -1), frame] })
  }

  /** Ends what runs with a status. */
  finish(status: number): void {
    this.pop()
    this.status(status)
  }

  status(last: number): void {
    this.shell = { ...this.shell, last }
  }

  park(park: Park): void {
    this.update({ park })
  }

  /** Starts a task with a copy of the current shell. */
  fork(stack: readonly Frame[], fds: Fds, shell: Shell = { ...this.shell, traps: {} }): number {
    const id = this.next++
    this.tasks.push({ id, stack, shell, fds })
    this.tasks = [...this.tasks]
    return id
  }

  /** The status of a task that is done, which is forgotten. */
  collect(id: number): number {
    const status = this.tasks.find((task) => task.id === id)?.status ?? 0
    this.tasks = this.tasks.filter((task) => task.id !== id)
    return status
  }

  newPipe(text = '', open = true): number {
    const id = this.next++
    this.pipes = { ...this.pipes, [id]: { text, open } }
    return id
  }

  setPipe(id: number, change: Partial<Pipe>): void {
    const pipe = this.pipes[id]
    if (pipe) this.pipes = { ...this.pipes, [id]: { ...pipe, ...change } }
  }

  /** The text that a pipe took; the pipe is forgotten. */
  drain(id: number): string {
    const { [id]: pipe, ...rest } = this.pipes
    this.pipes = rest
    return pipe?.text ?? ''
  }

  /** Writes to a descriptor of the current task. Answers false when nobody reads there any more. */
  write(fd: number, text: string): boolean {
    return text === '' || this.writeTo(this.task.fds[fd], text)
  }

  writeTo(to: Fd | undefined, text: string): boolean {
    if (!to || to.to === 'null') return true
    if (to.to === 'tty') {
      const last = this.output[this.output.length - 1]
      if (last?.stream === to.as) this.output[this.output.length - 1] = { stream: to.as, text: last.text + text }
      else this.output.push({ stream: to.as, text })
      return true
    }
    if (to.to === 'file') {
      this.place.files.write(to.path, text, true)
      return true
    }
    const pipe = this.pipes[to.id]
    if (!pipe || pipe.broken) return false
    this.setPipe(to.id, { text: pipe.text + text })
    return true
  }

  /** Says something on standard error, in the shell's name. */
  complain(text: string): void {
    this.write(2, `${this.shell.name.replace(/^-/, '')}: ${text}\n`)
  }
}
