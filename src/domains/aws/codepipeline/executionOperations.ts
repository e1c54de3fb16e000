import type { World } from '../../../kernel/index.ts'
import { type Operation, pageOf, refuse } from '../core/index.ts'
import { dated, executionNamed, isRefused, onPipeline, stageNamed } from './asking.ts'
import { moveEmissions } from './moves.ts'
import { type ActionRun, type Execution, executionsOf, type Pipeline, runsOf, type Stage, stageId } from './pipeline.ts'
import { hasPassed, startExecution } from './starting.ts'
import type * as api from './types.generated.ts'

/** Operations on executions: start, stop, retry, roll back, approve, open and close transitions, and look. */
export const executionOperations: readonly Operation[] = [
  onPipeline<api.StartPipelineExecutionInput>(
    'StartPipelineExecution',
    ({ name }) => name,
    ({ input, world, principal }, pipeline) => {
      const unknown = input.variables?.find(
        ({ name }) => !pipeline.declaration.variables?.some((declared) => declared.name === name),
      )
      if (unknown)
        return refuse('ValidationException', `Variable ${unknown.name} is not declared in pipeline ${input.name}`)
      const { executionId, emit } = startExecution(world, pipeline, {
        trigger: { triggerType: 'StartPipelineExecution', triggerDetail: principal.arn },
        variables: input.variables,
        overrides: Object.fromEntries((input.sourceRevisions ?? []).map((one) => [one.actionName, one.revisionValue])),
      })
      return { output: { pipelineExecutionId: executionId }, emit }
    },
  ),
  onPipeline<api.StopPipelineExecutionInput>(
    'StopPipelineExecution',
    ({ pipelineName }) => pipelineName,
    ({ input, world }, pipeline) => {
      const execution = executionNamed(world, pipeline, input.pipelineExecutionId)
      if (isRefused(execution)) return execution
      const id = execution.executionId
      if (execution.state !== 'InProgress' && !(execution.state === 'Stopping' && input.abandon))
        return refuse(
          'PipelineExecutionNotStoppableException',
          `Pipeline execution with ID '${id}' is in ${execution.state} state and cannot be stopped`,
        )
      const stopReason = input.reason
      const abandoned = input.abandon ? runningOf(world, execution) : []
      return {
        output: { pipelineExecutionId: id },
        emit: [
          ...abandoned.map((run) => ({ to: run.id, type: 'Abandoned', data: { updated: world.now } })),
          ...moveEmissions(world, pipeline, { type: 'stop', id, abandon: input.abandon ?? false }, { stopReason }),
        ],
      }
    },
  ),
  onPipeline<api.RetryStageExecutionInput>(
    'RetryStageExecution',
    ({ pipelineName }) => pipelineName,
    ({ input, world }, pipeline) => {
      const stage = stageNamed(pipeline, input.stageName)
      const execution = executionNamed(world, pipeline, input.pipelineExecutionId)
      if (isRefused(stage)) return stage
      if (isRefused(execution)) return execution
      const latest = (world.get(stageId(pipeline, stage.name)) as Stage | undefined)?.latest
      if (execution.state !== 'Failed' || execution.stage !== stage.name)
        return refuse('StageNotRetryableException', `Stage '${stage.name}' cannot be retried: it has not failed.`)
      if (latest !== execution.id)
        return refuse(
          'NotLatestPipelineExecutionException',
          `The stage '${stage.name}' has been entered by another execution since.`,
        )
      const base = input.retryMode === 'ALL_ACTIONS' ? { base: execution.attempt + 1 } : {}
      return {
        output: { pipelineExecutionId: execution.executionId },
        emit: moveEmissions(world, pipeline, { type: 'retry', id: execution.executionId }, base),
      }
    },
  ),
  onPipeline<api.RollbackStageInput>(
    'RollbackStage',
    ({ pipelineName }) => pipelineName,
    ({ input, world, principal }, pipeline) => {
      const stage = stageNamed(pipeline, input.stageName)
      const target = executionNamed(world, pipeline, input.targetPipelineExecutionId)
      if (isRefused(stage)) return stage
      if (isRefused(target)) return target
      if (pipeline.declaration.executionMode === 'PARALLEL')
        return refuse(
          'UnableToRollbackStageException',
          'Stage rollback is not available for pipelines in PARALLEL mode.',
        )
      if (stage.name === pipeline.declaration.stages[0]?.name)
        return refuse('UnableToRollbackStageException', 'The source stage cannot be rolled back.')
      if (target.rollbackOf !== undefined || !hasPassed(pipeline, target, stage.name))
        return refuse(
          'UnableToRollbackStageException',
          `Execution '${target.executionId}' has not succeeded in stage '${stage.name}'.`,
        )
      if (target.version !== (pipeline.declaration.version ?? 1))
        return refuse(
          'PipelineExecutionOutdatedException',
          'The target execution ran with another version of the pipeline structure.',
        )
      const trigger = { triggerType: 'ManualRollback', triggerDetail: principal.arn }
      const { executionId, emit } = startExecution(world, pipeline, {
        trigger,
        rollback: { of: target, stage: stage.name },
      })
      return { output: { pipelineExecutionId: executionId }, emit }
    },
  ),
  onPipeline<api.PutApprovalResultInput>(
    'PutApprovalResult',
    ({ pipelineName }) => pipelineName,
    ({ input, world, principal }, pipeline) => {
      const stage = stageNamed(pipeline, input.stageName)
      if (isRefused(stage)) return stage
      if (!stage.actions.some(({ name }) => name === input.actionName))
        return refuse(
          'ActionNotFoundException',
          `Stage '${stage.name}' does not have an action with name '${input.actionName}'`,
        )
      const runs = approvalsOf(world, pipeline, input.stageName, input.actionName)
      const run = runs.find(({ token }) => token === input.token)
      if (!run) return refuse('InvalidApprovalTokenException', 'The approval token is invalid.')
      if (run.state !== 'InProgress')
        return refuse('ApprovalAlreadyCompletedException', 'The approval action has already been approved or rejected.')
      const { status, summary } = input.result
      const data = { summary, updatedBy: principal.arn, updated: world.now }
      const error = { code: 'ApprovalRejected', message: summary === '' ? 'Rejected' : `Rejected: ${summary}` }
      return {
        output: { approvedAt: dated(world.now) },
        emit: [
          status === 'Approved'
            ? { to: run.id, type: 'Succeeded', data }
            : { to: run.id, type: 'Failed', data: { ...data, error } },
        ],
      }
    },
  ),
  onPipeline<api.DisableStageTransitionInput>(
    'DisableStageTransition',
    ({ pipelineName }) => pipelineName,
    ({ input, world, principal }, pipeline) =>
      transition(world, pipeline, input.stageName, 'disable', principal.arn, input.reason),
  ),
  onPipeline<api.EnableStageTransitionInput>(
    'EnableStageTransition',
    ({ pipelineName }) => pipelineName,
    ({ input, world, principal }, pipeline) =>
      transition(world, pipeline, input.stageName, 'enable', principal.arn, undefined),
  ),
  onPipeline<api.GetPipelineStateInput>(
    'GetPipelineState',
    ({ name }) => name,
    ({ world }, pipeline) => ({
      output: {
        pipelineName: pipeline.declaration.name,
        pipelineVersion: pipeline.declaration.version,
        stageStates: pipeline.declaration.stages.map((stage, place) => stageState(world, pipeline, stage, place)),
        created: dated(pipeline.created),
        updated: dated(pipeline.updated),
      },
    }),
  ),
  onPipeline<api.ListPipelineExecutionsInput>(
    'ListPipelineExecutions',
    ({ pipelineName }) => pipelineName,
    ({ input, world }, pipeline) => {
      const stage = input.filter?.succeededInStage?.stageName
      const all = executionsOf(world, pipeline)
        .filter((one) => stage === undefined || hasPassed(pipeline, one, stage))
        .reverse()
      const { items, nextToken } = pageOf(all, input.nextToken, input.maxResults ?? 100)
      return { output: { pipelineExecutionSummaries: items.map((one) => summaryOf(pipeline, one)), nextToken } }
    },
  ),
  onPipeline<api.GetPipelineExecutionInput>(
    'GetPipelineExecution',
    ({ pipelineName }) => pipelineName,
    ({ input, world }, pipeline) => {
      const execution = executionNamed(world, pipeline, input.pipelineExecutionId)
      if (isRefused(execution)) return execution
      return {
        output: {
          pipelineExecution: {
            pipelineName: pipeline.declaration.name,
            pipelineVersion: execution.version,
            pipelineExecutionId: execution.executionId,
            status: execution.state,
            artifactRevisions: Object.values(execution.artifacts).flatMap(({ name, revision }) =>
              revision
                ? [
                    {
                      name,
                      revisionId: revision.id,
                      revisionSummary: revision.summary,
                      revisionUrl: revision.url,
                      ...(revision.at === undefined ? {} : { created: dated(revision.at) }),
                    },
                  ]
                : [],
            ),
            variables: execution.variables,
            trigger: execution.trigger,
            ...modeOf(pipeline, execution),
          },
        },
      }
    },
  ),
  onPipeline<api.ListActionExecutionsInput>(
    'ListActionExecutions',
    ({ pipelineName }) => pipelineName,
    ({ input, world }, pipeline) => {
      const only = input.filter?.pipelineExecutionId ?? input.filter?.latestInPipelineExecution?.pipelineExecutionId
      const details = executionsOf(world, pipeline)
        .filter(({ executionId }) => only === undefined || executionId === only)
        .flatMap((execution) =>
          world.ownedBy(execution.id).map((entity) => actionDetail(execution, entity as ActionRun)),
        )
        .sort((a, b) => (b.startTime ?? 0) - (a.startTime ?? 0))
      const { items, nextToken } = pageOf(details, input.nextToken, input.maxResults ?? 100)
      return { output: { actionExecutionDetails: items, nextToken } }
    },
  ),
]

