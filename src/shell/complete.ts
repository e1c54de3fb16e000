import type { World } from '../kernel/world.ts'
import { builtins } from './builtins/table.ts'
import { basename, Files, resolvePath } from './files.ts'
import { flagText } from './help.ts'
import { hostKind } from './host.ts'
import { environment } from './machine/shell.ts'
import type { Completion, Flag, Program, Subcommand } from './program.ts'
import type { Session } from './session.ts'

/** What may stand at the cursor: `text` takes the place of the line from `from` to the cursor. */
export interface Candidate extends Completion {
  readonly from: number
  readonly sort: 'command' | 'subcommand' | 'flag' | 'file' | 'variable' | 'name'
}

/** Candidates for what is being typed at `cursor`, best kind first, sorted. */
export function complete(
  world: World,
  sessionId: string,
  line: string,
  cursor: number = line.length,
): readonly Candidate[] {
  const session = world.get(sessionId) as Session | undefined
  if (!session) return []
  const before = line.slice(0, cursor)
  const start = Math.max(...['|', ';', '&', '(', '`'].map((sign) => before.lastIndexOf(sign))) + 1
  const words = before.slice(start).trimStart().split(/\s+/)
  const word = words.pop() ?? ''
  const from = cursor - word.length
  const at =
    (sort: Candidate['sort']) =>
    (one: Completion): Candidate => ({ ...one, from, sort })
  while (
    words[0] !== undefined &&
    (/^[A-Za-z_]\w*=/.test(words[0]) || ['sudo', 'time', 'watch', '!', 'then', 'do', 'else'].includes(words[0]))
  )
    words.shift()
  const on = hostKind(session)
  const programs = on.programs(session, world)
  const files = new Files(session.files, world.now)
  if (word.startsWith('$')) {
    const names = Object.keys(session.shell.vars).filter((name) => `$${name}`.startsWith(word))
    return names.sort().map((name) => at('variable')({ text: `$${name}` }))
  }
  if (words.length === 0 && !word.includes('/')) return commands(word, session, programs).map(at('command'))
  const name = session.shell.aliases[words[0] ?? '']?.split(/\s+/) ?? [words[0] ?? '']
  const program = programs.get(name[0] ?? '')
  const all = [...name, ...words.slice(1)]
  const found: Candidate[] = []
  if (program) {
    const { of, left } = descend(program, all.slice(1))
    const value = flagValue(of.flags ?? program.flags, all[all.length - 1])
    if (value) found.push(...value.filter((text) => text.startsWith(word)).map((text) => at('flag')({ text })))
    else if (word.startsWith('-'))
      found.push(
        ...flags([...(of.flags ?? []), ...(of === program ? [] : (program.flags ?? []))], word).map(at('flag')),
      )
    else if (left.length === 0 && of.subcommands)
      found.push(
        ...of.subcommands
          .filter((one) => one.name.startsWith(word))
          .map((one) => at('subcommand')({ text: one.name, says: one.summary })),
      )
    const live =
      program.complete?.({
        world,
        files,
        host: session,
        cwd: session.shell.cwd,
        env: environment(session.shell),
        words: all,
        word,
      }) ?? []
    found.push(...live.filter((one) => one.text.startsWith(word)).map(at('name')))
    if (found.length > 0 || program.operands === 'none') return found
    if (program.operands === 'commands' && all.length === 1) return commands(word, session, programs).map(at('command'))
  }
  return fileNames(word, session, files, program?.operands === 'directories' || all[0] === 'cd').map(at('file'))
}

function commands(word: string, session: Session, programs: ReadonlyMap<string, Program>): readonly Completion[] {
  const found = new Map<string, string | undefined>()
  for (const name of builtins.keys()) if (/^\w/.test(name)) found.set(name, 'shell builtin')
  for (const [name, program] of programs) found.set(name, program.summary)
  for (const name of Object.keys(session.shell.functions)) found.set(name, 'function')
  for (const [name, value] of Object.entries(session.shell.aliases)) found.set(name, `alias for ${value}`)
  return [...found]
    .filter(([name]) => name.startsWith(word))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([text, says]) => ({ text, says }))
}

function descend(
  program: Program,
  words: readonly string[],
): { readonly of: Program | Subcommand; readonly left: readonly string[] } {
  let of: Program | Subcommand = program
  const left: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (word.startsWith('-')) {
      if (!word.includes('=') && takesValue(of.flags, word)) at++
      continue
    }
    const next: Subcommand | undefined = of.subcommands?.find((one) => one.name === word || one.aliases?.includes(word))
    if (next && left.length === 0) of = next
    else left.push(word)
  }
  return { of, left }
}

function flagOf(flags: readonly Flag[] | undefined, word: string | undefined): Flag | undefined {
  return flags?.find((flag) => word === `--${flag.name}` || word === `-${flag.short}`)
}

function takesValue(flags: readonly Flag[] | undefined, word: string): boolean {
  return flagOf(flags, word)?.value !== undefined
}

function flagValue(flags: readonly Flag[] | undefined, word: string | undefined): readonly string[] | undefined {
  return flagOf(flags, word)?.values
}

function flags(all: readonly Flag[], word: string): readonly Completion[] {
  return all.flatMap((flag) => {
    const text = flag.name === undefined ? `-${flag.short}` : `--${flag.name}${flag.value === undefined ? '' : '='}`
    return text.startsWith(word)
      ? [
          {
            text,
            says: `${flagText(flag).trim()}: ${flag.says}`,
            open: flag.name !== undefined && flag.value !== undefined,
          },
        ]
      : []
  })
}

function fileNames(word: string, session: Session, files: Files, onlyDirectories: boolean): readonly Completion[] {
  const shown = word.slice(0, word.lastIndexOf('/') + 1)
  const home = String(session.shell.vars['HOME'] ?? '/')
  const dir = resolvePath(session.shell.cwd, shown === '' ? '.' : shown.replace(/^~(?=\/)/, home))
  const begin = word.slice(shown.length)
  return files.list(dir).flatMap((name) => {
    if (!name.startsWith(begin) || (name.startsWith('.') && !begin.startsWith('.'))) return []
    const directory = files.isDirectory(resolvePath(dir, basename(name)))
    return onlyDirectories && !directory ? [] : [{ text: `${shown}${name}${directory ? '/' : ''}`, open: directory }]
  })
}
