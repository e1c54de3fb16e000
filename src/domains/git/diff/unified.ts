import { type ObjectStore, readBlob } from '../object/store.ts'
import { changes, type DiffOptions } from './changes.ts'
import type { DiffSide, FileDiff } from './fileDiff.ts'
import { hunksOf, hunksText } from './hunks.ts'
import { isBinary, linesOf } from './lines.ts'
import { quotedPath } from './quotedPath.ts'

export interface UnifiedOptions extends DiffOptions {
  /** Lines of context; 3 when absent. */
  readonly context?: number
  readonly abbreviate: (id: string) => string
  readonly prefixes?: readonly [string, string]
}

/** What a changed file looks like in `git diff`: the header, the index line and the hunks. */
export function unified(store: ObjectStore, diff: FileDiff, options: UnifiedOptions): string {
  const [a, b] = options.prefixes ?? ['a/', 'b/']
  const { old, new: fresh, status } = diff
  if (status === 'T' && old && fresh)
    return unified(store, { status: 'D', old }, options) + unified(store, { status: 'A', new: fresh }, options)
  const from = quotedPath(`${a}${(old ?? fresh)?.path}`)
  const to = quotedPath(`${b}${(fresh ?? old)?.path}`)
  const head = [`diff --git ${from} ${to}\n`]
  if (!old) head.push(`new file mode ${fresh?.mode}\n`)
  else if (!fresh) head.push(`deleted file mode ${old.mode}\n`)
  else if (old.mode !== fresh.mode) head.push(`old mode ${old.mode}\n`, `new mode ${fresh.mode}\n`)
  if (status === 'R' && old && fresh)
    head.push(
      `similarity index ${diff.score}%\n`,
      `rename from ${quotedPath(old.path)}\n`,
      `rename to ${quotedPath(fresh.path)}\n`,
    )
  if (old?.id === fresh?.id) return head.join('')
  const zero = '0'.repeat(40)
  const mode = old && fresh && old.mode === fresh.mode ? ` ${fresh.mode}` : ''
  const short = (side: DiffSide | undefined): string => (side ? options.abbreviate(side.id) : options.abbreviate(zero))
  const index = `index ${short(old)}..${short(fresh)}${mode}\n`
  const text = (side: DiffSide | undefined): string => (side ? contentOf(store, side) : '')
  const before = text(old)
  const after = text(fresh)
  const left = old ? from : '/dev/null'
  const right = fresh ? to : '/dev/null'
  if (isBinary(before) || isBinary(after)) return `${head.join('')}${index}Binary files ${left} and ${right} differ\n`
  const x = linesOf(before)
  const y = linesOf(after)
  const found = changes(x, y, options)
  const body = hunksText(x, y, hunksOf(found, x.length, y.length, options.context ?? 3))
  if (body === '') return options.key ? '' : head.join('') + index
  const tab = (path: string): string => (/\s/.test(path) && !path.startsWith('"') ? `${path}\t` : path)
  return `${head.join('')}${index}--- ${tab(left)}\n+++ ${tab(right)}\n${body}`
}

/** The text of a side; a submodule's is one line about its commit. */
export function contentOf(store: ObjectStore, side: DiffSide): string {
  return side.mode === '160000' ? `Subproject commit ${side.id}\n` : readBlob(store, side.id)
}
