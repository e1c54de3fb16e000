import { EPOCH, type JsonObject } from '../../../kernel/index.ts'
import { type ObjectEntity, timeOf } from '../object/object.ts'
import type { CronJobInput } from './sync.rule.ts'

/** A CronJob as an entity. */
export interface CronJob extends ObjectEntity {
  readonly spec: CronJobSpec
  readonly status?: CronJobStatus
}

export type CronJobSpec = JsonObject & {
  readonly schedule: string
  readonly timeZone?: string
  readonly suspend?: boolean
  readonly concurrencyPolicy?: string
  readonly startingDeadlineSeconds?: number
  readonly successfulJobsHistoryLimit?: number
  readonly failedJobsHistoryLimit?: number
  readonly jobTemplate: JsonObject
}

export type CronJobStatus = JsonObject & {
  readonly active?: readonly JsonObject[]
  readonly lastScheduleTime?: string
  readonly lastSuccessfulTime?: string
}

/** The CronJob as its rule takes it; times in ms since 1970, as schedules and time zones need them. */
export function cronInput(cronJob: CronJob, active: readonly string[], now: number): CronJobInput {
  const { spec, metadata, status } = cronJob
  return {
    name: metadata.name,
    concurrencyPolicy: spec.concurrencyPolicy ?? 'Allow',
    suspend: spec.suspend === true,
    schedule: spec.schedule,
    timeZone: spec.timeZone ?? null,
    startingDeadline: spec.startingDeadlineSeconds === undefined ? null : spec.startingDeadlineSeconds * 1000,
    creationTime: EPOCH + timeOf(metadata.creationTimestamp),
    lastScheduleTime: status?.lastScheduleTime === undefined ? null : EPOCH + timeOf(status.lastScheduleTime),
    active,
    now: EPOCH + now,
  }
}
