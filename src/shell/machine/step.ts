import { builtins } from '../builtins/table.ts'
import { advance } from './control.ts'
import { exitShell, killTask } from './ends.ts'
import type { Machine, Task } from './machine.ts'
import type { Inbox, Outcome, Place } from './place.ts'
import { Run } from './run.ts'
import { deliver } from './signals.ts'

/** How many turns a step may take before the process gives way, and for how long then: a loop that never waits must not stop the clock. */
const TURNS = 4000
const GIVE_WAY = 10

/**
 * Runs a machine until something that it emits must have its effect, or until it waits or ends. `inbox` is what came since.
 * Unlike on a real computer, computing takes no time, except that an endless loop gets one slice every 10 ms.
 */
export function step(machine: Machine, inbox: readonly Inbox[], place: Place): Outcome {
  const run = new Run(machine, place, builtins)
  const dead = receive(run, inbox)
  if (dead !== undefined) return outcome(run, { is: 'exited', exitCode: dead, shell: run.shell })
  wakeTimers(run)
  for (let turns = 0; ; turns++) {
    const task = run.tasks.find((one) => one.status === undefined && ready(run, one))
    if (!task || run.tasks[0]?.status !== undefined) break
    if (turns >= TURNS)
      return outcome(run, { is: 'waiting', due: place.world.now + GIVE_WAY, kinds: [], reading: false })
    run.current = task.id
    if (task.park) run.update({ park: undefined })
    advance(run)
    if (run.emissions.length > 0 || run.spawns.length > 0 || run.remotes.length > 0) break
  }
  run.current = 0
  const [main] = run.tasks
  if (main?.status !== undefined) return outcome(run, { is: 'exited', exitCode: main.status, shell: main.shell })
  if (run.tasks.some((one) => one.status === undefined && ready(run, one))) return outcome(run, { is: 'running' })
  const parks = run.tasks.flatMap((task) => (task.status === undefined && task.park ? [task.park] : []))
  const dues = parks.flatMap((park) => (park.due === undefined ? [] : [park.due]))
  return outcome(run, {
    is: 'waiting',
    due: dues.length > 0 ? Math.min(...dues) : undefined,
    kinds: [...new Set(parks.flatMap((park) => park.kinds ?? []))].sort(),
    reading: parks.some((park) => park.input),
  })
}

function outcome(run: Run, rest: Outcome['rest']): Outcome {
  const { machine, output, emissions, spawns, remotes } = run
  return { machine, output, emissions, spawns, remotes, rest }
}

function ready(run: Run, task: Task): boolean {
  const { park } = task
  if (!park || task.woke) return true
  if (park.tasks?.every((id) => run.tasks.find((one) => one.id === id)?.status !== undefined)) return true
  if (park.pipe) {
    const pipe = run.pipes[park.pipe.id]
    if (!pipe?.open || (!park.pipe.whole && pipe.text.includes('\n'))) return true
  }
  return park.children?.every((pid) => run.children[pid] != null || !alive(run, pid)) ?? false
}

function alive(run: Run, pid: number): boolean {
  return run.children[pid] === null || run.place.processes.some((one) => one.pid === pid)
}

function wakeTimers(run: Run): void {
  const { now } = run.place.world
  for (const task of run.tasks) {
    if (task.park?.due === undefined || task.park.due > now || task.woke) continue
    const top = task.stack[task.stack.length - 1]
    const why = task.park.kinds && top?.f === 'program' && !top.begun ? 'change' : 'time'
    if (task.park.tasks) {
      if (top?.f === 'program' && top.runs) killTask(run, top.runs.task, 143)
    }
    run.update({ woke: { why } }, task.id)
  }
}

/** Gives what came to the tasks that wait for it. Answers an exit code when it killed the process. */
function receive(run: Run, inbox: readonly Inbox[]): number | undefined {
  for (const item of inbox) {
    if (item.type === 'signal') {
      const dead = deliver(run, item.signal)
      if (dead !== undefined) return dead
    } else if (item.type === 'change') {
      for (const task of run.tasks) if (task.park?.kinds && !task.woke) run.update({ woke: { why: 'change' } }, task.id)
    } else if (item.type === 'input') {
      const task = run.tasks.find((one) => one.park?.input && !one.woke)
      if (task) run.update({ woke: { why: 'input', input: item.text } }, task.id)
    } else if (item.type === 'child') {
      const task = run.tasks.find((one) => one.park?.remote === item.process)
      if (task) run.update({ woke: { why: 'child', exitCode: item.exitCode } }, task.id)
      else if (run.children[item.pid] === null) run.children = { ...run.children, [item.pid]: item.exitCode }
    } else {
      const task = run.tasks.find((one) => one.park?.remote === item.process)
      if (!task) continue
      run.current = task.id
      for (const chunk of item.output)
        if (!run.write(chunk.stream === 'stdout' ? 1 : 2, chunk.text)) exitShell(run, 141)
      run.current = 0
    }
  }
  return undefined
}
