const made = new Map<string, RegExp>()

/** Whether a text matches a pattern of `*` (any length) and `?` (one character). */
export function globMatches(pattern: string, text: string, ignoreCase = false): boolean {
  const key = `${ignoreCase ? 'i' : ' '}${pattern}`
  let regex = made.get(key)
  if (!regex) {
    let source = ''
    for (const sign of pattern)
      source +=
        sign === '*'
          ? '.*'
          : sign === '?'
            ? '.'
            : sign === LITERAL_STAR
              ? '\\*'
              : sign === LITERAL_ASK
                ? '\\?'
                : escaped(sign)
    regex = new RegExp(`^${source}$`, ignoreCase ? 'is' : 's')
    made.set(key, regex)
  }
  return regex.test(text)
}

/** Stand for a `*` and a `?` that a policy variable wrote and that are no wildcards. */
export const LITERAL_STAR = '\ue000'
export const LITERAL_ASK = '\ue001'

function escaped(sign: string): string {
  return /[.*+?^${}()|[\]\\/]/.test(sign) ? `\\${sign}` : sign
}

/**
 * Whether an ARN matches a pattern part by part: wildcards do not reach over a colon, except in the last part, which holds the rest.
 */
export function arnMatches(pattern: string, arn: string): boolean {
  if (pattern === '*') return true
  const wanted = parts(pattern)
  const given = parts(arn)
  if (wanted.length < 6 || given.length < 6) return globMatches(pattern, arn)
  return wanted.every((part, i) => globMatches(part, given[i] ?? ''))
}

function parts(arn: string): readonly string[] {
  const all = arn.split(':')
  return all.length <= 6 ? all : [...all.slice(0, 5), all.slice(5).join(':')]
}
