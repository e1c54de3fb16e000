import { compact } from './compact.ts'
import { histogram } from './histogram.ts'
import { markChanged } from './myers.ts'

/** A run of lines replaced by another: `chg1` lines at `i1` of the old by `chg2` lines at `i2` of the new; counted from 0. */
export interface Change {
  readonly i1: number
  readonly chg1: number
  readonly i2: number
  readonly chg2: number
}

/** One side of a comparison: lines as numbers (equal lines, equal number), their texts, and which of them are changed. */
export interface Side {
  readonly ids: Int32Array
  readonly lines: readonly string[]
  readonly changed: Uint8Array
}

export interface DiffOptions {
  readonly algorithm?: 'myers' | 'histogram' | 'minimal'
  /** Whether groups of changed lines slide to where indentation says that a thing begins or ends. */
  readonly indent?: boolean
  /** What of a line is compared, for the options that ignore white space. */
  readonly key?: (line: string) => string
}

/**
 * What changed between two lists of lines, first to last. Models: git's xdiff, whose heuristics decide which of several shortest
 * (or nearly shortest) edit scripts is shown.
 */
export function changes(a: readonly string[], b: readonly string[], options: DiffOptions = {}): readonly Change[] {
  const { algorithm = 'myers', indent = true, key } = options
  const [old, fresh] = sides(a, b, key)
  if (algorithm === 'histogram') histogram(old, fresh)
  else markChanged(old, fresh, algorithm === 'minimal')
  compact(old, fresh, indent)
  compact(fresh, old, indent)
  return script(old.changed, fresh.changed)
}

function sides(
  a: readonly string[],
  b: readonly string[],
  key: ((line: string) => string) | undefined,
): readonly [Side, Side] {
  const numbers = new Map<string, number>()
  const number = (line: string): number => {
    const text = key ? key(line) : line
    const known = numbers.get(text)
    if (known !== undefined) return known
    numbers.set(text, numbers.size)
    return numbers.size - 1
  }
  const side = (lines: readonly string[]): Side => ({
    ids: Int32Array.from(lines, number),
    lines,
    changed: new Uint8Array(lines.length),
  })
  return [side(a), side(b)]
}

function script(old: Uint8Array, fresh: Uint8Array): readonly Change[] {
  const found: Change[] = []
  let i1 = 0
  let i2 = 0
  while (i1 < old.length || i2 < fresh.length) {
    const from1 = i1
    const from2 = i2
    while (old[i1]) i1++
    while (fresh[i2]) i2++
    if (i1 > from1 || i2 > from2) found.push({ i1: from1, chg1: i1 - from1, i2: from2, chg2: i2 - from2 })
    i1++
    i2++
  }
  return found
}
