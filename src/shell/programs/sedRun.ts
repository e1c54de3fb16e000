import type { SedAddress, SedCommand } from './sedScript.ts'

interface State {
  lines: readonly string[]
  at: number
  space: string
  hold: string
  out: string[]
  after: string[]
  ranges: Map<SedCommand, number>
  quit: number | undefined
}

/** Runs a script over lines. */
export function runSed(
  lines: readonly string[],
  { script, quiet }: { readonly script: readonly SedCommand[]; readonly quiet: boolean },
): {
  readonly lines: readonly string[]
  readonly exit: number
} {
  const state: State = { lines, at: 0, space: '', hold: '', out: [], after: [], ranges: new Map(), quit: undefined }
  for (; state.at < lines.length && state.quit === undefined; state.at++) {
    state.space = lines[state.at] as string
    state.after = []
    const deleted = cycle(script, state, quiet)
    if (!deleted && !quiet) state.out.push(state.space)
    state.out.push(...state.after)
  }
  return { lines: state.out, exit: state.quit ?? 0 }
}

/** Runs the commands on one line; true when the line was deleted. */
function cycle(commands: readonly SedCommand[], state: State, quiet: boolean): boolean {
  for (const command of commands) {
    if (applies(command, state) === command.negated) continue
    switch (command.name) {
      case '{':
        if (cycle(command.block ?? [], state, quiet)) return true
        if (state.quit !== undefined) return false
        break
      case 'd':
        return true
      case 'D': {
        const cut = state.space.indexOf('\n')
        if (cut < 0) return true
        state.space = state.space.slice(cut + 1)
        return cycle(commands, state, quiet)
      }
      case 'p':
        state.out.push(state.space)
        break
      case 'P':
        state.out.push(state.space.split('\n')[0] ?? '')
        break
      case '=':
        state.out.push(String(state.at + 1))
        break
      case 'q':
        state.quit = command.nth ?? 0
        return false
      case 'i':
        state.out.push(command.text ?? '')
        break
      case 'a':
        state.after.push(command.text ?? '')
        break
      case 'c':
        if (!command.to || !state.ranges.has(command)) state.out.push(command.text ?? '')
        return true
      case 's':
        substitute(command, state)
        break
      case 'y': {
        const [from = '', to = ''] = (command.text ?? '').split('\0')
        state.space = [...state.space].map((c) => (from.includes(c) ? (to[from.indexOf(c)] ?? c) : c)).join('')
        break
      }
      case 'n':
        if (!quiet) state.out.push(state.space)
        if (state.at + 1 >= state.lines.length) return true
        state.space = state.lines[++state.at] as string
        break
      case 'N':
        if (state.at + 1 >= state.lines.length) return false
        state.space += `\n${state.lines[++state.at]}`
        break
      case 'h':
        state.hold = state.space
        break
      case 'H':
        state.hold += `\n${state.space}`
        break
      case 'g':
        state.space = state.hold
        break
      case 'G':
        state.space += `\n${state.hold}`
        break
      case 'x':
        ;[state.space, state.hold] = [state.hold, state.space]
        break
    }
  }
  return false
}

function substitute({ regex, text = '', nth = 1, print }: SedCommand, state: State): void {
  if (!regex) return
  let count = 0
  let changed = false
  state.space = state.space.replace(regex, (match: string, ...rest: unknown[]) => {
    count++
    if (nth !== 0 && count !== nth) return match
    changed = true
    return replacement(text, match, rest as string[])
  })
  if (changed && print) state.out.push(state.space)
}

function replacement(text: string, match: string, groups: readonly (string | undefined)[]): string {
  let upper: 'U' | 'L' | undefined
  let once: 'u' | 'l' | undefined
  let out = ''
  const add = (piece: string): void => {
    let now = upper === 'U' ? piece.toUpperCase() : upper === 'L' ? piece.toLowerCase() : piece
    if (once && now !== '') {
      now = (once === 'u' ? now[0]?.toUpperCase() : now[0]?.toLowerCase()) + now.slice(1)
      once = undefined
    }
    out += now
  }
  for (let at = 0; at < text.length; at++) {
    const c = text[at] as string
    if (c === '&') add(match)
    else if (c !== '\\') add(c)
    else {
      const next = text[++at] ?? ''
      if (/\d/.test(next))
        add(
          next === '0'
            ? match
            : typeof groups[Number(next) - 1] === 'string'
              ? (groups[Number(next) - 1] as string)
              : '',
        )
      else if (next === 'n') add('\n')
      else if (next === 't') add('\t')
      else if (next === 'U' || next === 'L') upper = next
      else if (next === 'E') upper = undefined
      else if (next === 'u' || next === 'l') once = next
      else add(next)
    }
  }
  return out
}

function applies(command: SedCommand, state: State): boolean {
  const { from, to } = command
  if (!from) return true
  const line = state.at + 1
  if (!to) return hits(from, state)
  const open = state.ranges.get(command)
  if (open === undefined) {
    if (!hits(from, state)) return false
    const end = 'line' in to ? to.line : 'plus' in to ? line + to.plus : Number.POSITIVE_INFINITY
    if (end > line && !('last' in to && line === state.lines.length)) state.ranges.set(command, end)
    return true
  }
  if (open <= line || (!('plus' in to) && !('line' in to) && hits(to, state))) state.ranges.delete(command)
  return true
}

function hits(address: SedAddress, { space, at, lines }: State): boolean {
  if ('line' in address) return address.line === at + 1
  if ('last' in address) return at + 1 === lines.length
  if ('regex' in address) return address.regex.test(space)
  return address.step === 0
    ? at + 1 === address.first
    : at + 1 >= address.first && (at + 1 - address.first) % address.step === 0
}
