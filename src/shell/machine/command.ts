import { runFile, startShell } from '../builtins/sh.ts'
import { Expansion } from '../expand/expansion.ts'
import { matches } from '../expand/pattern.ts'
import { Needed } from '../expand/problem.ts'
import { resolvePath } from '../files.ts'
import type { Command, Script } from '../parse/ast.ts'
import { conditional } from './conditional.ts'
import type { Frame } from './machine.ts'
import { type Redirection, redirectTo } from './redirect.ts'
import type { Run } from './run.ts'
import { environment, withVar } from './shell.ts'

/** Begins a command. */
export function command(run: Run, of: Command) {
  run.push({ f: 'words', command: of, outputs: [] })
}

/** Variables set for one command, as `X=1 cmd` does. */
export type Assigned = readonly (readonly [name: string, value: string | readonly string[]])[]

/** Expands the words of a command, running what substitutions it needs first, and then does it. */
export function advanceWords(run: Run, frame: Frame & { f: 'words' }) {
  let { outputs } = frame
  if (frame.running) {
    const last = run.collect(frame.running.task)
    outputs = [...outputs, run.drain(frame.running.pipe)]
    run.status(last)
  }
  const { place } = run
  const expansion = new Expansion(run.shell, {
    files: place.files,
    outputs,
    random: (n) => place.world.draw('RANDOM', place.process.id, n),
    clock: place.world.now,
  })
  try {
    const go = prepare(frame.command, expansion, run)
    run.pop()
    run.shell = expansion.shell
    go()
  } catch (needed) {
    if (!(needed instanceof Needed)) throw needed
    const pipe = run.newPipe()
    const task = run.fork([{ f: 'list', script: needed.script, at: 0 }], {
      ...run.task.fds,
      1: { to: 'pipe', id: pipe },
    })
    run.swap({ ...frame, outputs, running: { task, pipe } })
    run.park({ tasks: [task] })
  }
}

/** Does all expansions of a command and answers what then is to be done. */
function prepare(of: Command, expansion: Expansion, run: Run): () => void {
  if (of.type === 'simple') return prepareSimple(of, expansion, run)
  const work = prepareCompound(of, expansion, run)
  const redirects = redirections(of, expansion)
  return () => {
    if (redirects.length > 0) {
      const fds = redirectTo(run, redirects)
      if (!fds) return run.status(1)
      run.push({ f: 'fds', fds: run.task.fds })
      run.update({ fds })
    }
    work()
  }
}

function prepareCompound(of: Exclude<Command, { type: 'simple' }>, expansion: Expansion, run: Run): () => void {
  const listed = (script: Script): void => run.push({ f: 'list', script, at: 0 })
  switch (of.type) {
    case 'group':
      return () => listed(of.body)
    case 'subshell':
      return () => {
        const task = run.fork([{ f: 'list', script: of.body, at: 0 }], run.task.fds)
        run.push({ f: 'subshell', task })
        run.park({ tasks: [task] })
      }
    case 'if':
      return () => run.push({ f: 'if', command: of, at: 0 })
    case 'while':
      return () => run.push({ f: 'while', command: of, result: -1 })
    case 'cfor':
      return () => run.push({ f: 'cfor', command: of, result: 0 })
    case 'for': {
      const values = of.words ? expansion.arguments(of.words) : expansion.shell.positional
      return () => {
        run.status(0)
        run.push({ f: 'for', name: of.name, values, at: 0, body: of.body })
      }
    }
    case 'case': {
      const text = expansion.text(of.word)
      const bodies: Script[] = []
      let falling = false
      for (const arm of of.arms) {
        if (!falling && !arm.patterns.some((pattern) => matches(expansion.pattern(pattern), text))) continue
        bodies.push(arm.body)
        falling = arm.end === ';&'
        if (arm.end === ';;') break
      }
      return () => {
        run.status(0)
        run.push({ f: 'case', bodies, at: 0 })
      }
    }
    case 'function':
      return () => {
        run.shell = { ...run.shell, functions: { ...run.shell.functions, [of.name]: of.body }, last: 0 }
      }
    case 'cond': {
      const status = conditional(of.words, expansion)
      return () => run.status(status)
    }
    case 'arith': {
      const value = expansion.arithmetic(
        expansion.text([{ lit: of.expression.replace(/\$\{?(\w+)\}?/g, '$1'), quoted: true }]),
      )
      return () => run.status(value === 0 ? 1 : 0)
    }
  }
}

