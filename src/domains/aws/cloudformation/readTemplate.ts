import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml'
import type { Json } from '../../../kernel/index.ts'
import { TemplateProblem } from './template.ts'

/** Reads the text of a template, JSON or YAML; short forms like `!Sub` become `Fn::Sub`. Throws `TemplateProblem`. */
export function readTemplate(text: string): Json {
  if (/^\s*\{/.test(text)) {
    try {
      return JSON.parse(text) as Json
    } catch (error) {
      return fromYaml(text, () => jsonProblem(text, error as Error))
    }
  }
  return fromYaml(text)
}

function jsonProblem(text: string, error: Error): TemplateProblem {
  const at = Number(/position (\d+)/.exec(error.message)?.[1] ?? text.length)
  const before = text.slice(0, at).split('\n')
  const column = (before.at(-1) ?? '').length + 1
  return new TemplateProblem(`Template format error: JSON not well-formed. (line ${before.length}, column ${column})`)
}

function fromYaml(text: string, otherwise?: () => TemplateProblem): Json {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true, uniqueKeys: false, logLevel: 'silent' })
  const [first] = document.errors
  if (first) {
    const mended = first.message.startsWith('Missing closing') ? indented(text, first.pos[0]) : undefined
    if (mended !== undefined && mended !== text) return fromYaml(mended, otherwise)
    if (otherwise) throw otherwise()
    const { line, col } = lines.linePos(first.pos[0])
    throw new TemplateProblem(`Template format error: YAML not well-formed. (line ${line}, column ${col})`)
  }
  const seen = new Map<string, Node>()
  return jsonOf(document.contents as Node | null, seen)
}

/**
 * The real parser lets quoted text go on in lines that are not indented, which means the same: indents those of the text that is open
 * at an offset. The text as it is when there is none.
 */
function indented(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n')
  for (let from = lines.length - 1; from >= 0 && from > lines.length - 200; from--) {
    const line = lines[from] ?? ''
    const [, lead = '', quote = ''] = /^(\s*(?:- )*[^'"#]*?[:-] +)(['"])/.exec(line) ?? []
    if (quote === '') continue
    const start = lines.slice(0, from).join('\n').length + (from > 0 ? 1 : 0) + lead.length
    const [inner = ''] = (quote === "'" ? /^'(?:[^']|'')*/ : /^"(?:[^"\\]|\\.)*/s).exec(text.slice(start)) ?? []
    const depth = ' '.repeat((/^\s*/.exec(line)?.[0].length ?? 0) + 2)
    return text.slice(0, start) + inner.replace(/\n[ \t]*(?=\S|$)/g, `\n${depth}`) + text.slice(start + inner.length)
  }
  return text
}

function jsonOf(node: Node | null, anchors: Map<string, Node>): Json {
  if (node === null) return null
  if (isAlias(node)) return jsonOf(anchors.get(node.source) ?? null, anchors)
  const anchor = (node as Scalar).anchor
  if (anchor !== undefined) anchors.set(anchor, node)
  return tagged(node, plain(node, anchors))
}

function plain(node: Node, anchors: Map<string, Node>): Json {
  if (isScalar(node)) return node.value === undefined ? null : scalar(node)
  if (isSeq(node)) return node.items.map((item) => jsonOf(item as Node | null, anchors))
  if (!isMap(node)) return null
  const object: Record<string, Json> = {}
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? (key.source ?? String(key.value)) : String(key)
    const made = jsonOf(value as Node | null, anchors)
    if (name === '<<') Object.assign(object, made)
    else object[name] = made
  }
  return object
}

/** A plain scalar; numbers that would lose digits (`0123`, `1_000`, account ids with a leading zero) stay text. */
function scalar(node: Scalar): Json {
  const { value, source } = node
  if (node.tag?.startsWith('!') && source !== undefined) return typeof value === 'string' ? value : source
  if (typeof value === 'number' && source !== undefined && String(value) !== source) return source
  if (typeof value === 'bigint') return String(value)
  return value as Json
}

/** Writes a short form out. */
function tagged(node: Node, value: Json): Json {
  const tag = node.tag
  if (tag === undefined || !tag.startsWith('!') || tag === '!') return value
  const name = tag.slice(1)
  if (name === 'Ref' || name === 'Condition') return { [name]: value }
  if (name === 'GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.')
    return { 'Fn::GetAtt': dot < 0 ? value : [value.slice(0, dot), value.slice(dot + 1)] }
  }
  return { [`Fn::${name}`]: value }
}