function runningOf(world: World, execution: Execution): readonly ActionRun[] {
  return world
    .ownedBy(execution.id)
    .map((entity) => entity as ActionRun)
    .filter(({ state }) => state === 'InProgress')
}

function approvalsOf(world: World, pipeline: Pipeline, stage: string, action: string): readonly ActionRun[] {
  return executionsOf(world, pipeline).flatMap((execution) =>
    world
      .ownedBy(execution.id)
      .map((entity) => entity as ActionRun)
      .filter((run) => run.stage === stage && run.name === action),
  )
}

function transition(
  world: World,
  pipeline: Pipeline,
  name: string,
  type: 'disable' | 'enable',
  by: string,
  reason: string | undefined,
) {
  const stage = stageNamed(pipeline, name)
  if (isRefused(stage)) return stage
  const transitions = { ...pipeline.transitions, [name]: { by, at: world.now, reason } }
  const changed = {
    to: pipeline.id,
    type: type === 'disable' ? 'TransitionDisabled' : 'TransitionEnabled',
    data: { transitions },
  }
  return { output: {}, emit: [changed, ...moveEmissions(world, pipeline, { type, stage: name })] }
}

function stageState(world: World, pipeline: Pipeline, declared: api.StageDeclaration, place: number): api.StageState {
  const stage = world.get(stageId(pipeline, declared.name)) as Stage | undefined
  const latest = stage?.latest === undefined ? undefined : (world.get(stage.latest) as Execution | undefined)
  const runs = latest ? runsOf(world, latest, declared.name) : undefined
  const inbound = pipeline.track.waiting[declared.name]?.map((id) => ({
    pipelineExecutionId: id,
    status: 'InProgress',
    type: 'STANDARD',
  }))
  const changed = pipeline.transitions[declared.name]
  return {
    stageName: declared.name,
    ...(inbound?.length ? { inboundExecution: inbound.at(-1), inboundExecutions: inbound } : {}),
    ...(place === 0
      ? {}
      : {
          inboundTransitionState: {
            enabled: !pipeline.track.disabled.includes(declared.name),
            ...(changed
              ? { lastChangedBy: changed.by, lastChangedAt: dated(changed.at), disabledReason: changed.reason }
              : {}),
          },
        }),
    actionStates: declared.actions.map((action) => {
      const run = runs?.get(action.name)
      const revision = latest?.revisions[action.name]
      return {
        actionName: action.name,
        ...(revision
          ? {
              currentRevision: {
                revisionId: revision.id,
                revisionChangeId: revision.id,
                created: dated(revision.at ?? 0),
              },
            }
          : {}),
        ...(run ? { latestExecution: latestExecution(run) } : {}),
      }
    }),
    ...(latest && stage
      ? {
          latestExecution: {
            pipelineExecutionId: latest.executionId,
            status: stage.state,
            type: latest.rollbackOf === undefined ? 'STANDARD' : 'ROLLBACK',
          },
        }
      : {}),
  }
}

