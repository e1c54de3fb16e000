import { formatText } from '../builtins/format.ts'
import { AwkProblem, type Expr, type Rule, type Stmt } from './awkParse.ts'
import { posixRegex } from './regex.ts'

type Value = string | number

class Jump {
  readonly to: 'next' | 'break' | 'continue' | 'exit'
  constructor(to: Jump['to']) {
    this.to = to
  }
}

/** What `print > file` wrote to one file. `/dev/stderr` and `/dev/stdout` are files like others. */
export interface Written {
  readonly path: string
  readonly text: string
  readonly append: boolean
}

/** Turns of loops that one run may take: awk has no clock of its own to wait on. */
const LIMIT = 200_000

/** Runs a program over records. */
export function runAwk(
  rules: readonly Rule[],
  records: readonly string[],
  vars: ReadonlyMap<string, string>,
  env: { readonly [name: string]: string },
  random: (n: number) => number,
): { readonly out: string; readonly exit: number; readonly written: readonly Written[] } {
  const run = new Run(vars, env, random)
  let exited = false
  const phase = (body: () => void): void => {
    try {
      body()
    } catch (jump) {
      if (!(jump instanceof Jump)) throw jump
      if (jump.to === 'exit') exited = true
    }
  }
  for (const rule of rules) if (rule.when === 'BEGIN' && !exited) phase(() => run.all(rule.body ?? []))
  const main = rules.filter((rule) => rule.when !== 'BEGIN' && rule.when !== 'END')
  const open = new Set<Rule>()
  if (main.length > 0 || rules.some((rule) => rule.when === 'END'))
    for (const record of records) {
      if (exited) break
      run.record(record)
      phase(() => {
        for (const rule of main) if (applies(rule, run, open)) rule.body ? run.all(rule.body) : run.print([])
      })
    }
  exited = false
  for (const rule of rules) if (rule.when === 'END' && !exited) phase(() => run.all(rule.body ?? []))
  return { out: run.out, exit: run.code, written: [...run.written.values()] }
}

function applies(rule: Rule, run: Run, open: Set<Rule>): boolean {
  if (rule.when === 'always') return true
  const hit = (expr: Expr): boolean => run.truth(run.value(expr))
  if (!rule.to) return hit(rule.when as Expr)
  if (!open.has(rule)) {
    if (!hit(rule.when as Expr)) return false
    open.add(rule)
  }
  if (hit(rule.to)) open.delete(rule)
  return true
}

class Run {
  out = ''
  /** By path, in order of the first write. */
  readonly written = new Map<string, Written>()
  code = 0
  private vars = new Map<string, Value>([
    ['FS', ' '],
    ['OFS', ' '],
    ['ORS', '\n'],
    ['NR', 0],
    ['NF', 0],
    ['SUBSEP', '\x1c'],
    ['RSTART', 0],
    ['RLENGTH', -1],
  ])
  private arrays = new Map<string, Map<string, Value>>()
  private fields: string[] = ['']
  private turns = 0
  private draws = 0
  private readonly random: (n: number) => number

  constructor(
    vars: ReadonlyMap<string, string>,
    env: { readonly [name: string]: string },
    random: (n: number) => number,
  ) {
    for (const [name, value] of vars) this.vars.set(name, value)
    this.arrays.set('ENVIRON', new Map(Object.entries(env)))
    this.random = random
  }

  record(line: string) {
    this.vars.set('NR', this.num(this.vars.get('NR') ?? 0) + 1)
    this.vars.set('FNR', this.vars.get('NR') ?? 0)
    this.split(line)
  }

  private split(line: string) {
    this.fields = [line, ...this.pieces(line, this.text(this.vars.get('FS') ?? ' '))]
    this.vars.set('NF', this.fields.length - 1)
  }

  private pieces(text: string, by: string): string[] {
    if (text.trim() === '' && by === ' ') return []
    if (text === '') return []
    if (by === ' ') return text.trim().split(/\s+/)
    return text.split(by.length === 1 && by !== ' ' ? by : this.regex(by))
  }

  private regex(source: string): RegExp {
    try {
      return new RegExp(posixRegex(source, 'extended'))
    } catch {
      throw new AwkProblem(`illegal regular expression: ${source}`)
    }
  }

  all(body: readonly Stmt[]) {
    for (const stmt of body) this.do(stmt)
  }

  print(args: readonly Expr[], put = (text: string): void => this.put(text, undefined, false)) {
    const text =
      args.length === 0
        ? (this.fields[0] ?? '')
        : args.map((arg) => this.shown(this.value(arg))).join(this.text(this.vars.get('OFS') ?? ' '))
    put(text + this.text(this.vars.get('ORS') ?? '\n'))
  }

  private put(text: string, into: Expr | undefined, append: boolean) {
    const path = into ? this.text(this.value(into)) : '/dev/stdout'
    if (path === '/dev/stdout' || path === '-') {
      this.out += text
      return
    }
    const before = this.written.get(path)
    this.written.set(path, before ? { ...before, text: before.text + text } : { path, text, append })
  }

