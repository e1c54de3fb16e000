import type { ObjectStore } from '../object/store.ts'
import { changes, type DiffOptions } from './changes.ts'
import type { FileDiff } from './fileDiff.ts'
import { isBinary, linesOf } from './lines.ts'
import { quotedPath } from './quotedPath.ts'
import { contentOf } from './unified.ts'

/** How many lines of one file were added and deleted; for a binary one, bytes. */
export interface FileStat {
  readonly diff: FileDiff
  readonly name: string
  readonly added: number
  readonly deleted: number
  readonly binary: boolean
}

/** Counts the lines of every changed file. */
export function fileStats(
  store: ObjectStore,
  diffs: readonly FileDiff[],
  options: DiffOptions = {},
): readonly FileStat[] {
  return diffs.flatMap((diff): readonly FileStat[] => {
    if (diff.status === 'U') return []
    const before = diff.old ? contentOf(store, diff.old) : ''
    const after = diff.new ? contentOf(store, diff.new) : ''
    const name = displayName(diff)
    if (isBinary(before) || isBinary(after))
      return [{ diff, name, added: bytes(after), deleted: bytes(before), binary: true }]
    let added = 0
    let deleted = 0
    if (before !== after)
      for (const { chg1, chg2 } of changes(linesOf(before), linesOf(after), options)) {
        added += chg2
        deleted += chg1
      }
    return [{ diff, name, added, deleted, binary: false }]
  })
}

/** The bars of `--stat` and the line that sums up. Models: git diff.c show_stats */
export function statText(stats: readonly FileStat[], columns = 80, names = 0): string {
  if (stats.length === 0) return ''
  const longest = Math.max(...stats.map(({ name }) => name.length))
  const most = Math.max(0, ...stats.map(({ added, deleted, binary }) => (binary ? 0 : added + deleted)))
  const binaries = stats.filter(({ binary }) => binary)
  const binWidth = Math.max(
    0,
    ...binaries.map(({ added, deleted }) => 14 + String(added).length + String(deleted).length),
  )
  const number = Math.max(String(most).length, binaries.length > 0 ? 3 : 0)
  const width = Math.max(columns, 16 + 6 + number)
  let graph = most + 4 > binWidth ? most : binWidth - 4
  let name = names > 0 && names < longest ? names : longest
  if (name + number + 6 + graph > width) {
    if (graph > Math.floor((width * 3) / 8) - number - 6) graph = Math.max(6, Math.floor((width * 3) / 8) - number - 6)
    if (name > width - number - 6 - graph) name = width - number - 6 - graph
    else graph = width - number - 6 - name
  }
  const lines = stats.map((stat) => {
    const label = cut(stat.name, name).padEnd(name)
    if (stat.binary)
      return ` ${label} | ${'Bin'.padStart(number)}${stat.added === 0 && stat.deleted === 0 ? '' : ` ${stat.deleted} -> ${stat.added} bytes`}\n`
    let { added, deleted } = stat
    const sum = added + deleted
    if (graph <= most) {
      let total = scale(sum, graph, most)
      if (total < 2 && added > 0 && deleted > 0) total = 2
      if (added < deleted) {
        added = scale(added, graph, most)
        deleted = total - added
      } else {
        deleted = scale(deleted, graph, most)
        added = total - deleted
      }
    }
    return ` ${label} | ${String(sum).padStart(number)}${sum > 0 ? ' ' : ''}${'+'.repeat(added)}${'-'.repeat(deleted)}\n`
  })
  return lines.join('') + shortStat(stats)
}

/** ` 2 files changed, 3 insertions(+), 1 deletion(-)` */
export function shortStat(stats: readonly FileStat[]): string {
  if (stats.length === 0) return ''
  const text = stats.filter(({ binary }) => !binary)
  const added = text.reduce((sum, one) => sum + one.added, 0)
  const deleted = text.reduce((sum, one) => sum + one.deleted, 0)
  const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
  return ` ${[
    `${many(stats.length, 'file')} changed`,
    ...(added > 0 || deleted === 0 ? [`${many(added, 'insertion')}(+)`] : []),
    ...(deleted > 0 || added === 0 ? [`${many(deleted, 'deletion')}(-)`] : []),
  ].join(', ')}\n`
}

/** `--numstat`: counts, then the name. */
export function numStat(stats: readonly FileStat[]): string {
  return stats
    .map(({ added, deleted, binary, name }) => `${binary ? '-\t-' : `${added}\t${deleted}`}\t${name}\n`)
    .join('')
}

/** What was created, deleted, renamed or changed its mode: the lines below a merge's or commit's statistics. */
export function summaryText(diffs: readonly FileDiff[]): string {
  return diffs
    .map(({ status, old, new: fresh, score }) => {
      if (status === 'A' && fresh) return ` create mode ${fresh.mode} ${quotedPath(fresh.path)}\n`
      if (status === 'D' && old) return ` delete mode ${old.mode} ${quotedPath(old.path)}\n`
      const moded = old && fresh && old.mode !== fresh.mode ? ` mode change ${old.mode} => ${fresh.mode}` : ''
      if (status === 'R' && old && fresh)
        return ` rename ${renameText(old.path, fresh.path)} (${score}%)\n${moded && `${moded}\n`}`
      return moded === '' ? '' : `${moded} ${quotedPath(fresh?.path ?? '')}\n`
    })
    .join('')
}

function displayName({ status, old, new: fresh }: FileDiff): string {
  return status === 'R' && old && fresh ? renameText(old.path, fresh.path) : quotedPath((fresh ?? old)?.path ?? '')
}

/** `dir/{old => new}/file`: what two paths have in common stands outside the braces. */
export function renameText(a: string, b: string): string {
  if (quotedPath(a) !== a || quotedPath(b) !== b) return `${quotedPath(a)} => ${quotedPath(b)}`
  let prefix = 0
  for (let at = 0; at < a.length && at < b.length && a[at] === b[at]; at++) if (a[at] === '/') prefix = at + 1
  const floor = prefix - (prefix > 0 ? 1 : 0)
  let suffix = 0
  for (let at = 0; ; at++) {
    const i = a.length - at
    const j = b.length - at
    if (i < floor || j < floor || a[i] !== b[j]) break
    if (a[i] === '/') suffix = at
  }
  const middle = (path: string): string => path.slice(prefix, Math.max(prefix, path.length - suffix))
  if (prefix + suffix === 0) return `${a} => ${b}`
  return `${a.slice(0, prefix)}{${middle(a)} => ${middle(b)}}${a.slice(a.length - suffix)}`
}

function cut(name: string, width: number): string {
  if (name.length <= width) return name
  const rest = name.slice(name.length - Math.max(0, width - 3))
  const slash = rest.indexOf('/')
  return `...${slash >= 0 ? rest.slice(slash) : rest}`
}

function scale(count: number, width: number, most: number): number {
  return count === 0 ? 0 : 1 + Math.floor((count * (width - 1)) / most)
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length
}
