import type { Answer, Controller, World } from '../../../kernel/index.ts'
import { actionProvider, providerKinds } from './actionTypes.ts'
import { moveEmissions } from './moves.ts'
import {
  ACTION,
  type ActionRun,
  declarationOf,
  EXECUTION,
  type Execution,
  type Pipeline,
  pipelineOf,
  runsOf,
} from './pipeline.ts'
import { actionOf, startAction } from './running.ts'
import { runsByExternal } from './runsByExternal.ts'
import { lastGood, startExecution } from './starting.ts'
import { orderOf } from './structure.ts'
import type * as api from './types.generated.ts'

/**
 * Brings executions through their stages: starts actions in their run order, hears how they fare, and lets executions move on.
 * Models: AWS CodePipeline User Guide, "How pipeline executions work"
 */
export const pipelineController: Controller = {
  name: 'codepipeline',
  get watches() {
    return {
      [EXECUTION]: ['Entered', 'Retried', 'StopRequested', 'Failed'],
      [ACTION]: ['Begun', 'Succeeded', 'Failed', 'Abandoned', 'after.timeout'],
      ...Object.fromEntries(providerKinds().map((kind) => [kind, '*' as const])),
    }
  },
  wakes(event, world) {
    if (event.kind === EXECUTION) return event.to
    if (event.kind === ACTION) return event.type === 'Begun' ? event.to : world.get(event.to)?.owner
    const runs = world.lookup(runsByExternal, event.to)
    return runs.length === 0 ? undefined : runs.map(({ id }) => id)
  },
  delay: (id) => (id.startsWith(EXECUTION) ? 1000 : 0),
  reconcile(id, world) {
    const entity = world.get(id)
    if (entity?.kind === ACTION) return hear(entity as ActionRun, world)
    if (entity?.kind !== EXECUTION) return undefined
    const execution = entity as Execution
    const pipeline = pipelineOf(world, execution)
    if (!pipeline) return undefined
    return execution.state === 'Failed' ? afterFailure(pipeline, execution, world) : proceed(pipeline, execution, world)
  },
}

/** Asks the provider how a running action fares. */
function hear(run: ActionRun, world: World): readonly Answer[] | undefined {
  if (run.state !== 'InProgress' || run.external === undefined) return undefined
  const execution = world.get(run.owner) as Execution | undefined
  const pipeline = execution && pipelineOf(world, execution)
  const { category, provider } = run.declaration.actionTypeId
  const doer = actionProvider(category, provider)
  if (!pipeline || !doer) return undefined
  const state = doer.state(actionOf(pipeline, execution, run), run.external, world)
  if (state === 'working') return undefined
  if ('failed' in state)
    return [{ to: run.id, type: 'Failed', data: { error: state.failed, updated: world.now }, by: run.external }]
  const { artifacts = [], variables, revision, summary } = state.succeeded
  const { namespace } = run.declaration
  return [
    {
      to: execution.id,
      type: 'RanAction',
      by: pipeline.id,
      data: {
        updated: world.now,
        artifacts: { ...execution.artifacts, ...Object.fromEntries(artifacts.map((one) => [one.name, one])) },
        ...(revision ? { revisions: { ...execution.revisions, [run.name]: revision } } : {}),
        ...(namespace !== undefined && variables ? { outputs: { ...execution.outputs, [namespace]: variables } } : {}),
      },
    },
    { to: run.id, type: 'Succeeded', by: run.external, data: { summary, variables, updated: world.now } },
  ]
}

/** Does what is next in the stage that an execution is in. */
function proceed(pipeline: Pipeline, execution: Execution, world: World): readonly Answer[] | undefined {
  const { stage: name, state } = execution
  if ((state !== 'InProgress' && state !== 'Stopping') || name === undefined || execution.waits) return undefined
  const stage = declarationOf(pipeline, execution).stages.find((one) => one.name === name)
  if (!stage) return undefined
  const runs = runsOf(world, execution, name)
  const isOpen = (action: api.ActionDeclaration) => {
    const run = runs.get(action.name)
    return !run || (run.attempt < execution.attempt && (run.state === 'Failed' || run.state === 'Abandoned'))
  }
  for (const order of [...new Set(stage.actions.map(orderOf))].sort((a, b) => a - b)) {
    const together = stage.actions.filter((action) => orderOf(action) === order)
    const stateOf = (action: api.ActionDeclaration) => (isOpen(action) ? undefined : runs.get(action.name)?.state)
    if (together.some((action) => stateOf(action) === 'InProgress')) return undefined
    if (state === 'Stopping') return moveEmissions(world, pipeline, { type: 'succeed', id: execution.executionId })
    if (together.some((action) => stateOf(action) === 'Failed'))
      return moveEmissions(world, pipeline, { type: 'fail', id: execution.executionId })
    const open = together.filter(isOpen)
    if (open.length > 0) return open.flatMap((action) => startAction(world, pipeline, execution, name, action))
  }
  return moveEmissions(world, pipeline, { type: 'succeed', id: execution.executionId })
}

/** What is declared for a stage that has failed: once more, or back to what was there before. */
function afterFailure(pipeline: Pipeline, execution: Execution, world: World): readonly Answer[] | undefined {
  const name = execution.stage
  const onFailure = declarationOf(pipeline, execution).stages.find((one) => one.name === name)?.onFailure
  const id = execution.executionId
  if (name === undefined || !onFailure) return undefined
  if (onFailure.result === 'RETRY' && !execution.retried) {
    const all = onFailure.retryConfiguration?.retryMode === 'ALL_ACTIONS'
    const base = all ? { base: execution.attempt + 1 } : {}
    return moveEmissions(world, pipeline, { type: 'retry', id }, { retried: true, ...base })
  }
  if (onFailure.result !== 'ROLLBACK' || execution.rollbackOf !== undefined) return undefined
  const good = lastGood(world, pipeline, execution, name)
  if (!good)
    return [
      {
        decline: 'No earlier execution has gone through the stage: there is nothing to roll back to.',
        to: execution.id,
      },
    ]
  const trigger = { triggerType: 'AutomatedRollback', triggerDetail: id }
  return startExecution(world, pipeline, { trigger, rollback: { of: good, stage: name } }).emit
}
