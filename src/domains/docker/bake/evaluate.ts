import { FUNCTIONS } from './functions.ts'
import { type Expression, HclProblem } from './hclNode.ts'

/** What names and functions mean where an expression stands. */
export interface Scope {
  /** The value of a name; undefined when there is none. */
  variable(name: string): unknown
  /** A function of the file's own; undefined when there is none. */
  own(name: string): ((args: readonly unknown[]) => unknown) | undefined
}

/** The value of an expression, as JSON has it, or an `HclProblem`. Models: hcl v2 hclsyntax expressions over cty */
export function evaluate(expression: Expression, scope: Scope): unknown {
  const { from, to } = expression
  const value = (one: Expression): unknown => evaluate(one, scope)
  switch (expression.is) {
    case 'value':
      return expression.value
    case 'template':
      return expression.parts.map((part) => textOf(value(part), part)).join('')
    case 'name': {
      const found = scope.variable(expression.name)
      if (found === undefined)
        throw new HclProblem(
          'Unknown variable',
          `There is no variable named ${JSON.stringify(expression.name)}.`,
          from,
          to,
        )
      return found
    }
    case 'member':
      return member(value(expression.of), value(expression.key), expression)
    case 'splat': {
      const of = value(expression.of)
      const items = Array.isArray(of) ? of : of === null ? [] : [of]
      return items.map((item) => expression.keys.reduce<unknown>((one, key) => member(one, key, expression), item))
    }
    case 'call': {
      const args = expression.args.map(value)
      const last = args.at(-1)
      const given = expression.spread && Array.isArray(last) ? [...args.slice(0, -1), ...last] : args
      const call = scope.own(expression.name) ?? FUNCTIONS[expression.name]
      if (!call)
        throw new HclProblem(
          'Call to unknown function',
          `There is no function named ${JSON.stringify(expression.name)}.`,
          from,
          to,
        )
      try {
        return call(given)
      } catch (problem) {
        if (problem instanceof RangeError) throw new HclProblem('Error in function call', problem.message, from, to)
        throw problem
      }
    }
    case 'unary':
      return expression.sign === '!'
        ? !truth(value(expression.of), expression.of)
        : -number(value(expression.of), expression.of)
    case 'binary':
      return binary(expression, scope)
    case 'choice':
      return truth(value(expression.test), expression.test) ? value(expression.yes) : value(expression.no)
    case 'list':
      return expression.items.map(value)
    case 'object':
      return Object.fromEntries(expression.pairs.map(([key, one]) => [textOf(value(key), key), value(one)]))
    case 'for':
      return comprehension(expression, scope)
  }
}

function comprehension(expression: Expression & { readonly is: 'for' }, scope: Scope): unknown {
  const over = evaluate(expression.over, scope)
  if (typeof over !== 'object' || over === null)
    throw new HclProblem(
      'Iteration over non-iterable value',
      'A value of this type cannot be used as the collection in a for expression.',
      expression.over.from,
      expression.over.to,
    )
  const list = Array.isArray(over)
  const pairs = list ? over.map((item, i) => [i, item] as const) : Object.entries(over as object)
  const made: unknown[] = []
  const object: { [key: string]: unknown } = {}
  for (const [key, item] of pairs) {
    const [first = '', second] = expression.names
    const inner: Scope = {
      own: (name) => scope.own(name),
      variable: (name) =>
        second === undefined
          ? name === first
            ? item
            : scope.variable(name)
          : name === first
            ? key
            : name === second
              ? item
              : scope.variable(name),
    }
    if (expression.test && !truth(evaluate(expression.test, inner), expression.test)) continue
    const value = evaluate(expression.value, inner)
    if (!expression.key) made.push(value)
    else {
      const name = textOf(evaluate(expression.key, inner), expression.key)
      object[name] = expression.grouped ? [...((object[name] as unknown[] | undefined) ?? []), value] : value
    }
  }
  return expression.key ? object : made
}

function binary(expression: Expression & { readonly is: 'binary' }, scope: Scope): unknown {
  const { sign, left, right } = expression
  const a = evaluate(left, scope)
  if (sign === '&&') return truth(a, left) && truth(evaluate(right, scope), right)
  if (sign === '||') return truth(a, left) || truth(evaluate(right, scope), right)
  const b = evaluate(right, scope)
  if (sign === '==' || sign === '!=') return (JSON.stringify(a) === JSON.stringify(b)) === (sign === '==')
  const x = number(a, left)
  const y = number(b, right)
  switch (sign) {
    case '<':
      return x < y
    case '>':
      return x > y
    case '<=':
      return x <= y
    case '>=':
      return x >= y
    case '+':
      return x + y
    case '-':
      return x - y
    case '*':
      return x * y
    case '/':
      if (y === 0) throw new HclProblem('Division by zero', 'Can not divide by zero.', expression.from, expression.to)
      return x / y
    default:
      return x % y
  }
}

function member(of: unknown, key: unknown, { from, to }: Expression): unknown {
  if (Array.isArray(of)) {
    const item = of[Number(key)] as unknown
    if (item === undefined)
      throw new HclProblem(
        'Invalid index',
        'The given key does not identify an element in this collection value.',
        from,
        to,
      )
    return item
  }
  if (typeof of === 'object' && of !== null && Object.hasOwn(of, String(key)))
    return (of as { [key: string]: unknown })[String(key)]
  throw new HclProblem(
    'Unsupported attribute',
    typeof of === 'object' && of !== null
      ? `This object does not have an attribute named ${JSON.stringify(key)}.`
      : 'This value does not have any attributes.',
    from,
    to,
  )
}

function textOf(value: unknown, { from, to }: Expression): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new HclProblem(
    'Invalid template interpolation value',
    value === null
      ? 'The expression result is null. Cannot include a null value in a string template.'
      : 'Cannot include the given value in a string template: string required.',
    from,
    to,
  )
}

function truth(value: unknown, { from, to }: Expression): boolean {
  if (typeof value === 'boolean') return value
  if (value === 'true' || value === 'false') return value === 'true'
  throw new HclProblem('Incorrect condition type', 'The condition expression must be of type bool.', from, to)
}

function number(value: unknown, { from, to }: Expression): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))) return Number(value)
  throw new HclProblem('Invalid operand', 'Unsuitable value for the operand: a number is required.', from, to)
}
