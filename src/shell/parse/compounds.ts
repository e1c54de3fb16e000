import type { CaseArm, Command, CondToken, Script, Word } from './ast.ts'
import type { Parser } from './parser.ts'
import { SyntaxProblem } from './syntaxError.ts'
import { arithmeticEnd, readWord } from './words.ts'

/** Reads a compound command if one begins here. */
export function readCompound(parser: Parser): Command | undefined {
  if (parser.peek('((')) {
    const end = arithmeticEnd(parser.text, parser.at + 2)
    if (end !== undefined) {
      const expression = parser.text.slice(parser.at + 2, end)
      parser.at = end + 2
      return { type: 'arith', expression, redirects: [] }
    }
  }
  if (parser.sign('(')) return { type: 'subshell', body: until(parser, ')'), redirects: [] }
  if (parser.keyword('{')) return { type: 'group', body: until(parser, '}'), redirects: [] }
  if (parser.keyword('if')) return readIf(parser)
  if (parser.keyword('while')) return readWhile(parser, false)
  if (parser.keyword('until')) return readWhile(parser, true)
  if (parser.keyword('for')) return readFor(parser)
  if (parser.keyword('case')) return readCase(parser)
  if (parser.keyword('function')) return readFunction(parser)
  if (parser.keyword('[[')) return readCond(parser)
  return undefined
}

function until(parser: Parser, ...ends: readonly string[]): Script {
  const script = parser.list(new Set(ends))
  if (ends.length === 1) {
    parser.expect(ends[0] as string)
    if (script.items.length === 0) throw new SyntaxProblem(`syntax error near unexpected token \`${ends[0]}'`)
  } else if (parser.done) throw new SyntaxProblem('syntax error: unexpected end of file', true)
  return script
}

function readIf(parser: Parser): Command {
  const arms: { test: Script; then: Script }[] = []
  let otherwise: Script | undefined
  for (;;) {
    const test = until(parser, 'then')
    const then = until(parser, 'elif', 'else', 'fi')
    arms.push({ test, then })
    if (parser.keyword('elif')) continue
    if (parser.keyword('else')) otherwise = until(parser, 'fi')
    else parser.expect('fi')
    return { type: 'if', arms, ...(otherwise ? { otherwise } : {}), redirects: [] }
  }
}

function readWhile(parser: Parser, negated: boolean): Command {
  const test = until(parser, 'do')
  return { type: 'while', until: negated, test, body: until(parser, 'done'), redirects: [] }
}

function readFor(parser: Parser): Command {
  parser.blank()
  if (parser.peek('((')) {
    const end = arithmeticEnd(parser.text, parser.at + 2)
    if (end === undefined) throw new SyntaxProblem('syntax error: unexpected end of file', true)
    const [init = '', test = '', next = ''] = parser.text.slice(parser.at + 2, end).split(';')
    parser.at = end + 2
    parser.blank()
    parser.sign(';')
    parser.expect('do')
    return { type: 'cfor', init, test, next, body: until(parser, 'done'), redirects: [] }
  }
  const name = /[A-Za-z_][A-Za-z0-9_]*/y
  name.lastIndex = parser.at
  const found = name.exec(parser.text)?.[0]
  if (!found) return parser.unexpected()
  parser.at += found.length
  parser.blank(true)
  let words: Word[] | undefined
  if (parser.keyword('in')) {
    words = []
    for (;;) {
      parser.blank()
      const word = readWord(parser)
      if (!word) break
      words.push(word)
    }
  }
  parser.blank()
  parser.sign(';')
  parser.expect('do')
  return { type: 'for', name: found, ...(words ? { words } : {}), body: until(parser, 'done'), redirects: [] }
}

function readCase(parser: Parser): Command {
  parser.blank()
  const word = readWord(parser)
  if (!word) return parser.unexpected()
  parser.expect('in')
  const arms: CaseArm[] = []
  for (;;) {
    parser.blank(true)
    if (parser.done) throw new SyntaxProblem('syntax error: unexpected end of file', true)
    if (parser.keyword('esac')) return { type: 'case', word, arms, redirects: [] }
    parser.sign('(')
    const patterns: Word[] = []
    do {
      parser.blank()
      const pattern = readWord(parser)
      if (!pattern) return parser.unexpected()
      patterns.push(pattern)
      parser.blank()
    } while (parser.sign('|'))
    if (!parser.sign(')')) return parser.unexpected()
    const body = parser.list(new Set(['esac']))
    const end = [';;&', ';;', ';&'].find((sign) => parser.sign(sign))
    arms.push({ patterns, body, end: end ?? ';;' })
  }
}

function readFunction(parser: Parser): Command {
  parser.blank()
  const name = /[^\s(){};&|<>]+/y
  name.lastIndex = parser.at
  const found = name.exec(parser.text)?.[0]
  if (!found) return parser.unexpected()
  parser.at += found.length
  parser.blank()
  if (parser.sign('(')) parser.expect(')')
  parser.blank(true)
  return { type: 'function', name: found, body: parser.command(), redirects: [] }
}

const WORD_END = new Set([' ', '\t', '\n', ';', '(', ')'])
const REGEX_END = new Set([' ', '\t', '\n'])

function readCond(parser: Parser): Command {
  const words: CondToken[] = []
  for (;;) {
    parser.blank(true)
    if (parser.done) throw new SyntaxProblem('syntax error: unexpected end of file', true)
    if (parser.keyword(']]')) return { type: 'cond', words, redirects: [] }
    const op = ['&&', '||', '(', ')', '<', '>'].find((sign) => parser.peek(sign))
    const last = words[words.length - 1]
    const regex = last && 'op' in last && last.op === '=~'
    if (op && !regex) {
      parser.at += op.length
      words.push({ op })
      continue
    }
    const from = parser.at
    const word = readWord(parser, regex ? REGEX_END : WORD_END)
    if (!word) return parser.unexpected()
    const text = parser.text.slice(from, parser.at)
    if (/^(==|=|!=|=~|!|-[a-zA-Z]{1,2})$/.test(text)) words.push({ op: text })
    else words.push({ word })
  }
}
