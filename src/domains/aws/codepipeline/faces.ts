import type { Face, FaceAction, Tone, World } from '../../../kernel/index.ts'
import { regionId } from '../../places/index.ts'
import { pipelineFigures } from './figures.ts'
import {
  type ActionRun,
  declarationOf,
  type Execution,
  executionsOf,
  type Pipeline,
  pipelineOf,
  runsOf,
  type Stage,
  stageId,
} from './pipeline.ts'

const TONES: { readonly [state: string]: Tone } = {
  InProgress: 'prog',
  Stopping: 'prog',
  Succeeded: 'ok',
  Failed: 'err',
  Stopped: 'warn',
}
const WORDS: { readonly [state: string]: string } = { InProgress: 'In progress', Idle: 'Not run yet' }

function toneOf(state: string): Tone {
  return TONES[state] ?? 'idle'
}

function wordOf(state: string): string {
  return WORDS[state] ?? state
}

/** A pipeline: a frame around its stages, with the four measures of delivery. */
export const pipelineFace: Face<Pipeline> = {
  label: 'Pipeline',
  plural: 'Pipelines',
  pictogram: 'pipeline',
  shape: 'frame',
  rank: 1,
  within: ({ region }) => regionId(region),
  links: (pipeline) => workplaces(pipeline).map((to) => ({ to, kind: 'control' as const })),
  look: (pipeline, world) => {
    const latest = executionsOf(world, pipeline).at(-1)
    const figures = pipelineFigures(world, pipeline)
    return {
      title: pipeline.declaration.name,
      note: `${pipeline.declaration.pipelineType ?? 'V1'}, ${(pipeline.declaration.executionMode ?? 'SUPERSEDED').toLowerCase()}`,
      tone: latest ? toneOf(latest.state) : 'idle',
      word: latest ? wordOf(latest.state) : 'Not run yet',
      figures: figures.deployments === 0 ? [] : [`${figures.deployments} deployed`],
      facts: figures.facts,
      beat: pipeline.count,
    }
  },
  actions: ({ declaration: { name }, region }) => [
    {
      id: 'release',
      label: 'Release change',
      line: `aws codepipeline start-pipeline-execution --name ${name} --region ${region}`,
    },
    {
      id: 'delete',
      label: 'Delete',
      line: `aws codepipeline delete-pipeline --name ${name} --region ${region}`,
      sort: 'danger',
    },
  ],
  marks: { Updated: 'deploy' },
  source: {
    language: 'json',
    text: ({ declaration }) => `${JSON.stringify({ pipeline: declaration }, undefined, 2)}\n`,
    apply: ({ region }, file) => `aws codepipeline update-pipeline --region ${region} --cli-input-json file://${file}`,
  },
}

/** What its actions work with, by the ids that its services give: the repository that it reads, the projects that build for it. */
function workplaces({ declaration, region }: Pipeline): readonly string[] {
  const actions = declaration.stages.flatMap((stage) => stage.actions)
  const found = actions.flatMap(({ actionTypeId: { provider }, configuration = {} }) => {
    if (provider === 'CodeCommit') return [`aws.codecommit.Repository/${region}/${configuration['RepositoryName']}`]
    if (provider === 'CodeBuild') return [`aws.codebuild.Project/${region}/${configuration['ProjectName']}`]
    return []
  })
  return [...new Set(found)]
}

/** A stage: a column of its actions. */
export const stageFace: Face<Stage> = {
  label: 'Stage',
  plural: 'Stages',
  pictogram: 'stage',
  shape: 'host',
  rank: 1,
  within: (stage) => stage.owner,
  look: (stage, world) => {
    const pipeline = world.get(stage.owner) as Pipeline | undefined
    const disabled = pipeline?.track.disabled.includes(stage.name) ?? false
    const waiting = pipeline?.track.waiting[stage.name]?.length ?? 0
    const reason = pipeline?.transitions[stage.name]?.reason
    const declared = pipeline?.declaration.stages.find(({ name }) => name === stage.name)
    return {
      title: stage.name,
      tone: toneOf(stage.state),
      word: wordOf(stage.state),
      detail: disabled ? `The way in is closed${reason === undefined ? '' : `: ${reason}`}` : undefined,
      notes: [
        ...(disabled ? [{ text: 'Transition disabled', tone: 'warn' as const }] : []),
        ...(waiting > 0 ? [{ text: `${waiting} waiting in front`, tone: 'pend' as const }] : []),
        ...(stage.latest === undefined
          ? (declared?.actions ?? []).map((action) => ({
              text: `${action.name}: ${action.actionTypeId.provider}`,
              tone: 'idle' as const,
            }))
          : []),
      ],
    }
  },
  links: (stage, world) => {
    const pipeline = world.get(stage.owner) as Pipeline | undefined
    const next = pipeline?.declaration.stages[stage.place + 1]
    return pipeline && next ? [{ to: stageId(pipeline, next.name), kind: 'control' }] : []
  },
  actions: (stage, world) => stageActions(stage, world),
}

