import { resumeWait } from '../builtins/jobs.ts'
import { resumeRead } from '../builtins/read.ts'
import { Expansion } from '../expand/expansion.ts'
import { ExpansionProblem } from '../expand/problem.ts'
import type { Item } from '../parse/ast.ts'
import { parse } from '../parse/parser.ts'
import { SyntaxProblem } from '../parse/syntaxError.ts'
import { advanceWords, command, runArgv } from './command.ts'
import { checkErrexit, endTask, exitShell, restore } from './ends.ts'
import { advanceProgram } from './launch.ts'
import type { Frame } from './machine.ts'
import type { Run } from './run.ts'
import { withVar } from './shell.ts'
import { TestProblem } from './test.ts'

/** Does the next small thing of the current task: one turn of its topmost frame. */
export function advance(run: Run) {
  const frame = run.top
  if (!frame) {
    endTask(run, run.shell.last)
    return
  }
  try {
    turn(run, frame)
  } catch (problem) {
    const code =
      problem instanceof ExpansionProblem
        ? 1
        : problem instanceof SyntaxProblem || problem instanceof TestProblem
          ? 2
          : 0
    if (code === 0) throw problem
    run.complain((problem as Error).message)
    if (problem instanceof ExpansionProblem && problem.fatal && !run.task.stack.some((one) => one.f === 'prompt'))
      exitShell(run, code)
    else if (run.top === frame) run.finish(code)
    else run.status(code)
  }
}

function turn(run: Run, frame: Frame) {
  switch (frame.f) {
    case 'list':
      return list(run, frame)
    case 'item':
      return item(run, frame)
    case 'pipeline':
      return pipeline(run, frame)
    case 'subshell':
      return run.finish(run.collect(frame.task))
    case 'words':
      return advanceWords(run, frame)
    case 'argv':
      run.pop()
      return runArgv(run, frame.argv, [])
    case 'if':
      return branch(run, frame)
    case 'while':
      return loop(run, frame)
    case 'for':
      return each(run, frame)
    case 'cfor':
      return counted(run, frame)
    case 'case': {
      const body = frame.bodies[frame.at]
      if (!body) return run.pop()
      run.swap({ ...frame, at: frame.at + 1 })
      return run.push({ f: 'list', script: body, at: 0 })
    }
    case 'trap':
      return run.finish(frame.last)
    case 'wait':
      return resumeWait(run, frame)
    case 'read':
      return resumeRead(run, frame)
    case 'prompt':
      return prompt(run, frame)
    case 'program':
      return advanceProgram(run, frame)
    default:
      run.pop()
      restore(run, frame)
  }
}

function list(run: Run, frame: Frame & { f: 'list' }) {
  const [signal, ...pending] = run.task.pending ?? []
  if (signal !== undefined) {
    run.update({ pending })
    run.push({ f: 'trap', last: run.shell.last })
    run.push({ f: 'argv', argv: ['eval', run.shell.traps[signal] ?? ''] })
    return
  }
  const next = frame.script.items[frame.at]
  if (!next) return run.pop()
  run.swap({ ...frame, at: frame.at + 1 })
  if (next.background) background(run, next)
  else run.push({ f: 'item', item: next, at: 0 })
}

function background(run: Run, { background: _, ...rest }: Item) {
  const { place } = run
  const highest = Math.max(
    place.pid,
    ...place.processes.map((one) => one.pid),
    ...run.spawns.map((one) => one.pid),
    ...Object.keys(run.children).map(Number),
  )
  const pid = highest + 1
  const number =
    Math.max(0, ...place.jobs.filter((job) => job.exit === undefined).map((job) => job.number)) + 1 + run.spawns.length
  const fds = Object.fromEntries(
    Object.entries(run.task.fds).map(([n, fd]) => [n, n === '0' || fd.to === 'pipe' ? ({ to: 'null' } as const) : fd]),
  )
  const shell = { ...run.shell, traps: {} }
  const job = place.keeps && run.shell.pid !== place.pid
  run.spawns.push({
    job,
    pid,
    text: rest.text,
    machine: {
      tasks: [{ id: 0, stack: [{ f: 'list', script: { items: [rest] }, at: 0 }], shell, fds }],
      pipes: {},
      next: 1,
      children: {},
    },
  })
  run.children = { ...run.children, [pid]: null }
  run.shell = { ...run.shell, background: pid, last: 0 }
  if (job && place.interactive) run.write(2, `[${number}] ${pid}\n`)
}

function item(run: Run, frame: Frame & { f: 'item' }) {
  const { item: of, at } = frame
  const { last } = run.shell
  if (at > of.rest.length) {
    const ran = at === 1 ? of.first : of.rest[at - 2]?.pipeline
    run.pop()
    if (!ran?.negate) checkErrexit(run)
    return
  }
  if (at === 0) {
    run.swap({ f: 'item', item: of, at: 1, ...(of.rest.length > 0 ? { cond: true as const } : {}) })
    return run.push({ f: 'pipeline', pipeline: of.first })
  }
  const next = of.rest[at - 1]
  if (!next) return run.pop()
  if ((next.op === '&&') === (last === 0)) {
    run.swap({ f: 'item', item: of, at: at + 1, ...(at < of.rest.length ? { cond: true as const } : {}) })
    run.push({ f: 'pipeline', pipeline: next.pipeline })
  } else if (at === of.rest.length) run.pop()
  else run.swap({ ...frame, at: at + 1 })
}

