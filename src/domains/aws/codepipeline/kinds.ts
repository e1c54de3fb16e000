import { defineKind, type Fields, type SimEvent } from '../../../kernel/index.ts'
import { actionLifecycle } from './action.lifecycle.ts'
import { executionLifecycle } from './execution.lifecycle.ts'
import { actionFace, executionFace, pipelineFace, stageFace } from './faces.ts'
import { pipelineLifecycle } from './pipeline.lifecycle.ts'
import {
  ACTION,
  type ActionRun,
  EXECUTION,
  type Execution,
  PIPELINE,
  type Pipeline,
  STAGE,
  type Stage,
} from './pipeline.ts'
import { stageLifecycle } from './stage.lifecycle.ts'

const data = (_entity: unknown, event: SimEvent): Fields => (event.data ?? {}) as Fields
const named = (event: SimEvent) => event.to.slice(event.to.lastIndexOf('/') + 1)
const short = (execution: Execution | undefined) => (execution ? `execution ${execution.number}` : 'an execution')

export const pipelineKind = defineKind<Pipeline>({
  kind: PIPELINE,
  lifecycle: pipelineLifecycle,
  apply: {
    Updated: data,
    Tagged: data,
    TransitionDisabled: data,
    TransitionEnabled: data,
    Advanced: (pipeline, event) => {
      const { track } = event.data as Pick<Pipeline, 'track'>
      const started = (event.inputs as { event?: { type?: string } } | undefined)?.event?.type === 'start'
      return { track, count: pipeline.count + (started ? 1 : 0) }
    },
  },
  face: pipelineFace,
  tell: {
    Created: (event) => `The pipeline [${named(event)}](${event.to}) is created.`,
    Updated: (event, pipeline) =>
      `The structure of [${named(event)}](${event.to}) is version ${pipeline?.declaration.version} now.`,
    TransitionDisabled: (event) =>
      `A transition of [${named(event)}](${event.to}) is disabled: nothing may enter that stage.`,
    TransitionEnabled: (event) => `A transition of [${named(event)}](${event.to}) is enabled again.`,
  },
})

export const stageKind = defineKind<Stage>({
  kind: STAGE,
  lifecycle: stageLifecycle,
  apply: { Entered: data, Changed: data },
  face: stageFace,
  tell: {
    Failed: (event) => `The stage [${named(event)}](${event.to}) fails, and is unlocked.`,
    Succeeded: (event) => `All actions of the stage [${named(event)}](${event.to}) have succeeded.`,
  },
})

export const executionKind = defineKind<Execution>({
  kind: EXECUTION,
  lifecycle: executionLifecycle,
  apply: {
    Entered: (execution, event) => {
      const { stage, attempt } = event.data as Pick<Execution, 'stage' | 'attempt'>
      return { stage, attempt, base: attempt, waits: false, retried: false, updated: execution.updated }
    },
    Waits: (_execution, event) => ({ ...(event.data as Fields), waits: true }),
    Retried: data,
    RanAction: data,
    StopRequested: data,
    Stopped: data,
    Failed: data,
  },
  face: executionFace,
  tell: {
    Started: (event) => {
      const { trigger, number } = event.data as Execution
      return `Execution ${number} of the pipeline starts: \`${trigger.triggerType}\` ${trigger.triggerDetail ?? ''}.`
    },
    Entered: (event, execution) =>
      `[${short(execution)}](${event.to}) enters ${(event.data as { stage: string }).stage}.`,
    Waits: (event, execution) =>
      `[${short(execution)}](${event.to}) waits in front of ${(event.data as { stage: string }).stage}.`,
    Superseded: (event, execution) => `A newer one supersedes [${short(execution)}](${event.to}).`,
    Failed: (event, execution) => `[${short(execution)}](${event.to}) fails in ${execution?.stage}.`,
    Succeeded: (event, execution) => `[${short(execution)}](${event.to}) has gone through every stage.`,
    Stopped: (event, execution) => `[${short(execution)}](${event.to}) is stopped.`,
    Retried: (event, execution) => `The failed stage of [${short(execution)}](${event.to}) is tried again.`,
  },
})

/** Minutes that an action may take by default: seven days for an approval, an hour for others. */
const MINUTES: { readonly [category: string]: number } = { Approval: 10_080, Build: 480, Test: 480, Deploy: 7200 }

export const actionKind = defineKind<ActionRun>({
  kind: ACTION,
  lifecycle: actionLifecycle,
  delays: {
    timeout: ({ declaration }) =>
      (declaration.timeoutInMinutes ?? MINUTES[declaration.actionTypeId.category] ?? 60) * 60_000,
  },
  apply: {
    Begun: data,
    Succeeded: data,
    Failed: data,
    Abandoned: data,
    'after.timeout': (run) => ({
      error: { code: 'JobTimeout', message: `The action ${run.name} has exceeded its timeout.` },
    }),
  },
  face: actionFace,
  tell: {
    Started: (event) => {
      const { declaration } = event.data as ActionRun
      return `The action [${declaration.name}](${event.to}) begins: ${declaration.actionTypeId.provider}.`
    },
    Succeeded: (event, run) => `The action [${run?.name}](${event.to}) has succeeded.`,
    Failed: (event, run) => `The action [${run?.name}](${event.to}) fails: \`${run?.error?.message ?? ''}\``,
  },
})
