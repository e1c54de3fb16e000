import { resolvePath } from '../files.ts'
import type { Frame } from '../machine/machine.ts'
import type { Run } from '../machine/run.ts'
import { newShell, type Shell } from '../machine/shell.ts'
import { parse } from '../parse/parser.ts'
import { SyntaxProblem } from '../parse/syntaxError.ts'
import { setOption } from './variables.ts'

type Env = { readonly [name: string]: string }

/** Starts another shell: `sh -c …`, `sh file`, `… | sh`, or an interactive one. When nothing follows it takes the place of the current one. */
export function startShell(run: Run, argv: readonly string[], env: Env) {
  const bare = (argv[0] as string).replace(/^.*\//, '')
  let shell = newShell(env, run.shell.cwd, run.place.pid, bare)
  let at = 1
  let script: string | undefined
  let commands = false
  for (; /^[-+]./.test(argv[at] ?? ''); at++) {
    const option = argv[at] as string
    if (option === '--') {
      at++
      break
    }
    if (option.startsWith('--')) continue
    for (const letter of option.slice(1)) {
      if (letter === 'c') commands = true
      else if (letter === 'o') shell = setOption(shell, argv[++at] ?? '', option.startsWith('-'))
      else if (!'ils'.includes(letter)) shell = setOption(shell, letter, option.startsWith('-'))
    }
  }
  let args = argv.slice(at)
  if (commands) {
    script = args[0]
    if (script === undefined) {
      run.write(2, `${bare}: -c: option requires an argument\n`)
      return run.status(2)
    }
    shell = { ...shell, name: args[1] ?? bare }
    args = args.slice(2)
  } else if (args[0] !== undefined) {
    const read = run.place.files.read(resolvePath(run.shell.cwd, args[0]))
    if ('error' in read) {
      run.write(
        2,
        bare === 'bash' ? `bash: ${args[0]}: ${read.error}\n` : `${bare}: can't open '${args[0]}': ${read.error}\n`,
      )
      return run.status(read.error === 'Is a directory' ? 126 : bare === 'bash' ? 127 : 2)
    }
    script = read.text
    shell = { ...shell, name: args[0] }
    args = args.slice(1)
  }
  shell = { ...shell, positional: args }
  const input = run.task.fds[0]
  if (script === undefined && input?.to === 'pipe') {
    const pipe = run.pipes[input.id]
    if (pipe?.open) {
      run.push({ f: 'argv', argv })
      return run.park({ pipe: { id: input.id, whole: true } })
    }
    run.setPipe(input.id, { text: '' })
    script = pipe?.text ?? ''
  }
  if (script === undefined && input?.to !== 'tty') script = ''
  begin(run, shell, script === undefined ? { f: 'prompt', text: '' } : () => parse(script))
}

/** Runs a file given by path: a script, by its first line. */
export function runFile(run: Run, argv: readonly string[], env: Env) {
  const [name = '', ...args] = argv
  const path = resolvePath(run.shell.cwd, name)
  const { files } = run.place
  const node = files.node(path)
  const says = (text: string, status: number): void => {
    run.complain(run.shell.name === 'sh' && status === 127 ? `${name}: not found` : `${name}: ${text}`)
    run.status(status)
  }
  if (!node) return says('No such file or directory', 127)
  if (node.dir) return says('Is a directory', 126)
  if (((node.mode ?? 0) & 0o111) === 0) return says('Permission denied', 126)
  const shebang = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(node.text ?? '')
  const interpreter = (shebang?.[1]?.endsWith('/env') ? shebang[2] : shebang?.[1]?.replace(/^.*\//, '')) ?? 'bash'
  if (!['sh', 'bash', 'ash', 'dash'].includes(interpreter)) {
    const program = run.place.programs.has(interpreter)
    if (!program) return says(`${shebang?.[1]}: bad interpreter: No such file or directory`, 126)
    return run.push({ f: 'program', name: interpreter, argv: [interpreter, name, ...args], env })
  }
  let shell: Shell = { ...newShell(env, run.shell.cwd, run.place.pid, name), positional: args }
  if (shebang?.[2]?.startsWith('-')) for (const letter of shebang[2].slice(1)) shell = setOption(shell, letter, true)
  begin(run, shell, () => parse(node.text ?? ''))
}

function begin(run: Run, shell: Shell, what: Frame | (() => ReturnType<typeof parse>)) {
  let frame: Frame
  try {
    frame = typeof what === 'function' ? { f: 'list', script: what(), at: 0 } : what
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem
    run.write(2, `${shell.name}: ${problem.message}\n`)
    return run.status(2)
  }
  if (run.task.stack.length === 0 && Object.keys(run.shell.traps).length === 0) {
    run.shell = shell
    return run.push(frame)
  }
  const task = run.fork([frame], run.task.fds, shell)
  run.push({ f: 'subshell', task })
  run.park({ tasks: [task] })
}
