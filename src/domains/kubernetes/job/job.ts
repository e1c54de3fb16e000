import type { JsonObject } from '../../../kernel/index.ts'
import { type ObjectEntity, timeOf } from '../object/object.ts'
import { parseIndexes } from './indexes.rule.ts'

/** A Job as an entity. */
export interface Job extends ObjectEntity {
  readonly spec: JobSpec
  readonly status?: JobStatus
}

export type JobSpec = JsonObject & {
  readonly parallelism?: number
  readonly completions?: number
  readonly completionMode?: string
  readonly backoffLimit?: number
  readonly activeDeadlineSeconds?: number
  readonly ttlSecondsAfterFinished?: number
  readonly suspend?: boolean
  readonly podReplacementPolicy?: string
  readonly template: JsonObject
}

export type JobStatus = JsonObject & {
  readonly active?: number
  readonly ready?: number
  readonly succeeded?: number
  readonly failed?: number
  readonly terminating?: number
  readonly completedIndexes?: string
  readonly startTime?: string
  readonly completionTime?: string
  readonly conditions?: readonly JsonObject[]
}

/** Keeps a pod that has ended until its Job has counted it. */
export const TRACKING = 'batch.kubernetes.io/job-tracking'
/** Label and annotation with a pod's number in an Indexed Job. */
export const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index'

export function isIndexed(job: Job): boolean {
  return job.spec.completionMode === 'Indexed'
}

/** The number of a pod in an Indexed Job, or null. */
export function indexOf(pod: ObjectEntity): number | null {
  const text = pod.metadata.annotations?.[COMPLETION_INDEX]
  return text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : null
}

/** The numbers that have succeeded. */
export function completedIndexes(job: Job): readonly number[] {
  return parseIndexes(job.status?.completedIndexes ?? '', job.spec.completions ?? 0)
}

/** Whether the Job has its last condition, and which. */
export function finishedAs(job: { readonly status?: JsonObject }): 'Complete' | 'Failed' | undefined {
  const conditions = (job.status?.conditions ?? []) as readonly JsonObject[]
  const last = conditions.find(({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True')
  return last?.type as 'Complete' | 'Failed' | undefined
}

/** Ms that the Job may still run; infinite without a deadline. */
export function timeLeft(job: Job, now: number): number {
  const { activeDeadlineSeconds } = job.spec
  if (activeDeadlineSeconds === undefined || job.spec.suspend) return Number.POSITIVE_INFINITY
  const start = job.status?.startTime === undefined ? now : timeOf(job.status.startTime)
  return Math.max(0, start + activeDeadlineSeconds * 1000 - now)
}
