import { exitShell } from '../machine/ends.ts'
import { withVar } from '../machine/shell.ts'
import { testArguments } from '../machine/test.ts'
import { type Builtin, refuse } from './builtin.ts'
import { escapes, formatText } from './format.ts'

export const echo: Builtin = (run, argv) => {
  let at = 1
  let newline = true
  let interpret = false
  for (; /^-[neE]+$/.test(argv[at] ?? ''); at++) {
    for (const letter of (argv[at] as string).slice(1)) {
      if (letter === 'n') newline = false
      else interpret = letter === 'e'
    }
  }
  let text = argv.slice(at).join(' ')
  if (interpret) {
    const { text: out, stop } = escapes(text, true)
    text = out
    if (stop) newline = false
  }
  if (!run.write(1, newline ? `${text}\n` : text)) {
    exitShell(run, 141)
    return undefined
  }
  return 0
}

export const printf: Builtin = (run, argv) => {
  const into = argv[1] === '-v' ? argv[2] : undefined
  const rest = argv.slice(into === undefined ? (argv[1] === '--' ? 2 : 1) : 3)
  if (rest[0] === undefined) {
    run.write(2, `${run.shell.name}: printf: usage: printf [-v var] format [arguments]\n`)
    return 2
  }
  const { text, problems } = formatText(rest[0], rest.slice(1))
  for (const problem of problems) refuse(run, ['printf'], problem)
  if (into !== undefined) run.shell = withVar(run.shell, into, text)
  else if (!run.write(1, text)) {
    exitShell(run, 141)
    return undefined
  }
  return problems.length > 0 ? 1 : 0
}

export const test: Builtin = (run, argv) => {
  let args = argv.slice(1)
  if (argv[0] === '[') {
    if (args[args.length - 1] !== ']') return refuse(run, argv, "missing `]'", 2)
    args = args.slice(0, -1)
  }
  try {
    return testArguments(args, { shell: run.shell, files: run.place.files }) ? 0 : 1
  } catch (problem) {
    return refuse(run, argv, (problem as Error).message, 2)
  }
}