function latestExecution(run: ActionRun): api.ActionExecution {
  return {
    actionExecutionId: run.runId,
    status: run.state,
    ...(run.summary === undefined ? {} : { summary: run.summary }),
    lastStatusChange: dated(run.since),
    ...(run.token !== undefined && run.state === 'InProgress' ? { token: run.token } : {}),
    ...(run.updatedBy === undefined ? {} : { lastUpdatedBy: run.updatedBy }),
    ...(run.external === undefined ? {} : { externalExecutionId: externalName(run.external) }),
    ...(run.error ? { errorDetails: run.error } : {}),
  }
}

function externalName(external: string): string {
  return external.slice(external.lastIndexOf('/') + 1)
}

function modeOf(pipeline: Pipeline, execution: Execution) {
  return {
    executionMode: pipeline.declaration.executionMode,
    executionType: execution.rollbackOf === undefined ? 'STANDARD' : 'ROLLBACK',
    ...(execution.rollbackOf === undefined
      ? {}
      : { rollbackMetadata: { rollbackTargetPipelineExecutionId: execution.rollbackOf } }),
  }
}

function summaryOf(pipeline: Pipeline, execution: Execution): api.PipelineExecutionSummary {
  return {
    pipelineExecutionId: execution.executionId,
    status: execution.state,
    startTime: dated(execution.started),
    lastUpdateTime: dated(Math.max(execution.updated, execution.since)),
    sourceRevisions: Object.entries(execution.revisions).map(([actionName, revision]) => ({
      actionName,
      revisionId: revision.id,
      revisionSummary: revision.summary,
      ...(revision.url === undefined ? {} : { revisionUrl: revision.url }),
    })),
    trigger: execution.trigger,
    ...(execution.stopReason === undefined ? {} : { stopTrigger: { reason: execution.stopReason } }),
    ...modeOf(pipeline, execution),
  }
}

function actionDetail(execution: Execution, run: ActionRun): api.ActionExecutionDetail {
  const { declaration } = run
  return {
    pipelineExecutionId: execution.executionId,
    actionExecutionId: run.runId,
    pipelineVersion: execution.version,
    stageName: run.stage,
    actionName: run.name,
    startTime: dated(run.started),
    lastUpdateTime: dated(run.since),
    ...(run.updatedBy === undefined ? {} : { updatedBy: run.updatedBy }),
    status: run.state,
    input: {
      actionTypeId: declaration.actionTypeId,
      configuration: declaration.configuration,
      resolvedConfiguration: run.configuration,
      inputArtifacts: (declaration.inputArtifacts ?? []).map(({ name }) => ({ name })),
      ...(declaration.namespace === undefined ? {} : { namespace: declaration.namespace }),
    },
    output: {
      outputArtifacts: (declaration.outputArtifacts ?? []).map(({ name }) => ({ name })),
      ...(run.external === undefined
        ? {}
        : {
            executionResult: { externalExecutionId: externalName(run.external), externalExecutionSummary: run.summary },
          }),
      ...(run.variables ? { outputVariables: run.variables } : {}),
    },
  }
}
