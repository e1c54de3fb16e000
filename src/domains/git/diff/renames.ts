import { byteOrder } from '../object/byteOrder.ts'
import { type ObjectStore, readBlob } from '../object/store.ts'
import { type DiffSide, type FileDiff, pathOf } from './fileDiff.ts'
import { chunksOf, MOST_SCORE, similarity } from './similarity.ts'

const LEAST = 30_000
const LEAST_OF_NAMESAKES = 45_000
const CANDIDATES = 4
const LIMIT = 1000

const EMPTY_BLOB = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'

/**
 * Pairs deleted with added files: first those that are equal, then namesakes that are like enough, then the likest.
 * Models: git diffcore-rename.c
 */
export function findRenames(
  store: ObjectStore,
  diffs: readonly FileDiff[],
  { empty = true }: { readonly empty?: boolean } = {},
): readonly FileDiff[] {
  const sources = new Map<string, DiffSide>()
  const targets = new Map<string, DiffSide>()
  for (const { status, old, new: fresh } of diffs) {
    if (status === 'D' && old && (empty || old.id !== EMPTY_BLOB)) sources.set(old.path, old)
    if (status === 'A' && fresh && (empty || fresh.id !== EMPTY_BLOB)) targets.set(fresh.path, fresh)
  }
  if (sources.size === 0 || targets.size === 0) return diffs
  const pairs = new Map<string, { readonly from: DiffSide; readonly score: number }>()
  const used = new Set<string>()
  const pair = (from: DiffSide, to: DiffSide, score: number): void => {
    pairs.set(to.path, { from, score })
    used.add(from.path)
  }
  exact(sources, targets, used, pair)
  const left = (): readonly (readonly DiffSide[])[] => [
    [...sources.values()].filter(({ path, mode }) => !used.has(path) && mode.startsWith('100')),
    [...targets.values()].filter(({ path, mode }) => !pairs.has(path) && mode.startsWith('100')),
  ]
  const like = (from: DiffSide, to: DiffSide, least: number): number =>
    similarity(chunksOf(from.id, readBlob(store, from.id)), chunksOf(to.id, readBlob(store, to.id)), least)
  namesakes(left(), like, pair)
  likest(left(), like, used, pairs, pair)
  return joined(diffs, pairs, used)
}

function exact(
  sources: ReadonlyMap<string, DiffSide>,
  targets: ReadonlyMap<string, DiffSide>,
  used: ReadonlySet<string>,
  pair: (from: DiffSide, to: DiffSide, score: number) => void,
): void {
  const byId = new Map<string, DiffSide[]>()
  for (const source of sources.values()) byId.set(source.id, [...(byId.get(source.id) ?? []), source])
  for (const target of targets.values()) {
    let best: DiffSide | undefined
    let bestScore = -1
    for (const source of byId.get(target.id) ?? []) {
      if (source.mode.slice(0, 3) !== target.mode.slice(0, 3) || used.has(source.path)) continue
      const score = 1 + (nameOf(source.path) === nameOf(target.path) ? 1 : 0)
      if (score <= bestScore) continue
      best = source
      bestScore = score
      if (score === 2) break
    }
    if (best) pair(best, target, MOST_SCORE)
  }
}

type Like = (from: DiffSide, to: DiffSide, least: number) => number

function namesakes(
  [sources = [], targets = []]: readonly (readonly DiffSide[])[],
  like: Like,
  pair: (from: DiffSide, to: DiffSide, score: number) => void,
): void {
  const single = (sides: readonly DiffSide[]): ReadonlyMap<string, DiffSide | null> => {
    const names = new Map<string, DiffSide | null>()
    for (const side of sides) names.set(nameOf(side.path), names.has(nameOf(side.path)) ? null : side)
    return names
  }
  const from = single(sources)
  const to = single(targets)
  for (const source of sources) {
    const target = to.get(nameOf(source.path))
    if (!target || from.get(nameOf(source.path)) !== source) continue
    const score = like(source, target, LEAST_OF_NAMESAKES)
    if (score >= LEAST_OF_NAMESAKES) pair(source, target, score)
  }
}

interface Candidate {
  readonly from: DiffSide
  readonly to: DiffSide
  readonly score: number
  readonly name: number
}

function likest(
  [sources = [], targets = []]: readonly (readonly DiffSide[])[],
  like: Like,
  used: ReadonlySet<string>,
  pairs: ReadonlyMap<string, unknown>,
  pair: (from: DiffSide, to: DiffSide, score: number) => void,
): void {
  if (sources.length * targets.length > LIMIT * LIMIT) return
  const candidates: Candidate[] = []
  for (const to of targets) {
    const best: Candidate[] = []
    for (const from of sources) {
      const score = like(from, to, LEAST)
      if (score === 0) continue
      best.push({ from, to, score, name: nameOf(from.path) === nameOf(to.path) ? 1 : 0 })
    }
    candidates.push(...best.sort(byScore).slice(0, CANDIDATES))
  }
  for (const { from, to, score } of candidates.sort(byScore)) {
    if (score < LEAST) break
    if (!used.has(from.path) && !pairs.has(to.path)) pair(from, to, score)
  }
}

function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score || b.name - a.name
}

function joined(
  diffs: readonly FileDiff[],
  pairs: ReadonlyMap<string, { readonly from: DiffSide; readonly score: number }>,
  used: ReadonlySet<string>,
): readonly FileDiff[] {
  return diffs
    .flatMap((diff): readonly FileDiff[] => {
      if (diff.status === 'D' && diff.old && used.has(diff.old.path)) return []
      const pair = diff.status === 'A' && diff.new ? pairs.get(diff.new.path) : undefined
      if (!pair) return [diff]
      return [{ status: 'R', old: pair.from, new: diff.new, score: Math.floor((pair.score * 100) / MOST_SCORE) }]
    })
    .sort((a, b) => byteOrder(pathOf(a), pathOf(b)))
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
