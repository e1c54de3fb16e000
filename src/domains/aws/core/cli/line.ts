import { misused } from './cliError.ts'

/** One option that a level of the command line knows. */
export interface Option {
  /** With its dashes. */
  readonly name: string
  /** How many words it takes: none, one, or all up to the next option. */
  readonly takes: 'none' | 'one' | 'many'
  readonly required?: boolean | undefined
}

/** What was written: words by option, and the words that belong to none. */
export interface Line {
  readonly given: ReadonlyMap<string, readonly string[]>
  readonly operands: readonly string[]
  readonly unknown: readonly string[]
}

/**
 * Takes words apart as argparse does: abbreviated options, `--option=value`, negative numbers as values, the last of two winning.
 * `required` options that are absent end the command.
 */
export function readLine(words: readonly string[], options: readonly Option[], strict = true): Line {
  const given = new Map<string, readonly string[]>()
  const operands: string[] = []
  const unknown: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '--') {
      operands.push(...words.slice(at + 1))
      break
    }
    if (!isOption(word)) {
      operands.push(word)
      continue
    }
    const cut = word.indexOf('=')
    const name = cut > 0 ? word.slice(0, cut) : word
    const option = find(name, options)
    if (!option) {
      unknown.push(word)
      while (at + 1 < words.length && !isOption(words[at + 1] ?? '')) unknown.push(words[++at] ?? '')
      continue
    }
    const inline = cut > 0 ? word.slice(cut + 1) : undefined
    if (option.takes === 'none') {
      if (inline !== undefined) throw misused(`argument ${option.name}: ignored explicit argument '${inline}'`)
      given.set(option.name, [])
    } else if (option.takes === 'one') {
      const value = inline ?? (at + 1 < words.length && !isOption(words[at + 1] ?? '') ? words[++at] : undefined)
      if (value === undefined) throw misused(`argument ${option.name}: expected one argument`)
      given.set(option.name, [value])
    } else {
      const values = inline === undefined ? [] : [inline]
      if (inline === undefined)
        while (at + 1 < words.length && !isOption(words[at + 1] ?? '')) values.push(words[++at] ?? '')
      given.set(option.name, values)
    }
  }
  const missing = options.filter((option) => option.required && !given.has(option.name)).map((option) => option.name)
  if (strict && missing.length > 0) throw misused(`the following arguments are required: ${missing.join(', ')}`)
  return { given, operands, unknown }
}

function isOption(word: string): boolean {
  return word.startsWith('-') && word.length > 1 && !/^-\d+(\.\d*)?$|^-\.\d+$/.test(word) && !word.includes(' ')
    ? true
    : word.startsWith('--') && word.length > 2 && word.includes('=') && /^--[\w-]+=/.test(word)
}

function find(name: string, options: readonly Option[]): Option | undefined {
  const exact = options.find((option) => option.name === name)
  if (exact || !name.startsWith('--')) return exact
  const begun = options.filter((option) => option.name.startsWith(name))
  if (begun.length > 1)
    throw misused(`ambiguous option: ${name} could match ${begun.map((option) => option.name).join(', ')}`)
  return begun[0]
}

/** Refuses a word that is none of those that may stand there, with those that look like it. Models: awscli/argparser.py. */
export function choose(argument: string, word: string, choices: readonly string[]): void {
  if (choices.includes(word)) return
  const close = choices
    .map((choice) => [choice, likeness(word, choice)] as const)
    .filter(([, ratio]) => ratio >= 0.8)
    .sort(([a, x], [b, y]) => y - x || (a < b ? 1 : -1))
    .slice(0, 3)
  const hint =
    close.length === 0 ? '' : `\n\nMaybe you meant:\n\n${close.map(([choice]) => `  * ${choice}`).join('\n')}`
  throw misused(`argument ${argument}: Found invalid choice '${word}'${hint}`)
}

/** Ratcliff and Obershelp's likeness of two words, 0 to 1, as Python's difflib has it. */
function likeness(a: string, b: string): number {
  return a.length + b.length === 0 ? 1 : (2 * common(a, b)) / (a.length + b.length)
}

function common(a: string, b: string): number {
  let best = 0
  let [atA, atB] = [0, 0]
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < b.length; j++) {
      let size = 0
      while (i + size < a.length && a[i + size] === b[j + size]) size++
      if (size > best) [best, atA, atB] = [size, i, j]
    }
  if (best === 0) return 0
  return best + common(a.slice(0, atA), b.slice(0, atB)) + common(a.slice(atA + best), b.slice(atB + best))
}
