import type { Frame } from '../machine/machine.ts'
import type { Run } from '../machine/run.ts'
import { withVar } from '../machine/shell.ts'
import { type Builtin, refuse } from './builtin.ts'

interface Reading {
  readonly raw: boolean
  readonly prompt: string
  readonly array: string | undefined
  readonly count: number | undefined
  readonly delimiter: string
  readonly timeout: number | undefined
  readonly names: readonly string[]
}

export const read: Builtin = (run, argv) => {
  const reading = options(argv)
  if (typeof reading === 'string') return refuse(run, argv, reading, 2)
  const wrong = reading.names.find((name) => !/^[A-Za-z_]\w*$/.test(name))
  if (wrong !== undefined) return refuse(run, argv, `\`${wrong}': not a valid identifier`)
  if (run.task.fds[0]?.to === 'tty') {
    run.write(2, reading.prompt)
    run.park({
      input: true,
      ...(reading.timeout === undefined
        ? {}
        : { due: run.place.world.now + Math.max(1, Math.round(reading.timeout * 1000)) }),
    })
  }
  run.push({ f: 'read', argv })
  return undefined
}

/** Goes on with `read` when there may be a line. */
export function resumeRead(run: Run, frame: Frame & { f: 'read' }) {
  const reading = options(frame.argv) as Reading
  const input = run.task.fds[0]
  const { woke } = run.task
  if (input?.to === 'tty') {
    run.update({ woke: undefined })
    if (woke?.why === 'time') return run.finish(142)
    if (woke?.why !== 'input') return run.park({ input: true })
    return woke.input === '\u0004' ? run.finish(1) : assign(run, reading, woke.input ?? '', true)
  }
  const pipe = input?.to === 'pipe' ? run.pipes[input.id] : undefined
  if (!pipe || input?.to !== 'pipe') return run.finish(1)
  let text = pipe.text
  for (;;) {
    const { line, used, ended } = cut(text, reading)
    if (!ended && pipe.open) return run.park({ pipe: { id: input.id, whole: false } })
    if (!ended && text === '') return assign(run, reading, '', false)
    text = text.slice(used)
    run.setPipe(input.id, { text })
    return assign(run, reading, line, ended)
  }
}

function cut(text: string, { raw, count, delimiter }: Reading): { line: string; used: number; ended: boolean } {
  let line = ''
  for (let at = 0; at < text.length; at++) {
    const c = text[at] as string
    if (!raw && c === '\\') {
      const next = text[++at]
      if (next !== '\n') line += next ?? ''
      continue
    }
    if (c === delimiter) return { line, used: at + 1, ended: true }
    line += c
    if (count !== undefined && line.length >= count) return { line, used: at + 1, ended: true }
  }
  return { line, used: text.length, ended: false }
}

function assign(run: Run, { names, array }: Reading, line: string, ended: boolean) {
  const ifs = typeof run.shell.vars['IFS'] === 'string' ? run.shell.vars['IFS'] : ' \t\n'
  const fields = (limit: number): string[] => {
    const out: string[] = []
    let rest = trim(line, ifs)
    while (rest !== '' && out.length < limit - 1) {
      let end = 0
      while (end < rest.length && !ifs.includes(rest[end] as string)) end++
      out.push(rest.slice(0, end))
      let next = end
      while (next < rest.length && ifs.includes(rest[next] as string) && /\s/.test(rest[next] as string)) next++
      if (next < rest.length && ifs.includes(rest[next] as string) && !/\s/.test(rest[next] as string)) next++
      else if (next === end) next++
      while (next < rest.length && ifs.includes(rest[next] as string) && /\s/.test(rest[next] as string)) next++
      rest = rest.slice(next)
    }
    if (rest !== '') out.push(rest)
    return out
  }
  if (array !== undefined) run.shell = withVar(run.shell, array, fields(Number.POSITIVE_INFINITY))
  else if (names.length === 0) run.shell = withVar(run.shell, 'REPLY', line)
  else {
    const values = fields(names.length)
    names.forEach((name, i) => {
      run.shell = withVar(run.shell, name, values[i] ?? '')
    })
  }
  run.finish(ended ? 0 : 1)
}

function trim(text: string, ifs: string): string {
  let from = 0
  let to = text.length
  const blank = (c: string | undefined): boolean => c !== undefined && /\s/.test(c) && ifs.includes(c)
  while (from < to && blank(text[from])) from++
  while (to > from && blank(text[to - 1])) to--
  return text.slice(from, to)
}

function options(argv: readonly string[]): Reading | string {
  let raw = false
  let prompt = ''
  let array: string | undefined
  let count: number | undefined
  let delimiter = '\n'
  let timeout: number | undefined
  let at = 1
  for (; argv[at]?.startsWith('-') && argv[at] !== '-'; at++) {
    const letters = (argv[at] as string).slice(1)
    if (letters === '-') {
      at++
      break
    }
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i] as string
      if (letter === 'r') raw = true
      else if (letter === 's' || letter === 'e') continue
      else if ('pantduN'.includes(letter)) {
        const value = letters.slice(i + 1) || argv[++at]
        if (value === undefined) return `-${letter}: option requires an argument`
        if (letter === 'p') prompt = value
        else if (letter === 'a') array = value
        else if (letter === 'n' || letter === 'N') count = Number(value)
        else if (letter === 't') timeout = Number(value)
        else if (letter === 'd') delimiter = value[0] ?? '\0'
        break
      } else return `-${letter}: invalid option`
    }
  }
  return { raw, prompt, array, count, delimiter, timeout, names: argv.slice(at) }
}
