import { defineRule } from '../../../kernel/rule.ts'

/**
 * Which completion indexes an Indexed Job starts next, and which of its pods are superfluous.
 * Models: pkg/controller/job/indexed_job_utils.go firstPendingIndexes, appendDuplicatedIndexPodsForRemoval
 */
export const jobIndexes = defineRule({
  id: 'k8s.job.status/indexes',
  says: 'Every index from 0 to completions minus one needs one success: the lowest that neither succeeded nor runs is started next.',
  source: 'pkg/controller/job/indexed_job_utils.go firstPendingIndexes',
  decide: firstPendingIndexes,
})

/** The lowest `count` indexes that are neither `taken` (succeeded, active, failed for good) nor beyond `completions`. */
export function firstPendingIndexes(input: {
  readonly count: number
  readonly completions: number
  readonly taken: Iterable<number>
}): number[] {
  const taken = new Set(input.taken)
  const pending: number[] = []
  for (let index = 0; index < input.completions && pending.length < input.count; index++)
    if (!taken.has(index)) pending.push(index)
  return pending
}

/** Splits active pods into those to remove (no index, one out of range, or a second pod of an index) and those to keep; `pods` in deletion order. */
export function splitByIndex<T extends { readonly index: number | null }>(
  pods: readonly T[],
  completions: number,
): { remove: T[]; keep: T[] } {
  const last = new Map<number, T>()
  for (const pod of pods) if (isValid(pod.index, completions)) last.set(pod.index, pod)
  const remove: T[] = []
  const keep: T[] = []
  for (const pod of pods)
    if (pod.index !== null && last.get(pod.index) === pod) keep.push(pod)
    else remove.push(pod)
  return { remove, keep }
}

/** At least `atLeast` active pods to remove, superfluous ones first; `completions` null when the Job is not indexed. */
export function podsForRemoval<T extends { readonly index: number | null }>(
  active: readonly T[],
  atLeast: number,
  completions: number | null,
): T[] {
  if (completions === null) return active.slice(0, atLeast)
  const { remove, keep } = splitByIndex(active, completions)
  return [...remove, ...keep.slice(0, Math.max(0, atLeast - remove.length))]
}

/** Whether the index is one that the Job has. */
export function isValid(index: number | null, completions: number): index is number {
  return index !== null && index >= 0 && index < completions
}

/** `status.completedIndexes`: runs of three and more as `0-2`, others one by one: `0,1,4-6`. */
export function formatIndexes(indexes: Iterable<number>): string {
  const sorted = [...new Set(indexes)].sort((a, b) => a - b)
  const parts: string[] = []
  for (let at = 0; at < sorted.length; ) {
    const first = sorted[at] ?? 0
    let length = 1
    while (sorted[at + length] === first + length) length++
    if (length === 1) parts.push(`${first}`)
    else parts.push(length === 2 ? `${first},${first + 1}` : `${first}-${first + length - 1}`)
    at += length
  }
  return parts.join(',')
}

/** Reads `status.completedIndexes`; indexes from `completions` on are dropped, as after a Job was scaled down. */
export function parseIndexes(text: string, completions: number): number[] {
  const indexes: number[] = []
  for (const part of text.split(',')) {
    const range = /^([0-9]+)(?:-([0-9]+))?$/.exec(part)
    if (!range) continue
    const first = Number(range[1])
    const end = Math.min(Number(range[2] ?? range[1]), completions - 1)
    for (let index = first; index <= end; index++) indexes.push(index)
  }
  return indexes
}
