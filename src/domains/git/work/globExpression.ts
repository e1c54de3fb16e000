/** A wildmatch pattern as a regular expression: `*` and `?` stop at slashes unless `free`, `**` does not. */
export function globExpression(glob: string, free = false): RegExp {
  let out = ''
  for (let at = 0; at < glob.length; at++) {
    const sign = glob[at] as string
    if (sign === '*') {
      let stars = 1
      while (glob[at + stars] === '*') stars++
      const whole = stars >= 2 && (at === 0 || glob[at - 1] === '/')
      const next = glob[at + stars]
      if (whole && next === '/') {
        out += '(?:.*/)?'
        at += stars
      } else if ((whole && next === undefined) || free) {
        out += '.*'
        at += stars - 1
      } else {
        out += '[^/]*'
        at += stars - 1
      }
    } else if (sign === '?') out += free ? '.' : '[^/]'
    else if (sign === '[') {
      const end = glob.indexOf(']', at + (/[!^]/.test(glob[at + 1] ?? '') ? 3 : 2))
      if (end < 0) {
        out += '\\['
        continue
      }
      const inner = glob.slice(at + 1, end).replace(/\[:(\w+):\]/g, (_, name: string) => CLASSES[name] ?? '')
      out += `[${inner.replace(/^[!^]/, '^').replaceAll('\\', '\\\\')}]`
      at = end
    } else if (sign === '\\' && at + 1 < glob.length) out += literal(glob[++at] as string)
    else out += literal(sign)
  }
  return new RegExp(`^${out}$`, 's')
}

const CLASSES: { readonly [name: string]: string } = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
}

function literal(sign: string): string {
  return /[\w\s/-]/.test(sign) ? sign : `\\${sign}`
}
