import type { Entity, World } from '../../../kernel/index.ts'
import { arnOf, type Revision } from '../core/index.ts'
import type { BatchTask } from './batchspec.ts'
import type * as api from './types.generated.ts'

export const BATCH = 'aws.codebuild.BuildBatch'

/** One batch: several builds of a project that belong together. Its owner is the project. Times in ms of virtual time. */
export interface Batch extends Entity {
  readonly owner: string
  readonly region: string
  readonly uuid: string
  readonly number: number
  readonly settings: api.Project
  readonly sourceVersion?: string | undefined
  readonly initiator: string
  readonly started: number
  readonly ended?: number | undefined
  readonly phases: readonly BatchPhaseRecord[]
  /** The first fetches the buildspec; the others are what it says. */
  readonly groups: readonly BatchGroup[]
  readonly failFast: boolean
  readonly revision?: Revision | undefined
}

export interface BatchPhaseRecord {
  readonly phase: string
  readonly began: number
  readonly ended?: number | undefined
  readonly status?: string | undefined
  readonly context?: api.PhaseContext | undefined
}

export interface BatchGroup {
  readonly task: BatchTask
  /** Id of the build that does it now. */
  readonly build?: string | undefined
  /** Ids of builds that have done it before. */
  readonly prior: readonly string[]
  /** Set when it will not be done: one that it depends on has failed. */
  readonly passedOver?: true | undefined
}

/** Identifier of the build that fetches the source and reads the batch. */
export const FETCHING = 'DOWNLOAD_SOURCE'

export function batchName(batch: Batch): string {
  return `${batch.settings.name}:${batch.uuid}`
}

export function batchId(region: string, name: string): string {
  return `${BATCH}/${region}/${name}`
}

export function batchArn(batch: Batch): string {
  return arnOf('codebuild', batch.region, `build-batch/${batchName(batch)}`)
}

export function isBatchOver({ state }: Batch): boolean {
  return BATCH_ENDS.includes(state)
}

export const BATCH_ENDS: readonly string[] = ['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT']

/** Batches of a Region, oldest first. */
export function batchesOf(world: World, region: string, project?: string): readonly Batch[] {
  return [...world.all(BATCH)]
    .map((entity) => entity as Batch)
    .filter((batch) => batch.region === region && (project === undefined || batch.settings.name === project))
    .sort((a, b) => a.started - b.started || a.number - b.number)
}

/** Phases with the present one ended and the next begun. */
export function phased(
  phases: readonly BatchPhaseRecord[],
  now: number,
  phase: string,
  ended: Pick<BatchPhaseRecord, 'status' | 'context'> = { status: 'SUCCEEDED' },
): readonly BatchPhaseRecord[] {
  return [
    ...phases.map((record) => (record.ended === undefined ? { ...record, ended: now, ...ended } : record)),
    { phase, began: now },
  ]
}
