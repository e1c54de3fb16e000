import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml'
import type { Loose } from './loose.ts'
import { setOwn } from './loose.ts'

/** A place in the file, both counted from 1. */
export interface TextPosition {
  readonly line: number
  readonly column: number
}

/** One parsed YAML document, or the reason why it is none; `message` is go-yaml's (`yaml: line 3: ...`). */
export interface YamlAnswer {
  readonly value: unknown
  /** Where the value at `path` stands; undefined when there is no such path. */
  readonly positionOf: (path: readonly (string | number)[]) => TextPosition | undefined
  readonly problem: (TextPosition & { readonly message: string }) | undefined
}

/**
 * Parses one YAML document as sigs.k8s.io/yaml does: YAML 1.1 booleans (`yes`, `on`), octal `010`, merge keys, timestamps left as
 * text, object keys turned into text. Aliases may expand to at most 100 copies. `firstLine` is the line of the file
 * on which the document begins; messages count from the document's own start, as kubectl's do.
 */
export function parseYaml(text: string, firstLine = 1): YamlAnswer {
  const counter = new LineCounter()
  const document = parseDocument(text, {
    version: '1.1',
    merge: true,
    uniqueKeys: false,
    strict: true,
    prettyErrors: false,
    lineCounter: counter,
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !refused.has(`${tag.tag} ${formatOf(tag)}`)),
  })
  const place = (offset: number): TextPosition => {
    const { line, col } = counter.linePos(offset)
    return { line: line + firstLine - 1, column: col }
  }
  const positionOf = (path: readonly (string | number)[]) => {
    const offset = offsetOf(document, path)
    return offset === undefined ? undefined : place(offset)
  }
  const problem = (message: string, offset: number): YamlAnswer => ({
    value: undefined,
    positionOf,
    problem: { ...place(offset), message },
  })
  const error = document.errors[0]
  if (error) {
    const lineOf = (offset: number) => counter.linePos(offset).line
    const told = goWords(error.code, error.message, error.pos[0], text, lineOf)
    return problem(`yaml: ${told.message}`, told.offset)
  }
  const twice = duplicateKey(document.contents)
  if (twice) {
    const line = counter.linePos(twice.offset).line
    return problem(
      `yaml: unmarshal errors:\n  line ${line}: key ${JSON.stringify(twice.key)} already set in map`,
      twice.offset,
    )
  }
  const odd = collectionKey(document.contents)
  if (odd !== undefined) return problem('yaml: invalid map key: map[interface {}]interface {}{}', odd)
  try {
    return { value: plain(document.toJS({ maxAliasCount: 100, mapAsMap: true })), positionOf, problem: undefined }
  } catch (thrown) {
    const alias = /alias[^:]*: (\S+)/.exec(String(thrown))
    if (alias && !String(thrown).includes('Excessive'))
      return problem(`yaml: unknown anchor '${alias[1]}' referenced`, 0)
    return problem('yaml: document contains excessive aliasing', 0)
  }
}

/** Lines of a file split at `---` as kubectl's YAML reader splits them, with the line on which each part begins. */
export function splitDocuments(text: string): readonly { readonly text: string; readonly firstLine: number }[] {
  const parts: { text: string; firstLine: number }[] = []
  let lines: string[] = []
  let first = 1
  const all = text.replace(/^\uFEFF/, '').split('\n')
  all.forEach((line, index) => {
    if (!/^---(\s|$)/.test(line)) {
      lines.push(line)
      return
    }
    parts.push({ text: lines.join('\n'), firstLine: first })
    lines = [line.slice(3)]
    first = index + 1
  })
  parts.push({ text: lines.join('\n'), firstLine: first })
  return parts
}

const refused = new Set([
  'tag:yaml.org,2002:timestamp ',
  'tag:yaml.org,2002:binary ',
  'tag:yaml.org,2002:int TIME',
  'tag:yaml.org,2002:float TIME',
])

