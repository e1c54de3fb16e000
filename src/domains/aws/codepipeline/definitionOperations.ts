import type { Emission } from '../../../kernel/index.ts'
import { defineOperation, type Operation, pageOf, parseArn, refuse } from '../core/index.ts'
import { dated, onPipeline } from './asking.ts'
import { moveEmissions } from './moves.ts'
import { findPipeline, PIPELINE, type Pipeline, pipelineArn, pipelineId, STAGE, stageId } from './pipeline.ts'
import { startExecution } from './starting.ts'
import { structureProblem } from './structure.ts'
import { type ExecutionMode, emptyTrack, type Track } from './track.ts'
import type * as api from './types.generated.ts'

/** Operations on the structure of pipelines. */
export const definitionOperations: readonly Operation[] = [
  defineOperation<api.CreatePipelineInput>('CreatePipeline', ({ input, world, region, account }) => {
    const problem = structureProblem(input.pipeline)
    if (problem) return problem
    if (findPipeline(world, region, input.pipeline.name))
      return refuse(
        'PipelineNameInUseException',
        `A pipeline with the name '${input.pipeline.name}' already exists in account '${account}'`,
      )
    const declaration = settled(input.pipeline, 1)
    const data = {
      region,
      declaration,
      versions: { 1: declaration },
      track: trackOf(declaration),
      count: 0,
      transitions: {},
      created: world.now,
      updated: world.now,
      tags: input.tags ?? [],
    }
    const id = pipelineId(region, declaration.name)
    const pipeline = { ...data, id } as unknown as Pipeline
    return {
      output: { pipeline: declaration, ...(input.tags ? { tags: input.tags } : {}) },
      emit: [
        { to: id, kind: PIPELINE, type: 'Created', data },
        ...stageEmissions(pipeline, []),
        ...startExecution(world, pipeline, { trigger: { triggerType: 'CreatePipeline', triggerDetail: 'create' } })
          .emit,
      ],
    }
  }),
  onPipeline<api.UpdatePipelineInput>(
    'UpdatePipeline',
    ({ pipeline }) => pipeline.name,
    ({ input, world }, pipeline) => {
      const problem = structureProblem(input.pipeline)
      if (problem) return problem
      const version = (pipeline.declaration.version ?? 1) + 1
      const declaration = settled(input.pipeline, version)
      const versions = { ...pipeline.versions, [version]: declaration }
      const before = pipeline.declaration.stages.map(({ name }) => name)
      const cancelled = pipeline.track.executions.filter(
        ({ status }) => status === 'InProgress' || status === 'Stopping',
      )
      const track = { ...trackOf(declaration), disabled: pipeline.track.disabled }
      return {
        output: { pipeline: declaration },
        emit: [
          { to: pipeline.id, type: 'Updated', data: { declaration, versions, track, updated: world.now } },
          ...cancelled.map(
            ({ id }): Emission => ({
              to: `${pipeline.id.replace(PIPELINE, 'aws.codepipeline.Execution')}/${id}`,
              type: 'Cancelled',
            }),
          ),
          ...stageEmissions({ ...pipeline, declaration }, before),
        ],
      }
    },
  ),
  onPipeline<api.GetPipelineInput>(
    'GetPipeline',
    ({ name }) => name,
    ({ input }, pipeline) => {
      const version = input.version ?? pipeline.declaration.version ?? 1
      const declaration = pipeline.versions[version]
      if (!declaration)
        return refuse('PipelineVersionNotFoundException', `Pipeline '${input.name}' does not have version '${version}'`)
      return {
        output: {
          pipeline: declaration,
          metadata: {
            pipelineArn: pipelineArn(pipeline),
            created: dated(pipeline.created),
            updated: dated(pipeline.updated),
          },
        },
      }
    },
  ),
  defineOperation<api.DeletePipelineInput>('DeletePipeline', ({ input, world, region }) => {
    const pipeline = findPipeline(world, region, input.name)
    if (!pipeline) return { output: {} }
    return {
      output: {},
      emit: [
        ...pipeline.track.executions.flatMap(({ id, status }) =>
          status === 'InProgress' ? moveEmissions(world, pipeline, { type: 'stop', id, abandon: true }) : [],
        ),
        ...pipeline.declaration.stages.map(({ name }) => ({ to: stageId(pipeline, name), type: 'Removed' })),
        { to: pipeline.id, type: 'Deleted' },
      ],
    }
  }),
  defineOperation<api.ListPipelinesInput>('ListPipelines', ({ input, world, region }) => {
    const all = [...world.all(PIPELINE)].map((entity) => entity as Pipeline).filter((one) => one.region === region)
    const names = all.sort((a, b) => (a.declaration.name < b.declaration.name ? -1 : 1))
    const { items, nextToken } = pageOf(names, input.nextToken, input.maxResults ?? 1000)
    return {
      output: {
        pipelines: items.map(({ declaration, created, updated }) => ({
          name: declaration.name,
          version: declaration.version,
          pipelineType: declaration.pipelineType,
          executionMode: declaration.executionMode,
          created: dated(created),
          updated: dated(updated),
        })),
        nextToken,
      },
    }
  }),
  onPipeline<api.TagResourceInput>('TagResource', nameInArn, ({ input }, pipeline) => {
    const keys = new Set(input.tags.map(({ key }) => key))
    const tags = [...pipeline.tags.filter(({ key }) => !keys.has(key)), ...input.tags]
    return { output: {}, emit: [{ to: pipeline.id, type: 'Tagged', data: { tags } }] }
  }),
  onPipeline<api.UntagResourceInput>('UntagResource', nameInArn, ({ input }, pipeline) => {
    const tags = pipeline.tags.filter(({ key }) => !input.tagKeys.includes(key))
    return { output: {}, emit: [{ to: pipeline.id, type: 'Tagged', data: { tags } }] }
  }),
  onPipeline<api.ListTagsForResourceInput>('ListTagsForResource', nameInArn, (_call, pipeline) => ({
    output: { tags: pipeline.tags },
  })),
]

