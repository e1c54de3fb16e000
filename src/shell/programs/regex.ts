import { CLASSES } from '../expand/pattern.ts'

/** The JavaScript source of a POSIX regular expression. Throws where JavaScript finds it malformed. */
export function posixRegex(pattern: string, how: 'basic' | 'extended' | 'fixed' | 'perl'): string {
  if (how === 'fixed') return pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  if (how === 'perl') return pattern
  let out = ''
  for (let at = 0; at < pattern.length; at++) {
    const c = pattern[at] as string
    if (c === '\\') {
      const next = pattern[++at] ?? '\\'
      if (how === 'basic' && '(){}|+?'.includes(next)) out += next
      else if (next === '<') out += '\\b(?=\\w)'
      else if (next === '>') out += '\\b(?<=\\w)'
      else if (/[wWsSbBdD0-9nt]/.test(next)) out += `\\${next}`
      else out += /[A-Za-z"'`@#%&=:;,~_! <>-]/.test(next) ? next : `\\${next}`
    } else if (c === '[') {
      const set = bracket(pattern, at)
      out += set.source
      at = set.end
    } else if (how === 'basic' && '(){}|+?'.includes(c)) out += `\\${c}`
    else if (how === 'basic' && c === '*' && (at === 0 || out.endsWith('(') || out === '^')) out += '\\*'
    else if (how === 'basic' && c === '^' && at > 0 && !out.endsWith('(') && !out.endsWith('|')) out += '\\^'
    else if (how === 'basic' && c === '$' && at < pattern.length - 1 && !/^\\[)|]/.test(pattern.slice(at + 1)))
      out += '\\$'
    else if (how === 'extended' && c === '{' && !/^\{\d*,?\d*\}/.test(pattern.slice(at))) out += '\\{'
    else if (c === '/') out += '\\/'
    else out += c
  }
  new RegExp(out)
  return out
}

function bracket(pattern: string, start: number): { source: string; end: number } {
  let at = start + 1
  let inside = ''
  if (pattern[at] === '^') {
    inside = '^'
    at++
  }
  for (let first = true; ; first = false, at++) {
    const c = pattern[at]
    if (c === undefined) throw new SyntaxError('Unmatched [')
    if (c === ']' && !first) return { source: `[${inside}]`, end: at }
    if (c === '[' && pattern[at + 1] === ':') {
      const end = pattern.indexOf(':]', at)
      const known = end < 0 ? undefined : CLASSES[pattern.slice(at + 2, end)]
      if (known !== undefined) {
        inside += known
        at = end + 1
        continue
      }
    }
    if (c === '\\' && /[dwsntDWS\]\\/.]/.test(pattern[at + 1] ?? '')) {
      inside += `\\${pattern[++at]}`
    } else inside += '\\[]^'.includes(c) ? `\\${c}` : c
  }
}
