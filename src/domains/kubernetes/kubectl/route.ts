import type { Command } from './command.ts'
import { COMMANDS } from './commands.ts'
import type { KubeFlag } from './flags.ts'
import { GLOBAL_FLAGS } from './globalFlags.ts'

/** The command that words name (none for a bare `kubectl`), its path, and the words that are left; or why there is none. */
export type Route =
  | { readonly command: Command | undefined; readonly path: string; readonly words: readonly string[] }
  | { readonly error: string }

/** Finds the command as cobra does: flags may stand anywhere, `help x` means `x --help`. */
export function findCommand(words: readonly string[]): Route {
  let commands: readonly Command[] | undefined = COMMANDS
  let command: Command | undefined
  let path = 'kubectl'
  const left: string[] = []
  let flags: readonly KubeFlag[] = GLOBAL_FLAGS
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (word === '--') {
      left.push(...words.slice(at))
      break
    }
    if (word.startsWith('-') && word !== '-') {
      left.push(word)
      const takes = takesNext(flags, word)
      if (takes && at + 1 < words.length) left.push(words[++at] as string)
      continue
    }
    if (command === undefined && word === 'help')
      return findCommand([...words.slice(0, at), ...words.slice(at + 1), '--help'])
    const next: Command | undefined = commands?.find((one) => one.name === word || one.aliases?.includes(word))
    if (!next) {
      if (command === undefined) return { error: unknown(word) }
      left.push(...words.slice(at))
      break
    }
    command = next
    path += ` ${next.name}`
    commands = next.commands
    flags = [...(next.flags ?? []), ...GLOBAL_FLAGS]
  }
  if (command === undefined) {
    const strange = left.find((word) => word.startsWith('-') && !/^(-h|--help)$/.test(word) && !known(word))
    if (strange)
      return {
        error: `error: unknown ${strange.startsWith('--') ? `flag: ${strange.split('=')[0]}` : `shorthand flag: '${strange[1]}' in ${strange}`}\nSee 'kubectl --help' for usage.`,
      }
  }
  return { command, path, words: left }
}

function known(word: string): boolean {
  return GLOBAL_FLAGS.some(
    (flag) =>
      word.split('=')[0] === `--${flag.name}` || (flag.short !== undefined && word.startsWith(`-${flag.short}`)),
  )
}

function takesNext(flags: readonly KubeFlag[], word: string): boolean {
  if (word.startsWith('--')) {
    if (word.includes('=')) return false
    const flag = flags.find((one) => `--${one.name}` === word)
    return flag?.value !== undefined && flag.bare === undefined
  }
  for (let i = 1; i < word.length; i++) {
    const flag = flags.find((one) => one.short === word[i])
    if (!flag || flag.value === undefined) continue
    return i === word.length - 1 && flag.bare === undefined
  }
  return false
}

function unknown(word: string): string {
  const near = COMMANDS.filter(
    ({ name }) => distance(word.toLowerCase(), name) <= 2 || name.startsWith(word.toLowerCase()),
  ).map(({ name }) => name)
  const hint = near.length === 0 ? '' : `\n\nDid you mean this?\n${near.map((name) => `\t${name}`).join('\n')}`
  return `error: unknown command ${JSON.stringify(word)} for "kubectl"${hint}`
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length] ?? 0
}
