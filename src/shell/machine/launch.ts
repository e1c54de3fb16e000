import { helpOf } from '../help.ts'
import type { Call, Program, Step, Wait } from '../program.ts'
import { exitShell } from './ends.ts'
import type { Park, Running, Woke } from './machine.ts'
import type { Run } from './run.ts'

/** Thrown where a program reads input that is not complete yet: it is run again when it is. */
class NotYet extends Error {}

/** Starts a program or resumes it. */
export function advanceProgram(run: Run, frame: Running) {
  const program = run.place.programs.get(frame.name)
  if (!program) {
    run.complain(`${frame.name}: command not found`)
    return run.finish(127)
  }
  if (!frame.begun && !program.ownHelp && frame.argv.includes('--help')) {
    run.write(1, helpOf(program))
    return run.finish(0)
  }
  const input = run.task.fds[0]
  const pipe = input?.to === 'pipe' ? run.pipes[input.id] : undefined
  if (pipe && input?.to === 'pipe' && (frame.begun || pipe.open) && program.linewise?.(frame.argv))
    return byLines(run, frame, program, input.id)
  const woke = run.task.woke
  const call = makeCall(run, frame, woke)
  let step: Step
  try {
    step =
      !frame.begun || frame.state === undefined || !program.resume
        ? program.run(call)
        : program.resume(call, frame.state)
  } catch (later) {
    if (!(later instanceof NotYet) || input?.to !== 'pipe') throw later
    return run.park({ pipe: { id: input.id, whole: true } })
  }
  if (frame.runs?.pipe !== undefined) run.drain(frame.runs.pipe)
  run.update({ woke: undefined })
  take(run, frame, step)
}

function byLines(run: Run, frame: Running, program: Program, id: number) {
  const pipe = run.pipes[id]
  const open = pipe?.open === true
  const text = pipe?.text ?? ''
  const end = open ? text.lastIndexOf('\n') + 1 : text.length
  const best = typeof frame.state === 'number' ? frame.state : undefined
  if (end === 0 && open) return run.park({ pipe: { id, whole: false } })
  run.setPipe(id, { text: text.slice(end) })
  let exit = best ?? 1
  if (end > 0 || best === undefined) {
    const step = program.run(makeCall(run, frame, undefined, text.slice(0, end)))
    if (!('exit' in step)) return run.finish(2)
    exit = best === undefined ? step.exit : Math.min(best, step.exit)
    run.write(2, step.stderr ?? '')
    if (!run.write(1, step.stdout ?? '')) return exitShell(run, 141)
  }
  if (!open) return run.finish(exit)
  run.swap({ ...frame, begun: true, state: exit })
  run.park({ pipe: { id, whole: false } })
}

function take(run: Run, frame: Running, step: Step) {
  if (step.errorsFirst) run.write(2, step.stderr ?? '')
  const heard = run.write(1, step.stdout ?? '')
  if (!step.errorsFirst) run.write(2, step.stderr ?? '')
  if (step.emit) run.emissions.push(...step.emit)
  if ('exit' in step) return run.finish(step.exit)
  if (!heard) return exitShell(run, 141)
  const { runs: _, catches: __, ...rest } = frame
  const waits: Running = { ...rest, begun: true, state: step.state ?? null, ...(step.catches ? { catches: true } : {}) }
  const now = run.place.world.now
  const { wait } = step
  const park: { -readonly [K in keyof Park]: Park[K] } = {}
  if (wait.after !== undefined) park.due = now + Math.max(1, Math.round(wait.after))
  if (wait.changeOf) {
    park.kinds = wait.changeOf
    if (!frame.watched) park.due = Math.min(park.due ?? Number.POSITIVE_INFINITY, now + 1)
  }
  const watched = wait.changeOf ? ({ watched: true } as const) : {}
  if (wait.input || wait.stdin) {
    const input = run.task.fds[0]
    if (input?.to === 'tty') park.input = true
    else if (input?.to === 'pipe') park.pipe = { id: input.id, whole: false }
    else park.due = now + 1
  }
  run.swap({ ...waits, ...watched, ...runOther(run, frame, wait, park) })
  run.park(park)
}

function runOther(
  run: Run,
  frame: Running,
  wait: Wait,
  park: { -readonly [K in keyof Park]: Park[K] },
): Partial<Running> {
  if (wait.child) {
    const process = `${run.place.process.id}.${run.next++}`
    run.remotes.push({
      process,
      host: wait.child.host,
      argv: wait.child.argv,
      stdin: wait.child.stdin,
      tty: wait.child.tty ?? false,
    })
    park.remote = process
  }
  if (!wait.run) return {}
  const pipe = wait.run.capture ? run.newPipe() : undefined
  const input = wait.run.stdin === undefined ? undefined : run.newPipe(wait.run.stdin, false)
  const fds = {
    ...run.task.fds,
    ...(pipe === undefined ? {} : { 1: { to: 'pipe' as const, id: pipe } }),
    ...(input === undefined ? {} : { 0: { to: 'pipe' as const, id: input } }),
  }
  const { shell } = run
  const env = wait.run.env ?? frame.env
  const exported = Object.fromEntries(Object.keys(env).map((name) => [name, true as const]))
  const task = run.fork([{ f: 'argv', argv: wait.run.argv }], fds, {
    ...shell,
    traps: {},
    functions: {},
    vars: { ...env },
    exported,
  })
  park.tasks = [task]
  return { runs: { task, pipe } }
}

function makeCall(run: Run, frame: Running, woke: Woke | undefined, lines?: string): Call {
  const { place, task } = run
  const input = task.fds[0]
  const pipe = input?.to === 'pipe' ? run.pipes[input.id] : undefined
  const done = frame.runs && run.tasks.find((one) => one.id === frame.runs?.task)?.status
  const captured = frame.runs?.pipe === undefined ? undefined : run.pipes[frame.runs.pipe]?.text
  const child =
    done === undefined
      ? woke?.exitCode === undefined
        ? undefined
        : { exitCode: woke.exitCode }
      : { exitCode: done, stdout: captured }
  const why = frame.begun ? (child ? 'child' : (woke?.why ?? 'change')) : 'start'
  return {
    argv: frame.argv,
    get stdin(): string | undefined {
      if (lines !== undefined) return lines
      if (!input || input.to === 'null' || input.to === 'file') return ''
      if (input.to === 'tty') return undefined
      if (pipe?.open) throw new NotYet()
      run.setPipe(input.id, { text: '' })
      return pipe?.text ?? ''
    },
    read() {
      if (lines !== undefined) return { text: lines, end: true }
      if (input?.to === 'tty') {
        if (woke?.why !== 'input') return { text: '', end: false }
        return woke.input === '\u0004' ? { text: '', end: true } : { text: `${woke.input ?? ''}\n`, end: false }
      }
      if (input?.to !== 'pipe') return { text: '', end: true }
      run.setPipe(input.id, { text: '' })
      return { text: pipe?.text ?? '', end: pipe?.open !== true }
    },
    terminal: task.fds[1]?.to === 'tty' && place.interactive,
    env: frame.env,
    cwd: run.shell.cwd,
    files: place.files,
    world: place.world,
    process: place.process,
    host: place.host,
    session: place.session,
    interactive: place.interactive && input?.to === 'tty',
    programs: place.programs,
    why,
    signal: woke?.signal,
    input: woke?.input,
    child,
  }
}