function nameInArn({ resourceArn }: { readonly resourceArn: string }): string {
  return parseArn(resourceArn)?.resource.split('/')[0] ?? resourceArn
}

/** A declaration with what the service fills in. */
function settled(given: api.PipelineDeclaration, version: number): api.PipelineDeclaration {
  return {
    ...given,
    stages: given.stages.map((stage) => ({
      ...stage,
      actions: stage.actions.map((action) => ({
        ...action,
        runOrder: action.runOrder ?? 1,
        configuration: action.configuration ?? {},
        outputArtifacts: action.outputArtifacts ?? [],
        inputArtifacts: action.inputArtifacts ?? [],
      })),
    })),
    version,
    executionMode: given.executionMode ?? 'SUPERSEDED',
    pipelineType: given.pipelineType ?? 'V1',
  }
}

function trackOf(declaration: api.PipelineDeclaration): Track {
  return emptyTrack(
    (declaration.executionMode ?? 'SUPERSEDED') as ExecutionMode,
    declaration.stages.map(({ name }) => name),
  )
}

/** Brings the stages that are drawn in line with the declaration. */
function stageEmissions(pipeline: Pipeline, before: readonly string[]): readonly Emission[] {
  const { stages } = pipeline.declaration
  const gone = before.filter((name) => !stages.some((stage) => stage.name === name))
  return [
    ...gone.map((name) => ({ to: stageId(pipeline, name), type: 'Removed' })),
    ...stages.map(({ name }, place) =>
      before.includes(name)
        ? { to: stageId(pipeline, name), type: 'Changed', data: { place } }
        : { to: stageId(pipeline, name), kind: STAGE, type: 'Declared', data: { owner: pipeline.id, name, place } },
    ),
  ]
}
