/** A series by moment, or one number. */
export type Series = ReadonlyMap<number, number> | number

/**
 * Metric math: arithmetic over ids of other queries, and SUM, AVG, MIN, MAX, ABS, CEIL, FLOOR, IF, FILL, RATE, PERIOD and METRICS.
 * Models: CloudWatch user guide, using-metric-math. Throws `SyntaxError` with the service's words.
 */
export function mathValue(text: string, ids: ReadonlyMap<string, Series>, period: number): Series {
  const tokens = text.match(/\d+(?:\.\d+)?|[A-Za-z_]\w*|"[^"]*"|<=|>=|==|!=|&&|\|\||[-+*/^(),<>[\]]/g) ?? []
  let at = 0
  const wrong = (): never => {
    throw new SyntaxError(`Error in expression '${text}': Invalid syntax`)
  }
  const take = (sign: string) => {
    if (tokens[at] !== sign) wrong()
    at++
  }
  type Value = Series | readonly Series[]
  const one = (value: Value): Series => (Array.isArray(value) ? wrong() : (value as Series))

  const binary = (levels: readonly (readonly string[])[], depth: number): Value => {
    const level = levels[depth]
    if (!level) return unary()
    let left = binary(levels, depth + 1)
    while (level.includes(tokens[at] ?? '')) {
      const sign = tokens[at++] ?? ''
      left = zip(one(left), one(binary(levels, depth + 1)), OPERATORS[sign] ?? wrong())
    }
    return left
  }
  const expression = (): Value =>
    binary([['||'], ['&&'], ['<', '>', '<=', '>=', '==', '!='], ['+', '-'], ['*', '/'], ['^']], 0)
  const unary = (): Value => {
    const token = tokens[at++]
    if (token === undefined) return wrong()
    if (token === '-') return zip(0, one(unary()), (a, b) => a - b)
    if (token === '(') {
      const inner = expression()
      take(')')
      return inner
    }
    if (token === '[') {
      const items: Series[] = []
      while (tokens[at] !== ']') {
        items.push(one(expression()))
        if (tokens[at] === ',') at++
      }
      at++
      return items
    }
    if (/^\d/.test(token)) return Number(token)
    if (tokens[at] === '(') {
      at++
      const args: Value[] = []
      while (tokens[at] !== ')') {
        if (tokens[at] === undefined) wrong()
        if (/^"/.test(tokens[at] ?? '')) {
          at++
          args.push(0)
        } else args.push(expression())
        if (tokens[at] === ',') at++
      }
      at++
      return call(token.toUpperCase(), args, ids, period, wrong)
    }
    return ids.get(token) ?? wrong()
  }
  const value = one(expression())
  if (at < tokens.length) wrong()
  return value
}

const truth = (value: boolean) => (value ? 1 : 0)

const OPERATORS: { readonly [sign: string]: (a: number, b: number) => number } = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '<': (a, b) => truth(a < b),
  '>': (a, b) => truth(a > b),
  '<=': (a, b) => truth(a <= b),
  '>=': (a, b) => truth(a >= b),
  '==': (a, b) => truth(a === b),
  '!=': (a, b) => truth(a !== b),
  '&&': (a, b) => truth(a !== 0 && b !== 0),
  '||': (a, b) => truth(a !== 0 || b !== 0),
}

function zip(a: Series, b: Series, join: (a: number, b: number) => number): Series {
  if (typeof a === 'number' && typeof b === 'number') return join(a, b)
  const times = typeof a === 'number' ? [...(b as ReadonlyMap<number, number>).keys()] : [...a.keys()]
  const found = new Map<number, number>()
  for (const time of times) {
    const x = typeof a === 'number' ? a : a.get(time)
    const y = typeof b === 'number' ? b : b.get(time)
    if (x === undefined || y === undefined) continue
    const value = join(x, y)
    if (Number.isFinite(value)) found.set(time, value)
  }
  return found
}

function call(
  name: string,
  args: readonly (Series | readonly Series[])[],
  ids: ReadonlyMap<string, Series>,
  period: number,
  wrong: () => never,
): Series | readonly Series[] {
  const [first, second, third] = args
  const many = (value: Series | readonly Series[] | undefined): readonly Series[] =>
    value === undefined ? wrong() : Array.isArray(value) ? value : [value as Series]
  const single = (value: Series | readonly Series[] | undefined): Series =>
    value === undefined || Array.isArray(value) ? wrong() : (value as Series)
  const map = (series: Series, change: (value: number) => number): Series => zip(series, 0, (a) => change(a))
  const fold = (reduce: (values: readonly number[]) => number): Series => {
    const list = many(first)
    const [only] = list
    if (list.length === 1 && only !== undefined) return typeof only === 'number' ? only : reduce([...only.values()])
    const times = new Set(list.flatMap((series) => (typeof series === 'number' ? [] : [...series.keys()])))
    return new Map(
      [...times].map((time) => [
        time,
        reduce(list.flatMap((series) => (typeof series === 'number' ? [series] : (series.get(time) ?? [])))),
      ]),
    )
  }
  switch (name) {
    case 'METRICS':
      return [...ids.values()]
    case 'SUM':
      return fold((values) => values.reduce((a, b) => a + b, 0))
    case 'AVG':
      return fold((values) => values.reduce((a, b) => a + b, 0) / values.length)
    case 'MIN':
      return fold((values) => Math.min(...values))
    case 'MAX':
      return fold((values) => Math.max(...values))
    case 'ABS':
      return map(single(first), Math.abs)
    case 'CEIL':
      return map(single(first), Math.ceil)
    case 'FLOOR':
      return map(single(first), Math.floor)
    case 'PERIOD':
      return period
    case 'RATE': {
      const series = single(first)
      if (typeof series === 'number') return wrong()
      const times = [...series.keys()].sort((a, b) => a - b)
      return new Map(
        times.slice(1).map((time, i) => {
          const before = times[i] ?? time
          return [time, ((series.get(time) ?? 0) - (series.get(before) ?? 0)) / ((time - before) / 1000)]
        }),
      )
    }
    case 'FILL': {
      const series = single(first)
      const filler = single(second)
      if (typeof series === 'number' || typeof filler !== 'number') return series
      const all = new Set([...ids.values()].flatMap((one) => (typeof one === 'number' ? [] : [...one.keys()])))
      return new Map([...all].sort((a, b) => a - b).map((time) => [time, series.get(time) ?? filler]))
    }
    case 'IF': {
      const condition = single(first)
      const [yes, no] = [single(second), third === undefined ? undefined : single(third)]
      if (typeof condition === 'number') return condition !== 0 ? yes : (no ?? new Map<number, number>())
      const pick = (series: Series | undefined, time: number) =>
        series === undefined ? undefined : typeof series === 'number' ? series : series.get(time)
      return new Map(
        [...condition].flatMap(([time, value]) => {
          const chosen = pick(value !== 0 ? yes : no, time)
          return chosen === undefined ? [] : [[time, chosen] as const]
        }),
      )
    }
    default:
      return wrong()
  }
}
