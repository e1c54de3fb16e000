import { quoted } from './go.ts'
import { DockerfileProblem } from './problem.ts'

/** `${x#pattern}`: without the shortest or, with two marks, the longest beginning. */
export function withoutPrefix(pattern: string, value: string, greedy: boolean): string {
  const found = expression(pattern, greedy, true).exec(value)
  return found ? value.slice(found.index + found[0].length) : value
}

/** `${x%pattern}`: without the shortest or longest end. */
export function withoutSuffix(pattern: string, value: string, greedy: boolean): string {
  return reversed(withoutPrefix(reversedPattern(pattern), reversed(value), greedy))
}

/** `${x/pattern/with}`: the first place, or all of them. */
export function replaced(pattern: string, value: string, replacement: string, all: boolean): string {
  const matcher = expression(pattern, true, false)
  if (!all) {
    const found = matcher.exec(value)
    return found ? value.slice(0, found.index) + replacement + value.slice(found.index + found[0].length) : value
  }
  return value.replace(new RegExp(matcher.source, 'gu'), (...match) => expanded(replacement, match))
}

/** Go's ReplaceAllString expands `$1` and `${1}`; unlike it, names of groups there are none. */
function expanded(replacement: string, match: readonly unknown[]): string {
  return replacement.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (whole, plain, braced) => {
    if (whole === '$$') return '$'
    return (plain ?? braced) === '0' ? String(match[0]) : ''
  })
}

/** Models: buildkit shell/lex.go, convertShellPatternToRegex. */
function expression(pattern: string, greedy: boolean, anchored: boolean): RegExp {
  const letters = [...pattern]
  let source = anchored ? '^' : ''
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] as string
    if (letter === '*') source += greedy ? '.*' : '.*?'
    else if (letter === '?') source += '.'
    else if (letter === '\\') {
      const next = letters[at + 1]
      if (next === '}' || next === '/') continue
      at++
      if (next !== '*' && next !== '?' && next !== '\\')
        throw new DockerfileProblem(`invalid escape '\\${next ?? '\ufffd'}'`)
      source += `\\${next}`
    } else if ('[]{}.+()|^$'.includes(letter)) source += `\\${letter}`
    else source += letter === '/' ? '\\/' : letter
  }
  return new RegExp(source, 'u')
}

/** The problem of a pattern in a substitution, in BuildKit's words. */
export function patternProblem(pattern: string, problem: unknown): DockerfileProblem {
  return new DockerfileProblem(
    `invalid pattern (${pattern}) in substitution: ${problem instanceof Error ? problem.message : quoted(String(problem))}`,
  )
}

function reversed(text: string): string {
  return [...text].reverse().join('')
}

/** Turned round without parting an escape from what it escapes. */
function reversedPattern(pattern: string): string {
  const letters = [...pattern]
  const out: string[] = []
  for (let at = 0; at < letters.length; at++) {
    if (letters[at] === '\\' && at !== letters.length - 1) {
      out.unshift('\\', letters[at + 1] as string)
      at++
    } else out.unshift(letters[at] as string)
  }
  return out.join('')
}