  private do(stmt: Stmt) {
    switch (stmt.s) {
      case 'expr':
        this.value(stmt.of)
        return
      case 'print':
        return this.print(stmt.args, (text) => this.put(text, stmt.into, stmt.append ?? false))
      case 'printf': {
        const [format, ...args] = stmt.args.map((arg) => this.text(this.value(arg)))
        const places = Math.max(1, (format?.match(/%[^%]/g) ?? []).length)
        const { text } = formatText(format ?? '', args.length === 0 ? [] : args.slice(0, places))
        return this.put(text, stmt.into, stmt.append ?? false)
      }
      case 'block':
        return this.all(stmt.body)
      case 'if':
        if (this.truth(this.value(stmt.test))) this.do(stmt.then)
        else if (stmt.otherwise) this.do(stmt.otherwise)
        return
      case 'while':
        return this.loop(() => this.truth(this.value(stmt.test)), stmt.body)
      case 'for':
        if (stmt.init) this.do(stmt.init)
        return this.loop(() => !stmt.test || this.truth(this.value(stmt.test)), stmt.body, stmt.next)
      case 'forin': {
        const keys = [...(this.arrays.get(stmt.array)?.keys() ?? [])]
        let i = 0
        return this.loop(() => {
          const key = keys[i++]
          if (key !== undefined) this.vars.set(stmt.name, key)
          return key !== undefined
        }, stmt.body)
      }
      case 'delete':
        if (stmt.of.e === 'var' && stmt.of.index) this.array(stmt.of.name).delete(this.key(stmt.of.index))
        else if (stmt.of.e === 'var') this.arrays.delete(stmt.of.name)
        return
      case 'exit':
        if (stmt.code) this.code = this.num(this.value(stmt.code))
        throw new Jump('exit')
      default:
        throw new Jump(stmt.s)
    }
  }

  private loop(test: () => boolean, body: Stmt, next?: Stmt) {
    while (test()) {
      if (this.turns++ > LIMIT) throw new AwkProblem('the program loops for ever')
      try {
        this.do(body)
      } catch (jump) {
        if (!(jump instanceof Jump) || jump.to === 'next' || jump.to === 'exit') throw jump
        if (jump.to === 'break') return
      }
      if (next) this.do(next)
    }
  }

  value(expr: Expr): Value {
    switch (expr.e) {
      case 'num':
      case 'str':
        return expr.value
      case 'regex':
        return Number(expr.regex.test(this.fields[0] ?? ''))
      case 'var':
        return expr.index ? (this.array(expr.name).get(this.key(expr.index)) ?? '') : (this.vars.get(expr.name) ?? '')
      case 'field':
        return this.fields[this.num(this.value(expr.of))] ?? ''
      case 'not':
        return Number(!this.truth(this.value(expr.a)))
      case 'neg':
        return -this.num(this.value(expr.a))
      case 'cond':
        return this.value(this.truth(this.value(expr.test)) ? expr.yes : expr.no)
      case 'in':
        return Number(this.array(expr.array).has(this.text(this.value(expr.key))))
      case 'set': {
        const right = this.value(expr.value)
        const value = expr.op === '' ? right : this.calculate(expr.op, this.num(this.value(expr.to)), this.num(right))
        this.set(expr.to, value)
        return value
      }
      case 'step': {
        const before = this.num(this.value(expr.to))
        this.set(expr.to, before + expr.by)
        return expr.post ? before : before + expr.by
      }
      case 'op':
        return this.operate(expr)
      case 'call':
        return this.call(expr.name, expr.args)
    }
  }

  private operate({ op, a, b }: Expr & { e: 'op' }): Value {
    if (op === '&&') return Number(this.truth(this.value(a)) && this.truth(this.value(b)))
    if (op === '||') return Number(this.truth(this.value(a)) || this.truth(this.value(b)))
    if (op === '~' || op === '!~')
      return Number(
        (b.e === 'regex' ? b.regex : this.regex(this.text(this.value(b)))).test(this.text(this.value(a))) ===
          (op === '~'),
      )
    const x = this.value(a)
    const y = this.value(b)
    if (op === ' ') return this.text(x) + this.text(y)
    if (['<', '<=', '==', '!=', '>', '>='].includes(op)) {
      const numeric = looksNumeric(x, a) && looksNumeric(y, b)
      const [l, r] = numeric ? [this.num(x), this.num(y)] : [this.text(x), this.text(y)]
      return Number(
        op === '<'
          ? l < r
          : op === '<='
            ? l <= r
            : op === '=='
              ? l === r
              : op === '!='
                ? l !== r
                : op === '>'
                  ? l > r
                  : l >= r,
      )
    }
    return this.calculate(op, this.num(x), this.num(y))
  }

  private calculate(op: string, x: number, y: number): number {
    if ((op === '/' || op === '%') && y === 0) throw new AwkProblem('division by zero')
    return op === '+'
      ? x + y
      : op === '-'
        ? x - y
        : op === '*'
          ? x * y
          : op === '/'
            ? x / y
            : op === '%'
              ? x % y
              : x ** y
  }