function formatOf(tag: object): string {
  return 'format' in tag && typeof tag.format === 'string' ? tag.format : ''
}

/** go-yaml's message for an error of the yaml package, with its habits: scanner errors count lines from 1 and leave line 1 out, parser errors count from 0. */
function goWords(
  code: string,
  message: string,
  offset: number,
  text: string,
  lineOf: (offset: number) => number,
): { message: string; offset: number } {
  const scanner = (words: string, at: number) => {
    const line = lineOf(at)
    return { message: line > 1 ? `line ${line}: ${words}` : words, offset: at }
  }
  const parser = (words: string, at: number) => {
    const line = lineOf(at) - 1
    return { message: line > 0 ? `line ${line}: ${words}` : words, offset: at }
  }
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY': {
      const colon = /:(?=\s|$)/.exec(text.slice(offset))
      return scanner('mapping values are not allowed in this context', offset + (colon?.index ?? 0))
    }
    case 'TAB_AS_INDENT':
    case 'BAD_SCALAR_START':
      return scanner('found character that cannot start any token', offset)
    case 'MISSING_CHAR':
      if (message.includes('quote')) return scanner('found unexpected end of stream', text.length)
      if (message.includes(',')) return parser("did not find expected ',' or ']'", offset)
      return scanner("could not find expected ':'", offset)
    case 'BAD_DQ_ESCAPE':
      return scanner('found unknown escape character', offset)
    case 'BAD_INDENT':
      if (message.startsWith('Flow sequence')) return parser("did not find expected ',' or ']'", offset)
      if (message.startsWith('Flow map')) return parser("did not find expected ',' or '}'", offset)
      if (message.includes('sequence')) return parser("did not find expected '-' indicator", offset)
      return parser('did not find expected key', offset)
    case 'UNEXPECTED_TOKEN':
      return parser(
        /^\s*-/m.test(text.slice(0, offset)) ? "did not find expected '-' indicator" : 'did not find expected key',
        offset,
      )
    case 'BAD_ALIAS':
      return scanner('did not find expected alphabetic or numeric character', offset)
    default:
      return parser('did not find expected key', offset)
  }
}

function offsetOf(document: Document, path: readonly (string | number)[]): number | undefined {
  let node: unknown = document.contents
  let offset = document.contents?.range?.[0]
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isSeq(node) && typeof step === 'number') {
      node = node.items[step]
      offset = (node as Node | undefined)?.range?.[0]
    } else if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
      if (!pair) return undefined
      offset = (pair.key as Node).range?.[0]
      node = pair.value
    } else return undefined
    if (offset === undefined) return undefined
  }
  return offset
}

function duplicateKey(node: unknown): { key: string; offset: number } | undefined {
  if (!isCollection(node)) return undefined
  const seen = new Set<string>()
  for (const item of node.items) {
    if (!isPair(item)) {
      const inner = duplicateKey(item)
      if (inner) return inner
      continue
    }
    if (isScalar(item.key)) {
      const key = String(item.key.value)
      if (seen.has(key) && key !== '<<') return { key, offset: item.key.range?.[0] ?? 0 }
      seen.add(key)
    }
    const inner = duplicateKey(item.value)
    if (inner) return inner
  }
  return undefined
}

function collectionKey(node: unknown): number | undefined {
  if (!isCollection(node)) return undefined
  for (const item of node.items) {
    if (isPair(item) && isCollection(item.key)) return item.key.range?.[0] ?? 0
    const inner = collectionKey(isPair(item) ? item.value : item)
    if (inner !== undefined) return inner
  }
  return undefined
}

/** Turns Maps into objects with text keys, as YAMLToJSON does. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map) {
    const out: Loose = {}
    for (const [key, item] of value) setOwn(out, String(key), plain(item))
    return out
  }
  if (value instanceof Set) return Object.fromEntries([...value].map((key) => [String(key), null]))
  return value
}