function pipeline(run: Run, frame: Frame & { f: 'pipeline' }) {
  const { stages, negate, timed } = frame.pipeline
  const [first] = stages
  if (frame.tasks === undefined && stages.length === 1 && first) {
    if (!negate && !timed) run.pop()
    else run.swap({ ...frame, tasks: [], began: run.place.world.now, ...(negate ? { cond: true as const } : {}) })
    return command(run, first)
  }
  if (frame.tasks === undefined) {
    const tasks: number[] = []
    let input = run.task.fds[0]
    stages.forEach((stage, i) => {
      const pipe = i < stages.length - 1 ? run.newPipe() : undefined
      const fds = {
        ...run.task.fds,
        ...(input ? { 0: input } : {}),
        ...(pipe === undefined ? {} : { 1: { to: 'pipe' as const, id: pipe } }),
      }
      tasks.push(run.fork([{ f: 'words', command: stage, outputs: [] }], fds))
      if (pipe !== undefined) input = { to: 'pipe', id: pipe }
    })
    run.swap({ ...frame, tasks, began: run.place.world.now })
    return run.park({ tasks })
  }
  let status = run.shell.last
  if (frame.tasks.length > 0) {
    const statuses = frame.tasks.map((task) => run.collect(task))
    status = statuses[statuses.length - 1] ?? 0
    if (run.shell.options['pipefail']) status = statuses.findLast((one) => one !== 0) ?? 0
  }
  run.finish(negate ? Number(status === 0) : status)
  if (timed) {
    const ms = run.place.world.now - (frame.began ?? 0)
    run.write(
      2,
      `\nreal\t${Math.floor(ms / 60_000)}m${((ms % 60_000) / 1000).toFixed(3)}s\nuser\t0m0.000s\nsys\t0m0.000s\n`,
    )
  }
}

function branch(run: Run, frame: Frame & { f: 'if' }) {
  const { arms, otherwise } = frame.command
  if (frame.tested && run.shell.last === 0) {
    run.pop()
    return run.push({ f: 'list', script: arms[frame.at]?.then ?? { items: [] }, at: 0 })
  }
  const at = frame.tested ? frame.at + 1 : frame.at
  const arm = arms[at]
  if (arm) {
    run.swap({ ...frame, at, tested: true, cond: true })
    return run.push({ f: 'list', script: arm.test, at: 0 })
  }
  run.finish(0)
  if (otherwise) run.push({ f: 'list', script: otherwise, at: 0 })
}

function loop(run: Run, { cond: _, tested, ...frame }: Frame & { f: 'while' }) {
  const { last } = run.shell
  if (!tested) {
    run.swap({ ...frame, result: frame.result < 0 ? 0 : last, tested: true, cond: true })
    return run.push({ f: 'list', script: frame.command.test, at: 0 })
  }
  if ((last === 0) === frame.command.until) return run.finish(frame.result)
  run.swap(frame)
  run.push({ f: 'list', script: frame.command.body, at: 0 })
}

function each(run: Run, frame: Frame & { f: 'for' }) {
  const value = frame.values[frame.at]
  if (value === undefined) return run.pop()
  run.shell = withVar(run.shell, frame.name, value)
  run.swap({ ...frame, at: frame.at + 1 })
  run.push({ f: 'list', script: frame.body, at: 0 })
}

function counted(run: Run, frame: Frame & { f: 'cfor' }) {
  const expansion = new Expansion(run.shell, {
    files: run.place.files,
    outputs: [],
    random: (n) => run.place.world.draw('RANDOM', run.place.process.id, n),
    clock: run.place.world.now,
  })
  const evaluate = (text: string): number => expansion.arithmetic(text.replace(/\$\{?(\w+)\}?/g, '$1'))
  evaluate(frame.begun ? frame.command.next : frame.command.init)
  const go = frame.command.test.trim() === '' || evaluate(frame.command.test) !== 0
  run.shell = { ...expansion.shell, last: frame.begun ? run.shell.last : 0 }
  if (!go) return run.pop()
  run.swap({ ...frame, begun: true })
  run.push({ f: 'list', script: frame.command.body, at: 0 })
}

function prompt(run: Run, frame: Frame & { f: 'prompt' }) {
  const { woke } = run.task
  if (woke?.why !== 'input' || !frame.shown) {
    const cwd = run.shell.cwd
    run.write(
      2,
      frame.text === ''
        ? run.shell.name === 'sh'
          ? `${cwd} # `
          : `${run.shell.vars['PS1'] ?? `root@${run.shell.vars['HOSTNAME'] ?? 'localhost'}:${cwd}# `}`
        : '> ',
    )
    run.swap({ ...frame, shown: true })
    return run.park({ input: true })
  }
  run.update({ woke: undefined })
  if (woke.input === '\u0004') {
    run.pop()
    return endTask(run, run.shell.last)
  }
  const text = frame.text + (woke.input ?? '')
  try {
    const script = parse(text, { aliases: run.shell.aliases })
    run.swap({ f: 'prompt', text: '' })
    run.push({ f: 'list', script, at: 0 })
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem
    if (!problem.incomplete) run.complain(problem.message)
    run.swap({ f: 'prompt', text: problem.incomplete ? `${text}\n` : '' })
  }
}
