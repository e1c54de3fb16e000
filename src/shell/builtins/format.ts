const SIMPLE: { readonly [c: string]: string } = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
  '\\': '\\',
}

/** Text with backslash escapes replaced. With `echo`, octal numbers begin with 0, and `\c` stops everything. */
export function escapes(text: string, echo = false): { readonly text: string; readonly stop: boolean } {
  let out = ''
  const number = echo
    ? /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|(0[0-7]{0,3}))/y
    : /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3}))/y
  for (let at = 0; at < text.length; at++) {
    const c = text[at] as string
    const next = text[at + 1]
    if (c !== '\\' || next === undefined) {
      out += c
      continue
    }
    if (next === 'c' && echo) return { text: out, stop: true }
    number.lastIndex = at
    const found = number.exec(text)
    if (found) {
      out += String.fromCodePoint(
        found[3] === undefined ? Number.parseInt((found[1] ?? found[2]) as string, 16) : Number.parseInt(found[3], 8),
      )
      at += found[0].length - 1
    } else {
      out += SIMPLE[next] ?? (next === '"' && !echo ? '"' : `\\${next}`)
      at++
    }
  }
  return { text: out, stop: false }
}

const SPEC = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?([a-zA-Z%])/g

/** What `printf` prints: the format is used again while arguments are left. */
export function formatText(
  format: string,
  args: readonly string[],
): { readonly text: string; readonly problems: readonly string[] } {
  const problems: string[] = []
  const rest = [...args]
  let text = ''
  do {
    const before = rest.length
    text += once(format, rest, problems)
    if (rest.length === before) break
  } while (rest.length > 0)
  return { text, problems }
}

function once(format: string, rest: string[], problems: string[]): string {
  let out = ''
  let last = 0
  for (const found of format.matchAll(SPEC)) {
    out += escapes(format.slice(last, found.index)).text
    last = found.index + found[0].length
    const [, flags = '', width, precision, kind] = found
    if (kind === '%') {
      out += '%'
      continue
    }
    const size = width === '*' ? Number(rest.shift() ?? 0) : width === undefined ? 0 : Number(width)
    const digits =
      precision === '*'
        ? Number(rest.shift() ?? 0)
        : precision === undefined
          ? found[0].includes('.')
            ? 0
            : undefined
          : Number(precision)
    const body = one(kind as string, rest.shift(), flags, digits, problems)
    out += pad(body, size, flags, kind as string)
  }
  return out + escapes(format.slice(last)).text
}

function pad(body: string, size: number, flags: string, kind: string): string {
  if (flags.includes('-')) return body.padEnd(size)
  if (!flags.includes('0') || 'scbq'.includes(kind)) return body.padStart(size)
  const sign = /^[-+ ]/.exec(body)?.[0] ?? ''
  return sign + body.slice(sign.length).padStart(size - sign.length, '0')
}

function one(
  kind: string,
  arg: string | undefined,
  flags: string,
  digits: number | undefined,
  problems: string[],
): string {
  switch (kind) {
    case 's':
      return digits === undefined ? (arg ?? '') : (arg ?? '').slice(0, digits)
    case 'b':
      return escapes(arg ?? '', true).text
    case 'c':
      return (arg ?? '').slice(0, 1)
    case 'q':
      return /^[\w./:=@%+-]+$/.test(arg ?? '') ? (arg as string) : arg ? arg.replace(/[^\w./:=@%+-]/g, '\\$&') : "''"
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
      return float(kind.toLowerCase(), number(arg, problems), flags, digits)
  }
  const value = Math.trunc(number(arg, problems))
  const radix = kind === 'x' || kind === 'X' ? 16 : kind === 'o' ? 8 : 10
  let text = Math.abs(value)
    .toString(radix)
    .padStart(digits ?? 0, '0')
  if (kind === 'X') text = text.toUpperCase()
  if (flags.includes('#') && radix === 16) text = `0x${text}`
  return (value < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + text
}

function float(kind: string, value: number, flags: string, digits = 6): string {
  const sign = value >= 0 && flags.includes('+') ? '+' : ''
  if (kind === 'f') return sign + value.toFixed(digits)
  const exponential = (n: number): string => value.toExponential(n).replace(/e([-+])(\d)$/, 'e$10$2')
  if (kind === 'e') return sign + exponential(digits)
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)))
  const precision = digits || 1
  const text =
    exponent < -4 || exponent >= precision
      ? exponential(precision - 1).replace(/\.?0+e/, 'e')
      : value.toFixed(Math.max(0, precision - 1 - exponent))
  return sign + (text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text)
}

function number(arg: string | undefined, problems: string[]): number {
  if (arg === undefined || arg === '') return 0
  if (/^["']./.test(arg)) return arg.codePointAt(1) ?? 0
  const found = /^\s*[-+]?(?:0[xX][0-9a-fA-F]+|\d*\.?\d+(?:[eE][-+]?\d+)?|\d+\.?)/.exec(arg)
  if (!found || found[0].length !== arg.length) problems.push(`${arg}: invalid number`)
  if (!found) return 0
  return /^0[0-7]+$/.test(found[0]) ? Number.parseInt(found[0], 8) : Number(found[0])
}
