/**
 * Whether a tag is among those that a pattern stands for: `1.[7-29].[0-15]{,-alpine}` means numbers in ranges and a choice of endings.
 * Everything outside `[a-b]` and `{x,y}` stands for itself.
 */
export function tagMatches(pattern: string, tag: string): boolean {
  const { expression, ranges } = compiled(pattern)
  const match = expression.exec(tag)
  if (!match) return false
  return ranges.every(([low, high], i) => {
    const text = match[i + 1] as string
    return String(Number(text)) === text && Number(text) >= low && Number(text) <= high
  })
}

interface Compiled {
  readonly expression: RegExp
  readonly ranges: readonly (readonly [number, number])[]
}

const patterns = new Map<string, Compiled>()

function compiled(pattern: string): Compiled {
  let entry = patterns.get(pattern)
  if (!entry) {
    const ranges: (readonly [number, number])[] = []
    const source = pattern.replace(/\[(\d+)-(\d+)\]|\{([^}]*)\}|[.+*?^$()|\\/-]/g, (part, low, high, choice) => {
      if (low !== undefined) {
        ranges.push([Number(low), Number(high)])
        return '(\\d+)'
      }
      if (choice !== undefined)
        return `(?:${(choice as string)
          .split(',')
          .map((one) => one.replace(/[.+*?^$()|\\/-]/g, '\\$&'))
          .join('|')})`
      return `\\${part}`
    })
    entry = { expression: new RegExp(`^${source}$`), ranges }
    patterns.set(pattern, entry)
  }
  return entry
}
