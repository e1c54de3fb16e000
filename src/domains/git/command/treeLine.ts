import { quotedPath } from '../diff/quotedPath.ts'

/** An entry of a tree as `ls-tree` and `cat-file -p` print it. */
export function treeLine({
  mode,
  id,
  name,
}: {
  readonly mode: string
  readonly id: string
  readonly name: string
}): string {
  const type = mode === '40000' ? 'tree' : mode === '160000' ? 'commit' : 'blob'
  return `${mode.padStart(6, '0')} ${type} ${id}\t${quotedPath(name)}\n`
}
