import { changes, isBinary, type Leaf, linesOf, objectSize } from '../../git/index.ts'
import { base64Of } from '../core/index.ts'
import { modeName } from './fileModes.ts'
import { type Conflict, type Merging, mergedLines, textOf } from './merging.ts'
import type * as api from './types.generated.ts'

type Side = Leaf | 'folder' | undefined

/** A conflict as the API tells it. */
export function conflictMetadata(merging: Merging, conflict: Conflict, lines: boolean): api.ConflictMetadata {
  const { path, base, source, destination, content, mode, type } = conflict
  const sides = { source, destination, base }
  const each = <T>(of: (side: Side) => T | undefined): { readonly [side: string]: T } =>
    Object.fromEntries(
      Object.entries(sides).flatMap(([name, side]) => {
        const value = side === undefined ? undefined : of(side)
        return value === undefined ? [] : [[name, value]]
      }),
    )
  const text = (side: Side) => textOf(merging.store, side)
  const hunks = content ? (lines ? mergedLines(merging.store, conflict).conflicts : 1) : 0
  const operation = (side: Side) => (side === undefined ? 'D' : base === undefined ? 'A' : 'M')
  return {
    filePath: path,
    fileSizes: each((side) => {
      const found = text(side)
      return found === undefined ? undefined : objectSize({ type: 'blob', text: found })
    }),
    fileModes: each((side) => (side === 'folder' || side === undefined ? undefined : modeName(side.mode))),
    objectTypes: each(typeName),
    numberOfConflicts: hunks + Number(mode) + Number(type),
    isBinaryFile: each((side) => {
      const found = text(side)
      return found === undefined ? undefined : isBinary(found)
    }),
    contentConflict: content,
    fileModeConflict: mode,
    objectTypeConflict: type,
    mergeOperations: { source: operation(source), destination: operation(destination) },
  }
}

function typeName(side: Side): string {
  if (side === 'folder') return 'DIRECTORY'
  return side?.mode === '160000' ? 'GIT_LINK' : side?.mode === '120000' ? 'SYMBOLIC_LINK' : 'FILE'
}

/**
 * Where the two sides have changed a file: runs of lines from the first on, counted from 0, the end not included. Where both have changed
 * the same lines, both say what they have there.
 */
export function mergeHunks(merging: Merging, { base, source, destination }: Conflict): readonly api.MergeHunk[] {
  const texts = [base, source, destination].map((side) => textOf(merging.store, side))
  if (texts.some((text) => text === undefined || isBinary(text))) return []
  const [old = [], theirs = [], ours = []] = texts.map((text) => linesOf(text ?? ''))
  const runs = [
    ...changes(old, theirs).map((one) => ({ from: one.i1, to: one.i1 + one.chg1, side: 'source' as const, ...one })),
    ...changes(old, ours).map((one) => ({ from: one.i1, to: one.i1 + one.chg1, side: 'destination' as const, ...one })),
  ].sort((a, b) => a.from - b.from || a.to - b.to)
  const groups: { from: number; to: number; runs: (typeof runs)[number][] }[] = []
  for (const run of runs) {
    const last = groups[groups.length - 1]
    if (last && run.from <= last.to) {
      last.to = Math.max(last.to, run.to)
      last.runs.push(run)
    } else groups.push({ from: run.from, to: run.to, runs: [run] })
  }
  let [shiftSource, shiftDestination] = [0, 0]
  return groups.map(({ from, to, runs: own }) => {
    const grown = (side: 'source' | 'destination') =>
      own.filter((run) => run.side === side).reduce((sum, run) => sum + run.chg2 - run.chg1, 0)
    const detail = (lines: readonly string[], start: number, end: number): api.MergeHunkDetail => ({
      startLine: start,
      endLine: end,
      hunkContent: base64Of(lines.slice(start, end).join('')),
    })
    const changed = (side: 'source' | 'destination') => own.some((run) => run.side === side)
    const theirHunk = detail(theirs, from + shiftSource, to + shiftSource + grown('source'))
    const ourHunk = detail(ours, from + shiftDestination, to + shiftDestination + grown('destination'))
    shiftSource += grown('source')
    shiftDestination += grown('destination')
    const isConflict = changed('source') && changed('destination') && theirHunk.hunkContent !== ourHunk.hunkContent
    return {
      isConflict,
      ...(changed('source') ? { source: theirHunk } : {}),
      ...(changed('destination') ? { destination: ourHunk } : {}),
      ...(base === undefined ? {} : { base: detail(old, from, to) }),
    }
  })
}
