/** One side of a changed file. `id` is of its blob. */
export interface DiffSide {
  readonly path: string
  readonly mode: string
  readonly id: string
}

/** One changed file: added, deleted, modified, of another type, renamed (with its similarity in percent) or unmerged. */
export interface FileDiff {
  readonly status: 'A' | 'D' | 'M' | 'T' | 'R' | 'U'
  readonly old?: DiffSide | undefined
  readonly new?: DiffSide | undefined
  readonly score?: number | undefined
}

/** The path that a changed file goes by: the new one, else the old. */
export function pathOf(diff: FileDiff): string {
  return (diff.new ?? diff.old)?.path ?? ''
}

/** The other way round. */
export function reversed(diff: FileDiff): FileDiff {
  const status = diff.status === 'A' ? 'D' : diff.status === 'D' ? 'A' : diff.status
  return { status, old: diff.new, new: diff.old, score: diff.score }
}