function prepareSimple(of: Command & { type: 'simple' }, expansion: Expansion, run: Run): () => void {
  const argv = expansion.arguments(of.words)
  const redirects = redirections(of, expansion)
  const assigned: [string, string | readonly string[]][] = []
  const alone = argv.length === 0
  const declares = ['export', 'local', 'declare', 'readonly', 'typeset'].includes(argv[0] ?? '')
  for (const { name, append, index, value, array } of of.assigns) {
    const before = expansion.list(name) ?? []
    let set: string | readonly string[]
    if (array) set = append ? [...before, ...expansion.arguments(array)] : expansion.arguments(array)
    else set = (append ? (expansion.scalar(name) ?? '') : '') + expansion.text(value)
    if (index !== undefined) expansion.set(`${name}[${index}]`, set as string)
    else if (expansion.shell.constant[name]) assigned.push(['', name])
    else if (alone || declares) expansion.shell = withVar(expansion.shell, name, set)
    else assigned.push([name, set])
  }
  const status = alone && expansion.used > 0 ? run.shell.last : 0
  return () => {
    const constant = assigned.find(([name]) => name === '')
    if (constant) {
      run.complain(`${constant[1]}: readonly variable`)
      return run.status(1)
    }
    const traced = [
      ...of.assigns.map((assign) => `${assign.name}=${String(run.shell.vars[assign.name] ?? '')}`),
      ...argv.map(traceWord),
    ]
    if (run.shell.options['x'] && traced.length > 0) run.write(2, `+ ${traced.join(' ')}\n`)
    if (redirects.length > 0) {
      const fds = redirectTo(run, redirects)
      if (!fds) return run.status(1)
      run.push({ f: 'fds', fds: run.task.fds })
      run.update({ fds })
    }
    if (alone) return run.status(status)
    runArgv(run, argv, assigned)
  }
}

function traceWord(word: string): string {
  return word === '' || /[^A-Za-z0-9_./:=,@%+-]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word
}

function redirections(of: Command, expansion: Expansion): readonly Redirection[] {
  return of.redirects.map(({ fd, op, word }) => {
    if (op === '<<') return { fd, op, target: expansion.text(word) }
    if (op === '<<<') return { fd, op, target: `${expansion.text(word)}\n` }
    const fields = expansion.arguments([word])
    return { fd, op, target: fields.length === 1 ? (fields[0] as string) : expansion.text(word) }
  })
}

/** Runs a command given as texts: a function, a builtin, a program or a script. */
export function runArgv(run: Run, argv: readonly string[], assigned: Assigned, plainly = false) {
  const [name] = argv
  if (name === undefined) return run.status(0)
  const body = plainly ? undefined : run.shell.functions[name]
  const builtin = run.builtins.get(name)
  if (body || builtin) {
    if (assigned.length > 0) {
      run.push({ f: 'vars', vars: Object.fromEntries(assigned.map(([key]) => [key, run.shell.vars[key] ?? null])) })
      for (const [key, value] of assigned) run.shell = withVar(run.shell, key, value)
    }
    if (body) {
      if (run.task.stack.length > 800) {
        run.complain(`${name}: maximum function nesting level exceeded (200)`)
        return run.status(1)
      }
      run.push({ f: 'call', positional: run.shell.positional, locals: {} })
      run.shell = { ...run.shell, positional: argv.slice(1) }
      return command(run, body)
    }
    const status = builtin?.(run, argv)
    if (status !== undefined) run.status(status)
    return
  }
  const env = { ...environment(run.shell), ...Object.fromEntries(assigned.map(([key, value]) => [key, String(value)])) }
  const found = findProgram(run, name)
  if (found === 'sh') return startShell(run, argv, env)
  if (found !== undefined) return run.push({ f: 'program', name: found, argv, env })
  if (name.includes('/')) return runFile(run, argv, env)
  const file = onPath(run, name, env.PATH)
  if (file !== undefined) return runFile(run, [file, ...argv.slice(1)], env)
  if (run.shell.name === 'sh') run.complain(`${name}: not found`)
  else run.complain(`${name}: command not found`)
  run.status(127)
}

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash'])
const BIN = /^\/(?:usr\/)?(?:local\/)?s?bin\//

/** The name under which the host knows a program: `sh` for every shell. */
export function findProgram(run: Run, name: string): string | undefined {
  const bare = BIN.test(name) ? name.replace(BIN, '') : name
  if (bare.includes('/')) return run.place.programs.has(name) ? name : undefined
  if (bare !== name && run.place.files.exists(resolvePath('/', name))) return undefined
  if (SHELLS.has(bare) && run.place.programs.has(bare)) return 'sh'
  if (run.place.programs.has(name)) return name
  return run.place.programs.has(bare) ? bare : undefined
}

/** The first executable file of a name in the directories of a PATH. */
function onPath(run: Run, name: string, path: string | undefined): string | undefined {
  if (name === '') return undefined
  return path
    ?.split(':')
    .map((directory) => resolvePath(run.shell.cwd, `${directory}/${name}`))
    .find((file) => {
      const node = run.place.files.node(file)
      return node !== undefined && !node.dir && ((node.mode ?? 0) & 0o111) !== 0
    })
}
