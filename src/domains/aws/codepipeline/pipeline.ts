import type { Entity, World } from '../../../kernel/index.ts'
import { type Artifact, arnOf, type Principal, type Revision, rolePrincipal, servicePrincipal } from '../core/index.ts'
import type { Track } from './track.ts'
import type * as api from './types.generated.ts'

export const PIPELINE = 'aws.codepipeline.Pipeline'
export const STAGE = 'aws.codepipeline.Stage'
export const EXECUTION = 'aws.codepipeline.Execution'
export const ACTION = 'aws.codepipeline.Action'

/** A pipeline with the structure that it has now. Times in ms of virtual time. */
export interface Pipeline extends Entity {
  readonly region: string
  readonly declaration: api.PipelineDeclaration
  /** Earlier structures by version. */
  readonly versions: { readonly [version: number]: api.PipelineDeclaration }
  readonly track: Track
  /** How many executions it has had. */
  readonly count: number
  /** By stage: who changed its inbound transition last, when and why. */
  readonly transitions: {
    readonly [stage: string]: { readonly by: string; readonly at: number; readonly reason?: string | undefined }
  }
  readonly created: number
  readonly updated: number
  readonly tags: readonly api.Tag[]
}

/** One stage, as it is drawn. Its owner is the pipeline. */
export interface Stage extends Entity {
  readonly owner: string
  readonly name: string
  readonly place: number
  /** Id of the execution that entered it last. */
  readonly latest?: string | undefined
}

/** One execution. Its owner is the pipeline. */
export interface Execution extends Entity {
  readonly owner: string
  readonly executionId: string
  /** Counted from 1. */
  readonly number: number
  readonly version: number
  readonly started: number
  readonly updated: number
  readonly trigger: { readonly triggerType: string; readonly triggerDetail?: string | undefined }
  readonly variables: readonly { readonly name: string; readonly resolvedValue: string }[]
  /** Given at the start for source actions, by action name. */
  readonly overrides?: { readonly [action: string]: string } | undefined
  /** The stage that it is in, was in when it ended, or waits in front of. */
  readonly stage?: string | undefined
  readonly waits?: boolean | undefined
  /** Grows with every stage that it enters and with every retry. */
  readonly attempt: number
  /** Runs of earlier attempts than this do not count any more. */
  readonly base: number
  readonly artifacts: { readonly [name: string]: Artifact }
  readonly revisions: { readonly [action: string]: Revision }
  /** By namespace. */
  readonly outputs: { readonly [namespace: string]: { readonly [name: string]: string } }
  /** Whether its stage was tried again by itself already. */
  readonly retried?: boolean | undefined
  readonly stopReason?: string | undefined
  /** Set when it brings back the revisions of an earlier one. */
  readonly rollbackOf?: string | undefined
}

/** One run of an action. Its owner is the execution. */
export interface ActionRun extends Entity {
  readonly owner: string
  readonly runId: string
  readonly stage: string
  readonly name: string
  readonly attempt: number
  readonly runOrder: number
  readonly declaration: api.ActionDeclaration
  readonly configuration: { readonly [key: string]: string }
  readonly started: number
  readonly updated: number
  /** What its provider called what it has begun. */
  readonly external?: string | undefined
  /** What an approval is answered with. */
  readonly token?: string | undefined
  readonly summary?: string | undefined
  readonly error?: { readonly code: string; readonly message: string } | undefined
  readonly variables?: { readonly [name: string]: string } | undefined
  /** Who approved, or stopped it. */
  readonly updatedBy?: string | undefined
}

export function pipelineId(region: string, name: string): string {
  return `${PIPELINE}/${region}/${name}`
}

export function pipelineArn(pipeline: Pipeline): string {
  return arnOf('codepipeline', pipeline.region, pipeline.declaration.name)
}

export function findPipeline(world: World, region: string, name: string): Pipeline | undefined {
  return world.get(pipelineId(region, name)) as Pipeline | undefined
}

export function stageId(pipeline: Pipeline, name: string): string {
  return `${STAGE}/${pipeline.region}/${pipeline.declaration.name}/${name}`
}

export function executionEntityId(pipeline: Pipeline, executionId: string): string {
  return `${EXECUTION}/${pipeline.region}/${pipeline.declaration.name}/${executionId}`
}

export function findExecution(world: World, pipeline: Pipeline, executionId: string): Execution | undefined {
  return world.get(executionEntityId(pipeline, executionId)) as Execution | undefined
}

export function pipelineOf(world: World, execution: Execution): Pipeline | undefined {
  return world.get(execution.owner) as Pipeline | undefined
}

/** The pipeline's executions, oldest first. */
export function executionsOf(world: World, pipeline: Pipeline): readonly Execution[] {
  return world
    .ownedBy(pipeline.id)
    .filter((entity) => entity.kind === EXECUTION)
    .map((entity) => entity as Execution)
    .sort((a, b) => a.number - b.number)
}

/** The structure that an execution follows: the one it was started with, while the pipeline still has it. */
export function declarationOf(pipeline: Pipeline, execution: Execution): api.PipelineDeclaration {
  return pipeline.versions[execution.version] ?? pipeline.declaration
}

/** The runs that count of an execution's actions in a stage: the last one of each, by action name. */
export function runsOf(world: World, execution: Execution, stage: string): ReadonlyMap<string, ActionRun> {
  const latest = new Map<string, ActionRun>()
  const base = execution.stage === stage ? execution.base : 0
  for (const entity of world.ownedBy(execution.id)) {
    const run = entity as ActionRun
    if (run.stage !== stage || run.attempt < base) continue
    if ((latest.get(run.name)?.attempt ?? -1) <= run.attempt) latest.set(run.name, run)
  }
  return latest
}

/** As whom an action is done: its own role, or the pipeline's. */
export function actionPrincipal(declaration: api.PipelineDeclaration, action: api.ActionDeclaration): Principal {
  const role = action.roleArn ?? declaration.roleArn
  return /^arn:aws:iam::\d+:role\//.test(role) ? rolePrincipal(role, 'codepipeline') : servicePrincipal('codepipeline')
}
