import type { Operator, Query, Subject } from './clusterQuery.ts'

/**
 * Parses an expression of the cluster query language; `and` binds more tightly than `or`, `not` more tightly than both.
 * Throws `ClusterQueryError` where the service would call the expression invalid. Parsed expressions are kept.
 */
export function parseClusterQuery(expression: string): Query {
  const known = parsed.get(expression)
  if (known) return known
  const reader = new Reader(expression)
  const query = anyOf(reader)
  reader.skip()
  if (!reader.atEnd) throw new ClusterQueryError(`unexpected ${reader.rest}`)
  if (parsed.size > 1000) parsed.clear()
  parsed.set(expression, query)
  return query
}

/** The expression is not of the language. */
export class ClusterQueryError extends Error {}

const parsed = new Map<string, Query>()

function anyOf(reader: Reader): Query {
  const parts = [allOf(reader)]
  while (reader.take(/\|\||or(?=[\s(!])/y)) parts.push(allOf(reader))
  return parts.length === 1 && parts[0] ? parts[0] : { is: 'or', parts }
}

function allOf(reader: Reader): Query {
  const parts = [one(reader)]
  while (reader.take(/&&|and(?=[\s(!])/y)) parts.push(one(reader))
  return parts.length === 1 && parts[0] ? parts[0] : { is: 'and', parts }
}

function one(reader: Reader): Query {
  if (reader.take(/!|not(?=[\s(])/y)) return { is: 'not', part: one(reader) }
  if (reader.take(/\(/y)) {
    const inner = anyOf(reader)
    if (!reader.take(/\)/y)) throw new ClusterQueryError('a parenthesis is not closed')
    return inner
  }
  return test(reader)
}

const OPERATORS: { readonly [word: string]: Operator } = {
  '==': 'equals',
  equals: 'equals',
  '!=': 'not_equals',
  not_equals: 'not_equals',
  '>': 'greater_than',
  greater_than: 'greater_than',
  '>=': 'greater_than_equal',
  greater_than_equal: 'greater_than_equal',
  '<': 'less_than',
  less_than: 'less_than',
  '<=': 'less_than_equal',
  less_than_equal: 'less_than_equal',
  exists: 'exists',
  '!exists': 'not_exists',
  not_exists: 'not_exists',
  in: 'in',
  '!in': 'not_in',
  not_in: 'not_in',
  '=~': 'matches',
  matches: 'matches',
  '!~': 'not_matches',
  not_matches: 'not_matches',
}

const EQUALITY: readonly Operator[] = ['equals', 'not_equals']
const ORDER: readonly Operator[] = ['greater_than', 'greater_than_equal', 'less_than', 'less_than_equal']
const CHOICE: readonly Operator[] = ['in', 'not_in', 'matches', 'not_matches']
const COMPARED = new Set([...EQUALITY, ...ORDER])
const NAMED = new Set([...EQUALITY, ...CHOICE])
const ANY = new Set<Operator>([...EQUALITY, ...CHOICE, 'exists', 'not_exists'])
const ALLOWED: { readonly [of in Subject['of']]: ReadonlySet<Operator> } = {
  agentConnected: NAMED,
  agentVersion: COMPARED,
  attribute: ANY,
  ec2InstanceId: NAMED,
  registeredAt: COMPARED,
  runningTasksCount: COMPARED,
  taskGroup: ANY,
}

function test(reader: Reader): Query {
  const subject = subjectOf(reader.take(/[^\s()=!<>~[\],&|'"]+/y))
  const word = reader.take(/==|!=|>=|<=|=~|!~|>|<|!\s*exists\b|!\s*in\b|[a-z_]+/y)?.replace(/\s/g, '')
  const operator = word === undefined ? undefined : OPERATORS[word]
  if (!operator) throw new ClusterQueryError(`${word ?? reader.rest} is no operator`)
  if (!ALLOWED[subject.of].has(operator)) throw new ClusterQueryError(`${subject.of} does not take ${operator}`)
  if (operator === 'exists' || operator === 'not_exists') return { is: 'test', subject, operator, values: [] }
  if (operator === 'in' || operator === 'not_in') return { is: 'test', subject, operator, values: list(reader) }
  if (operator === 'matches' || operator === 'not_matches') {
    const text = reader.quoted() ?? reader.pattern()
    return { is: 'test', subject, operator, values: [text], pattern: patternOf(text) }
  }
  const value = reader.value()
  if (!wellFormed(subject, value)) throw new ClusterQueryError(`${value} is nothing to compare ${subject.of} with`)
  return { is: 'test', subject, operator, values: [value] }
}

function subjectOf(text: string | undefined): Subject {
  if (text === undefined) throw new ClusterQueryError('a subject is missing')
  if (text.startsWith('attribute:') && text.length > 10) return { of: 'attribute', name: text.slice(10) }
  if (text === 'task:group') return { of: 'taskGroup' }
  switch (text) {
    case 'agentConnected':
    case 'agentVersion':
    case 'ec2InstanceId':
    case 'registeredAt':
    case 'runningTasksCount':
      return { of: text }
  }
  throw new ClusterQueryError(`${text} is no subject`)
}

function wellFormed(subject: Subject, value: string): boolean {
  switch (subject.of) {
    case 'agentVersion':
      return /^v?\d+(\.\d+)*$/.test(value)
    case 'registeredAt':
      return /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value))
    case 'runningTasksCount':
      return /^\d+$/.test(value)
    default:
      return true
  }
}

function list(reader: Reader): readonly string[] {
  if (!reader.take(/\[/y)) throw new ClusterQueryError('a list in brackets is missing')
  const values = [reader.value()]
  while (reader.take(/,/y)) values.push(reader.value())
  if (!reader.take(/\]/y)) throw new ClusterQueryError('a bracket is not closed')
  return values
}

/** Java's expressions must match the whole value, as its `matches` does. */
function patternOf(text: string): RegExp {
  try {
    return new RegExp(`^(?:${text})$`)
  } catch {
    throw new ClusterQueryError(`${text} is no regular expression`)
  }
}

class Reader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  get atEnd(): boolean {
    return this.at >= this.text.length
  }

  get rest(): string {
    return this.text.slice(this.at)
  }

  skip(): void {
    while (/\s/.test(this.text.charAt(this.at))) this.at++
  }

  /** What a sticky expression matches here, blanks skipped. */
  take(pattern: RegExp): string | undefined {
    this.skip()
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    if (found) this.at += found.length
    return found
  }

  quoted(): string | undefined {
    return this.take(/'[^']*'|"[^"]*"/y)?.slice(1, -1)
  }

  value(): string {
    const value = this.quoted() ?? this.take(/[^\s()[\],'"=!<>&|]+/y)
    if (value === undefined) throw new ClusterQueryError('a value is missing')
    return value
  }

  /** A bare pattern: up to a blank or a parenthesis that is not its own. */
  pattern(): string {
    this.skip()
    const from = this.at
    for (let open = 0; !this.atEnd; this.at++) {
      const char = this.text.charAt(this.at)
      if (/\s/.test(char) || (char === ')' && open === 0)) break
      if (char === '\\') this.at++
      else if (char === '(') open++
      else if (char === ')') open--
    }
    if (this.at === from) throw new ClusterQueryError('a pattern is missing')
    return this.text.slice(from, this.at)
  }
}
