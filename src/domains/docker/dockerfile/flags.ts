import { DockerfileProblem } from './problem.ts'
import { withSuggestion } from './suggestion.ts'

/** What flags an instruction knows: a value each, true or false, or several values. */
export type FlagSorts = { readonly [name: string]: 'text' | 'bool' | 'list' }

/** The flags that an instruction was given. */
export interface Flags {
  readonly text: { readonly [name: string]: string | undefined }
  readonly bool: { readonly [name: string]: boolean | undefined }
  readonly list: { readonly [name: string]: readonly string[] | undefined }
}

/** Reads an instruction's flags; throws in BuildKit's words. Models: buildkit instructions/bflag.go. */
export function readFlags(given: readonly string[], sorts: FlagSorts): Flags {
  const text: { [name: string]: string } = {}
  const bool: { [name: string]: boolean } = {}
  const list: { [name: string]: readonly string[] } = {}
  const used = new Set<string>()
  for (const flag of given) {
    if (flag === '--') break
    if (!flag.startsWith('--')) throw new DockerfileProblem(`arg should start with -- : ${flag}`)
    const cut = flag.indexOf('=')
    const written = cut < 0 ? flag : flag.slice(0, cut)
    const value = cut < 0 ? undefined : flag.slice(cut + 1)
    const name = written.slice(2)
    const sort = Object.hasOwn(sorts, name) ? sorts[name] : undefined
    if (!sort) throw new DockerfileProblem(withSuggestion(`unknown flag: ${written}`, name, Object.keys(sorts), true))
    if (used.has(name) && sort !== 'list') throw new DockerfileProblem(`duplicate flag specified: ${written}`)
    used.add(name)
    if (sort === 'bool') bool[name] = truth(written, value)
    else if (value === undefined) throw new DockerfileProblem(`missing a value on flag: ${written}`)
    else if (sort === 'text') text[name] = value
    else list[name] = [...(list[name] ?? []), value]
  }
  return { text, bool, list }
}

function truth(flag: string, value: string | undefined): boolean {
  if (value === '') throw new DockerfileProblem(`missing a value on flag: ${flag}`)
  const word = (value ?? 'true').toLowerCase()
  if (word !== 'true' && word !== 'false')
    throw new DockerfileProblem(`expecting boolean value for flag ${flag}, not: ${value}`)
  return word === 'true'
}
