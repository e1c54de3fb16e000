import type { Emission, World } from '../../../kernel/index.ts'
import { type Artifact, type PipelineAction, uuid } from '../core/index.ts'
import { actionProvider } from './actionTypes.ts'
import { ACTION, type ActionRun, actionPrincipal, declarationOf, type Execution, type Pipeline } from './pipeline.ts'
import { orderOf } from './structure.ts'
import type * as api from './types.generated.ts'
import { resolveVariables } from './variables.ts'

/** Begins an action of the stage that an execution is in. */
export function startAction(
  world: World,
  pipeline: Pipeline,
  execution: Execution,
  stage: string,
  declaration: api.ActionDeclaration,
): readonly Emission[] {
  const id = `${ACTION}/${execution.id.slice(execution.id.indexOf('/') + 1)}/${stage}/${declaration.name}#${execution.attempt}`
  const { configuration, problem } = resolved(declaration, pipeline, execution)
  const approval = declaration.actionTypeId.category === 'Approval'
  const data = {
    owner: execution.id,
    runId: uuid(world, id),
    stage,
    name: declaration.name,
    attempt: execution.attempt,
    runOrder: orderOf(declaration),
    declaration,
    configuration,
    started: world.now,
    updated: world.now,
    ...(approval ? { token: uuid(world, id, 'token') } : {}),
  }
  const started: Emission = { to: id, kind: ACTION, type: 'Started', data, by: pipeline.id }
  if (approval) return [started]
  const failed = (code: string, message: string): readonly Emission[] => [
    started,
    { to: id, type: 'Failed', data: { error: { code, message }, updated: world.now }, by: pipeline.id },
  ]
  if (problem !== undefined) return failed('ConfigurationError', problem)
  const { category, provider } = declaration.actionTypeId
  const doer = actionProvider(category, provider)
  if (!doer) return failed('ActionTypeNotFound', `The lab has nobody who does ${category} actions of ${provider}.`)
  const answer = doer.start(actionOf(pipeline, execution, { ...data, id }), world)
  if ('error' in answer) return failed(answer.error.code, answer.error.message)
  return [started, ...answer.emit, { to: id, type: 'Begun', data: { external: answer.external }, by: pipeline.id }]
}

function resolved(
  declaration: api.ActionDeclaration,
  pipeline: Pipeline,
  execution: Execution,
): { readonly configuration: { readonly [key: string]: string }; readonly problem?: string } {
  const configuration: Record<string, string> = {}
  let problem: string | undefined
  for (const [key, text] of Object.entries(declaration.configuration ?? {})) {
    const value = resolveVariables(text, pipeline, execution)
    if ('error' in value) problem ??= value.error
    configuration[key] = 'text' in value ? value.text : text
  }
  const override = execution.overrides?.[declaration.name]
  if (override !== undefined) configuration['RevisionOverride'] = override
  return { configuration, ...(problem === undefined ? {} : { problem }) }
}

/** An action under way, as its provider is asked about it. */
export function actionOf(
  pipeline: Pipeline,
  execution: Execution,
  run: Pick<ActionRun, 'id' | 'stage' | 'name' | 'declaration' | 'configuration'>,
): PipelineAction {
  const { declaration } = run
  const inputs = (declaration.inputArtifacts ?? []).flatMap(({ name }): readonly Artifact[] => {
    const artifact = execution.artifacts[name]
    return artifact ? [artifact] : []
  })
  const primary = run.configuration['PrimarySource']
  return {
    pipeline: pipeline.declaration.name,
    execution: execution.executionId,
    stage: run.stage,
    name: run.name,
    region: declaration.region ?? pipeline.region,
    principal: actionPrincipal(declarationOf(pipeline, execution), declaration),
    configuration: run.configuration,
    inputs: [...inputs.filter(({ name }) => name === primary), ...inputs.filter(({ name }) => name !== primary)],
    outputs: (declaration.outputArtifacts ?? []).map(({ name }) => name),
    by: run.id,
  }
}
