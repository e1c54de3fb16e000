import type { Emission, World } from '../../../kernel/index.ts'
import { uuid } from '../core/index.ts'
import { moveEmissions } from './moves.ts'
import { EXECUTION, type Execution, executionEntityId, executionsOf, type Pipeline } from './pipeline.ts'

/** What a new execution is started with. */
export interface StartOrder {
  readonly trigger: Execution['trigger']
  readonly variables?: readonly { readonly name: string; readonly value: string }[] | undefined
  readonly overrides?: Execution['overrides']
  /** An earlier execution whose revisions are brought back into one stage. */
  readonly rollback?: { readonly of: Execution; readonly stage: string } | undefined
}

/** A new execution of a pipeline, in front of its first stage or in it. */
export function startExecution(
  world: World,
  pipeline: Pipeline,
  order: StartOrder,
): { readonly executionId: string; readonly emit: readonly Emission[] } {
  const number = pipeline.count + 1
  const executionId = uuid(world, pipeline.id, number)
  const { rollback } = order
  const data = {
    owner: pipeline.id,
    executionId,
    number,
    version: pipeline.declaration.version ?? 1,
    started: world.now,
    updated: world.now,
    trigger: order.trigger,
    variables: (pipeline.declaration.variables ?? []).map(({ name, defaultValue }) => ({
      name,
      resolvedValue: order.variables?.find((one) => one.name === name)?.value ?? defaultValue ?? '',
    })),
    attempt: 0,
    base: 0,
    artifacts: rollback?.of.artifacts ?? {},
    revisions: rollback?.of.revisions ?? {},
    outputs: rollback?.of.outputs ?? {},
    ...(order.overrides ? { overrides: order.overrides } : {}),
    ...(rollback ? { rollbackOf: rollback.of.executionId } : {}),
  }
  const to = executionEntityId(pipeline, executionId)
  const stage = rollback ? { stage: rollback.stage } : {}
  return {
    executionId,
    emit: [
      { to, kind: EXECUTION, type: 'Started', data, by: pipeline.id },
      ...moveEmissions(world, pipeline, { type: 'start', id: executionId, ...stage }),
    ],
  }
}

/** The newest execution before another that has gone through a stage: what a rollback brings back. */
export function lastGood(world: World, pipeline: Pipeline, execution: Execution, stage: string): Execution | undefined {
  return executionsOf(world, pipeline).findLast(
    (other) => other.number < execution.number && other.rollbackOf === undefined && hasPassed(pipeline, other, stage),
  )
}

/** Whether an execution has gone through a stage well. */
export function hasPassed(pipeline: Pipeline, execution: Execution, stage: string): boolean {
  if (execution.state === 'Succeeded') return true
  const place = (name: string | undefined) => pipeline.declaration.stages.findIndex((one) => one.name === name)
  return place(execution.stage) > place(stage)
}
