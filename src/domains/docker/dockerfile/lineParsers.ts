import { isSpace, quoted, trimLeft } from './go.ts'
import { type DockerfileNode, newNode } from './node.ts'
import { DockerfileProblem } from './problem.ts'

/** The arguments of one instruction as a chain of words. */
export interface ParsedLine {
  readonly next?: DockerfileNode | undefined
  readonly json: boolean
}

/** How an instruction's arguments are read. `sub` parses an instruction within one. Models: buildkit parser/line_parsers.go. */
export type LineParser = (rest: string, token: string, sub: (line: string) => DockerfileNode) => ParsedLine

const NOTHING: ParsedLine = { json: false }
const GAPS = /[\t\v\f\r ]+/

const words: LineParser = (rest) => (rest === '' ? NOTHING : { next: chain(rest.split(GAPS)), json: false })

const text: LineParser = (rest) => (rest === '' ? NOTHING : { next: newNode(rest), json: false })

const maybeJson: LineParser = (rest) => {
  if (rest === '') return NOTHING
  const list = jsonList(rest)
  return list ? { next: chain(list), json: true } : { next: newNode(rest), json: false }
}

const maybeJsonToList: LineParser = (rest, token, sub) => {
  const list = jsonList(rest)
  return list ? { next: chain(list), json: true } : words(rest, token, sub)
}

const namesOrValues: LineParser = (rest, token) => ({ next: chain(splitWords(rest, token)), json: false })

const namesAndValues =
  (key: string): LineParser =>
  (rest, token) => {
    const all = splitWords(rest, token)
    const [first] = all
    if (first === undefined) return NOTHING
    if (!first.includes('=')) {
      const gap = GAPS.exec(rest)
      if (!gap) throw new DockerfileProblem(`${key} must have two arguments`)
      return { next: chain([rest.slice(0, gap.index), rest.slice(gap.index + gap[0].length), '']), json: false }
    }
    const parts = all.flatMap((word) => {
      const cut = word.indexOf('=')
      if (cut < 0)
        throw new DockerfileProblem(`Syntax error - can't find = in ${quoted(word)}. Must be of the form: name=value`)
      return [word.slice(0, cut), word.slice(cut + 1), '=']
    })
    return { next: chain(parts), json: false }
  }

const subCommand: LineParser = (rest, _token, sub) => {
  if (rest === '') return NOTHING
  const node = newNode('')
  node.children = [sub(rest)]
  return { next: node, json: false }
}

const health: LineParser = (rest, token, sub) => {
  const gap = [...rest].findIndex(isSpace)
  const cut = gap < 0 ? rest.length : gap
  if (cut === 0) return NOTHING
  const { next, json } = maybeJson(trimLeft(rest.slice(cut)), token, sub)
  const type = newNode(rest.slice(0, cut))
  type.next = next
  return { next: type, json }
}

/** By instruction in lower case. One that is not among them is read without its arguments, and refused later. */
export const lineParsers: { readonly [instruction: string]: LineParser } = {
  add: maybeJsonToList,
  arg: namesOrValues,
  cmd: maybeJson,
  copy: maybeJsonToList,
  entrypoint: maybeJson,
  env: namesAndValues('ENV'),
  expose: words,
  from: words,
  healthcheck: health,
  label: namesAndValues('LABEL'),
  maintainer: text,
  onbuild: subCommand,
  run: maybeJson,
  shell: maybeJson,
  stopsignal: text,
  user: text,
  volume: maybeJsonToList,
  workdir: text,
}

function chain(values: readonly string[]): DockerfileNode | undefined {
  let next: DockerfileNode | undefined
  for (const value of [...values].reverse()) {
    const node = newNode(value)
    node.next = next
    next = node
  }
  return next
}

/** The strings of a JSON array; undefined when it is none. An array of something else is refused. */
function jsonList(rest: string): readonly string[] | undefined {
  const json = trimLeft(rest)
  if (!json.startsWith('[')) return undefined
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return undefined
  }
  if (!Array.isArray(value)) return undefined
  if (value.some((one) => typeof one !== 'string'))
    throw new DockerfileProblem('when using JSON array syntax, arrays must be comprised of strings only')
  return value as string[]
}

/** Words apart at spaces, quotes kept. */
function splitWords(rest: string, token: string): readonly string[] {
  const found: string[] = []
  const letters = [...rest]
  let phase: 'spaces' | 'word' | 'quote' = 'spaces'
  let word = ''
  let quote = ''
  let blank = false
  const take = (): void => {
    if (blank || word !== '') found.push(word)
    word = ''
    blank = false
  }
  for (let at = 0; at <= letters.length; at++) {
    const end = at === letters.length
    let letter = letters[at] ?? ''
    if (phase === 'spaces') {
      if (end) break
      if (isSpace(letter)) continue
      phase = 'word'
    }
    if (end) {
      take()
      break
    }
    if (phase === 'word') {
      if (isSpace(letter)) {
        phase = 'spaces'
        take()
        continue
      }
      if (letter === "'" || letter === '"') {
        quote = letter
        blank = true
        phase = 'quote'
      }
      if (letter === token) {
        if (at + 1 === letters.length) continue
        word += letter
        letter = letters[++at] as string
      }
      word += letter
    } else {
      if (letter === quote) phase = 'word'
      if (letter === token && quote !== "'") {
        if (at + 1 === letters.length) {
          phase = 'word'
          continue
        }
        word += letter
        letter = letters[++at] as string
      }
      word += letter
    }
  }
  return found
}
