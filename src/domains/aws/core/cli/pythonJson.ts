import type { Json } from '../../../../kernel/index.ts'

/** Reads JSON; what is wrong is said as Python's decoder says it: `Expecting value: line 1 column 2 (char 1)`. */
export function readJson(text: string): { readonly value: Json } | { readonly error: string } {
  try {
    return { value: JSON.parse(text) as Json }
  } catch {
    return { error: problem(text) }
  }
}

class Stop extends Error {}

function problem(text: string): string {
  let at = 0
  const stop = (message: string, where = at): never => {
    const before = text.slice(0, where)
    const line = before.split('\n').length
    throw new Stop(`${message}: line ${line} column ${where - before.lastIndexOf('\n')} (char ${where})`)
  }
  const space = () => {
    while (/[ \t\n\r]/.test(text[at] ?? '')) at++
  }
  const string = () => {
    const start = at++
    for (;;) {
      const sign = text[at]
      if (sign === undefined) stop('Unterminated string starting at', start)
      if (sign === '"') break
      if ((sign as string) < ' ') stop('Invalid control character at')
      if (sign === '\\') {
        if (text[at + 1] === 'u' && !/^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6)))
          stop('Invalid \\uXXXX escape', at + 1)
        if (!/["\\/bfnrtu]/.test(text[at + 1] ?? '')) stop('Invalid \\escape')
        at++
      }
      at++
    }
    at++
  }
  const value = (): void => {
    space()
    const sign = text[at]
    if (sign === '"') string()
    else if (sign === '{') {
      at++
      space()
      if (text[at] === '}') {
        at++
        return
      }
      for (;;) {
        space()
        if (text[at] !== '"') stop('Expecting property name enclosed in double quotes')
        string()
        space()
        if (text[at] !== ':') stop("Expecting ':' delimiter")
        at++
        value()
        space()
        if (text[at] === '}') break
        if (text[at] !== ',') stop("Expecting ',' delimiter")
        const comma = at++
        space()
        if (text[at] === '}') stop('Illegal trailing comma before end of object', comma)
      }
      at++
    } else if (sign === '[') {
      at++
      space()
      if (text[at] === ']') {
        at++
        return
      }
      for (;;) {
        value()
        space()
        if (text[at] === ']') break
        if (text[at] !== ',') stop("Expecting ',' delimiter")
        const comma = at++
        space()
        if (text[at] === ']') stop('Illegal trailing comma before end of array', comma)
      }
      at++
    } else {
      const word = /^(?:true|false|null|NaN|-?Infinity|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(
        text.slice(at),
      )
      if (!word) stop('Expecting value')
      at += word?.[0].length ?? 0
    }
  }
  try {
    value()
    space()
    if (at < text.length) stop('Extra data')
  } catch (error) {
    if (error instanceof Stop) return error.message
    throw error
  }
  return 'Expecting value: line 1 column 1 (char 0)'
}
