/**
 * The option that is nearest to what was written, less than three letters off; undefined when there is none or when one is the very same.
 * Models: buildkit util/suggest.
 */
export function nearest(written: string, options: readonly string[], caseSensitive: boolean): string | undefined {
  const value = caseSensitive ? written : written.toLowerCase()
  let match: string | undefined
  let least = 3
  for (const one of options) {
    const option = caseSensitive ? one : one.toLowerCase()
    if (value === option) return undefined
    const distance = levenshtein(value, option)
    if (distance < least) {
      match = caseSensitive ? option : inCaseOf(option, written)
      least = distance
    }
  }
  return match || undefined
}

/** A message with `(did you mean X?)`, where something is near enough. */
export function withSuggestion(
  message: string,
  written: string,
  options: readonly string[],
  caseSensitive: boolean,
): string {
  const match = nearest(written, options, caseSensitive)
  return match === undefined ? message : `${message} (did you mean ${match}?)`
}

function inCaseOf(text: string, original: string): string {
  if (original === original.toLowerCase()) return text.toLowerCase()
  if (original === original.toUpperCase()) return text.toUpperCase()
  return text
}

/** How many letters must be put in, left out or changed. */
export function levenshtein(a: string, b: string): number {
  const [from, to] = [[...a], [...b]]
  let row = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)),
      )
    row = next
  }
  return row[to.length] ?? 0
}