  private set(to: Expr, value: Value) {
    if (to.e === 'field') {
      const at = this.num(this.value(to.of))
      if (at === 0) return this.split(this.text(value))
      while (this.fields.length <= at) this.fields.push('')
      this.fields[at] = this.text(value)
      this.vars.set('NF', this.fields.length - 1)
      this.fields[0] = this.fields.slice(1).join(this.text(this.vars.get('OFS') ?? ' '))
    } else if (to.e === 'var' && to.index) this.array(to.name).set(this.key(to.index), value)
    else if (to.e === 'var') {
      this.vars.set(to.name, value)
      if (to.name === 'NF') {
        this.fields = [
          this.fields[0] ?? '',
          ...Array.from({ length: this.num(value) }, (_, i) => this.fields[i + 1] ?? ''),
        ]
        this.fields[0] = this.fields.slice(1).join(this.text(this.vars.get('OFS') ?? ' '))
      }
    }
  }

  private call(name: string, args: readonly Expr[]): Value {
    const arg = (i: number): Value => (args[i] ? this.value(args[i]) : '')
    const text = (i: number): string => this.text(arg(i))
    switch (name) {
      case 'length':
        if (args[0]?.e === 'var' && !args[0].index && this.arrays.has(args[0].name))
          return this.array(args[0].name).size
        return args.length === 0 ? (this.fields[0] ?? '').length : text(0).length
      case 'substr': {
        const from = Math.round(this.num(arg(1)))
        const to = args[2] ? from + Math.round(this.num(arg(2))) : Number.POSITIVE_INFINITY
        return text(0).slice(Math.max(0, from - 1), Math.max(0, to - 1))
      }
      case 'index':
        return text(0).indexOf(text(1)) + 1
      case 'toupper':
        return text(0).toUpperCase()
      case 'tolower':
        return text(0).toLowerCase()
      case 'int':
        return Math.trunc(this.num(arg(0)))
      case 'sqrt':
        return Math.sqrt(this.num(arg(0)))
      case 'log':
        return Math.log(this.num(arg(0)))
      case 'exp':
        return Math.exp(this.num(arg(0)))
      case 'sin':
        return Math.sin(this.num(arg(0)))
      case 'cos':
        return Math.cos(this.num(arg(0)))
      case 'rand':
        return this.random(this.draws++)
      case 'srand':
      case 'close':
      case 'fflush':
        return 0
      case 'sprintf':
        return formatText(
          text(0),
          args.slice(1).map((_, i) => text(i + 1)),
        ).text
      case 'split': {
        if (args[1]?.e !== 'var') throw new AwkProblem('split needs an array')
        const by = args[2]?.e === 'regex' ? args[2].regex : text(2) || this.text(this.vars.get('FS') ?? ' ')
        const pieces = typeof by === 'string' ? this.pieces(text(0), by) : text(0).split(by)
        this.arrays.set(args[1].name, new Map(pieces.map((piece, i) => [String(i + 1), piece])))
        return pieces.length
      }
      case 'match': {
        const found = this.pattern(args[1]).exec(text(0))
        this.vars.set('RSTART', found ? found.index + 1 : 0)
        this.vars.set('RLENGTH', found ? found[0].length : -1)
        return found ? found.index + 1 : 0
      }
      case 'sub':
      case 'gsub': {
        const target: Expr = args[2] ?? { e: 'field', of: { e: 'num', value: 0 } }
        let count = 0
        const by = text(1)
        const result = this.text(this.value(target)).replace(
          new RegExp(this.pattern(args[0]).source, name === 'gsub' ? 'g' : ''),
          (match) => {
            count++
            return by.replace(/\\?&/g, (mark) => (mark === '&' ? match : '&'))
          },
        )
        if (count > 0) this.set(target, result)
        return count
      }
      default:
        throw new AwkProblem(`calling undefined function ${name}`)
    }
  }

  private pattern(expr: Expr | undefined): RegExp {
    return expr?.e === 'regex' ? expr.regex : this.regex(expr ? this.text(this.value(expr)) : '')
  }

  private array(name: string): Map<string, Value> {
    const array = this.arrays.get(name) ?? new Map<string, Value>()
    this.arrays.set(name, array)
    return array
  }

  private key(index: readonly Expr[]): string {
    return index.map((one) => this.text(this.value(one))).join('\x1c')
  }

  truth(value: Value): boolean {
    return typeof value === 'number'
      ? value !== 0
      : value !== '' && !(looksNumeric(value, undefined) && Number(value) === 0)
  }

  private num(value: Value): number {
    return typeof value === 'number'
      ? value
      : Number(/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(value)?.[0] ?? 0)
  }

  private text(value: Value): string {
    return typeof value === 'string'
      ? value
      : Number.isInteger(value)
        ? String(value)
        : String(Number(value.toPrecision(6)))
  }

  private shown(value: Value): string {
    return this.text(value)
  }
}

function looksNumeric(value: Value, expr: Expr | undefined): boolean {
  return (
    typeof value === 'number' ||
    (expr?.e !== 'str' &&
      (value === '' ? expr?.e === 'var' : /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(value)))
  )
}
