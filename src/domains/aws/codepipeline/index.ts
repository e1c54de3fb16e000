import { defineService, parseArn } from '../core/index.ts'
import { api } from './api.generated.ts'
import { definitionOperations } from './definitionOperations.ts'
import { executionOperations } from './executionOperations.ts'
import { exported } from './exported.ts'
import { actionKind, executionKind, pipelineKind, stageKind } from './kinds.ts'
import { pipelineController } from './pipeline.controller.ts'
import { type ActionRun, type Execution, findPipeline, pipelineArn, pipelineOf } from './pipeline.ts'
import { resources } from './resources.ts'
import { runsByExternal } from './runsByExternal.ts'
import { sourcesController } from './sources.controller.ts'
import { startExecution } from './starting.ts'
import { webhookKind, webhookOperations } from './webhooks.ts'

export { actionProblem, structureProblem } from './structure.ts'

/** AWS CodePipeline: what it knows of other services it knows as their action providers. */
export const codepipeline = defineService({
  name: 'codepipeline',
  api,
  operations: [...definitionOperations, ...executionOperations, ...webhookOperations],
  kinds: [pipelineKind, stageKind, executionKind, actionKind, webhookKind],
  controllers: [pipelineController, sourcesController],
  exports: exported,
  resources,
  derived: [runsByExternal as never],
  receives: (arn, message, world) => {
    const { region = '', resource = '' } = parseArn(arn) ?? {}
    const pipeline = findPipeline(world, region, resource)
    if (!pipeline)
      return {
        error: {
          code: 'PipelineNotFoundException',
          message: `The account does not have a pipeline with name '${resource}'`,
        },
      }
    const trigger = { triggerType: 'CloudWatchEvent', triggerDetail: String(message.body['rule'] ?? message.from) }
    return { emit: startExecution(world, pipeline, { trigger }).emit }
  },
  announces: {
    'aws.codepipeline.Execution': Object.fromEntries(
      ['Started', 'Succeeded', 'Failed', 'Stopped', 'Superseded', 'Cancelled'].map((type) => [
        type,
        (event, world) => {
          const execution = world.get(event.to) as Execution | undefined
          const pipeline = execution && pipelineOf(world, execution)
          if (!pipeline) return undefined
          return {
            source: 'aws.codepipeline',
            detailType: 'CodePipeline Pipeline Execution State Change',
            resources: [pipelineArn(pipeline)],
            detail: {
              pipeline: pipeline.declaration.name,
              'execution-id': execution.executionId,
              state: (type === 'Started' ? 'started' : type).toUpperCase(),
              version: execution.version,
            },
          }
        },
      ]),
    ),
    'aws.codepipeline.Action': Object.fromEntries(
      ['Started', 'Succeeded', 'Failed', 'Abandoned'].map((type) => [
        type,
        (event, world) => {
          const run = world.get(event.to) as ActionRun | undefined
          const execution = run && (world.get(run.owner) as Execution | undefined)
          const pipeline = execution && pipelineOf(world, execution)
          if (!pipeline) return undefined
          return {
            source: 'aws.codepipeline',
            detailType: 'CodePipeline Action Execution State Change',
            resources: [pipelineArn(pipeline)],
            detail: {
              pipeline: pipeline.declaration.name,
              'execution-id': execution.executionId,
              stage: run.stage,
              action: run.name,
              state: type.toUpperCase(),
              type: { ...run.declaration.actionTypeId },
            },
          }
        },
      ]),
    ),
  },
})