function stageActions(stage: Stage, world: World): readonly FaceAction[] {
  const pipeline = world.get(stage.owner) as Pipeline | undefined
  if (!pipeline) return []
  const at = `--pipeline-name ${pipeline.declaration.name} --stage-name ${stage.name} --region ${pipeline.region}`
  const latest = stage.latest === undefined ? undefined : (world.get(stage.latest) as Execution | undefined)
  const disabled = pipeline.track.disabled.includes(stage.name)
  const actions: FaceAction[] = []
  if (stage.state === 'Failed' && latest)
    actions.push({
      id: 'retry',
      label: 'Retry failed actions',
      line: `aws codepipeline retry-stage-execution ${at} --pipeline-execution-id ${latest.executionId} --retry-mode FAILED_ACTIONS`,
    })
  if (stage.place > 0)
    actions.push(
      disabled
        ? {
            id: 'enable',
            label: 'Enable transition',
            line: `aws codepipeline enable-stage-transition ${at} --transition-type Inbound`,
          }
        : {
            id: 'disable',
            label: 'Disable transition',
            line: `aws codepipeline disable-stage-transition ${at} --transition-type Inbound --reason "Held by hand"`,
          },
    )
  return actions
}

/** An execution: a chip that travels from stage to stage. */
export const executionFace: Face<Execution> = {
  label: 'Execution',
  plural: 'Executions',
  pictogram: 'commit',
  shape: 'chip',
  within: (execution, world) => {
    const pipeline = pipelineOf(world, execution)
    const ended = execution.state !== 'InProgress' && execution.state !== 'Stopping'
    if (!pipeline || execution.stage === undefined) return null
    const stage = stageId(pipeline, execution.stage)
    return ended && (world.get(stage) as Stage | undefined)?.latest !== execution.id ? null : stage
  },
  look: (execution) => {
    const revision = Object.values(execution.revisions)[0]
    return {
      title: `#${execution.number}`,
      note: revision ? `${revision.id.slice(0, 7)} ${revision.summary.split('\n')[0] ?? ''}` : undefined,
      tone: execution.waits ? 'pend' : toneOf(execution.state),
      word: execution.waits ? 'Waiting' : wordOf(execution.state),
      facts: [
        ['Execution', execution.executionId],
        ['Started by', execution.trigger.triggerType],
        ...(execution.rollbackOf === undefined ? [] : [['Rolls back to', execution.rollbackOf] as const]),
      ],
    }
  },
  actions: (execution, world) => {
    const pipeline = pipelineOf(world, execution)
    if (!pipeline || execution.state !== 'InProgress') return []
    const stop = `aws codepipeline stop-pipeline-execution --pipeline-name ${pipeline.declaration.name} --region ${pipeline.region} --pipeline-execution-id ${execution.executionId}`
    return [
      { id: 'stop', label: 'Stop and wait', line: stop },
      { id: 'abandon', label: 'Stop and abandon', line: `${stop} --abandon`, sort: 'danger' },
    ]
  },
  marks: { Succeeded: 'deploy', Failed: 'alert' },
}

/** One run of an action, in its stage while it is the last there. */
export const actionFace: Face<ActionRun> = {
  label: 'Action',
  plural: 'Actions',
  pictogram: 'action',
  shape: 'chip',
  within: (run, world) => {
    const execution = world.get(run.owner) as Execution | undefined
    const pipeline = execution && pipelineOf(world, execution)
    if (!pipeline || runsOf(world, execution, run.stage).get(run.name)?.id !== run.id) return null
    const stage = world.get(stageId(pipeline, run.stage)) as Stage | undefined
    return stage?.latest === execution.id ? stage.id : null
  },
  look: (run) => ({
    title: run.name,
    note: run.declaration.actionTypeId.provider,
    tone: run.token !== undefined && run.state === 'InProgress' ? 'pend' : toneOf(run.state),
    word: run.token !== undefined && run.state === 'InProgress' ? 'Waits for approval' : wordOf(run.state),
    detail: run.error?.message,
    facts: [
      ['Provider', run.declaration.actionTypeId.provider],
      ...(run.summary === undefined ? [] : [['Summary', run.summary] as const]),
      ...Object.entries(run.configuration).map(([key, value]) => [key, value] as const),
    ],
  }),
  actions: (run, world) => {
    const execution = world.get(run.owner) as Execution | undefined
    const pipeline = execution && pipelineOf(world, execution)
    if (!pipeline || run.token === undefined || run.state !== 'InProgress') return []
    const answer = (status: string) =>
      `aws codepipeline put-approval-result --pipeline-name ${declarationOf(pipeline, execution).name} --stage-name ${run.stage} --action-name ${run.name} --region ${pipeline.region} --token ${run.token} --result summary="By hand",status=${status}`
    return [
      { id: 'approve', label: 'Approve', line: answer('Approved') },
      { id: 'reject', label: 'Reject', line: answer('Rejected'), sort: 'danger' },
    ]
  },
}
