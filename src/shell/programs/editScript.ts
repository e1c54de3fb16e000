/** One line of two texts side by side: kept, removed from the first or added by the second. */
export interface Edit {
  readonly is: ' ' | '-' | '+'
  readonly a: number
  readonly b: number
}

/** Edits that stand together, with the lines of both texts that they span. */
export interface Hunk {
  readonly a: number
  readonly aCount: number
  readonly b: number
  readonly bCount: number
  readonly edits: readonly Edit[]
}

/** The fewest edits from one list of lines to another, by longest common subsequence. */
export function editScript(x: readonly string[], y: readonly string[]): readonly Edit[] {
  const width = y.length + 1
  const length = new Uint32Array((x.length + 1) * width)
  for (let i = x.length - 1; i >= 0; i--)
    for (let j = y.length - 1; j >= 0; j--)
      length[i * width + j] =
        x[i] === y[j]
          ? (length[(i + 1) * width + j + 1] as number) + 1
          : Math.max(length[(i + 1) * width + j] as number, length[i * width + j + 1] as number)
  const edits: Edit[] = []
  let i = 0
  let j = 0
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) edits.push({ is: ' ', a: i++, b: j++ })
    else if (
      j >= y.length ||
      (i < x.length && (length[(i + 1) * width + j] as number) >= (length[i * width + j + 1] as number))
    )
      edits.push({ is: '-', a: i++, b: j })
    else edits.push({ is: '+', a: i, b: j++ })
  }
  return edits
}

/** Groups edits into hunks with so many lines of context. */
export function hunks(edits: readonly Edit[], context: number): readonly Hunk[] {
  const out: Hunk[] = []
  let at = 0
  while (at < edits.length) {
    if (edits[at]?.is === ' ') {
      at++
      continue
    }
    const from = Math.max(0, at - context)
    let end = at
    for (let quiet = 0; end < edits.length && quiet <= context * 2; end++) {
      if (edits[end]?.is === ' ') {
        if (context === 0) break
        quiet++
      } else quiet = 0
    }
    let last = end
    while (last > at && edits[last - 1]?.is === ' ') last--
    const some = edits.slice(from, Math.min(edits.length, last + context))
    const [first] = some
    out.push({
      a: first?.a ?? 0,
      aCount: some.filter((edit) => edit.is !== '+').length,
      b: first?.b ?? 0,
      bCount: some.filter((edit) => edit.is !== '-').length,
      edits: some,
    })
    at = Math.max(end, last + context)
  }
  return out
}
