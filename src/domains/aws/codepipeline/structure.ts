import { refuse } from '../core/index.ts'
import { actionProvider, actionType } from './actionTypes.ts'
import { codepipelineModeValid } from './modeValid.rule.ts'
import type * as api from './types.generated.ts'

type Refused = ReturnType<typeof refuse>

/** Why a pipeline cannot have this structure, in CodePipeline's words; undefined when it can. Models: CreatePipeline's errors. */
export function structureProblem(pipeline: api.PipelineDeclaration): Refused | undefined {
  if (!/^[A-Za-z0-9.@\-_]{1,100}$/.test(pipeline.name))
    return refuse(
      'ValidationException',
      `1 validation error detected: Value '${pipeline.name}' at 'pipeline.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9.@\\-_]+`,
    )
  return storesProblem(pipeline) ?? modeProblem(pipeline) ?? stagesProblem(pipeline) ?? artifactsProblem(pipeline)
}

function storesProblem(pipeline: api.PipelineDeclaration): Refused | undefined {
  const stores = Object.keys(pipeline.artifactStores ?? {}).length
  if (pipeline.artifactStore && stores > 0)
    return invalid('Pipeline should have either artifactStore or artifactStores, but not both')
  return pipeline.artifactStore || stores > 0
    ? undefined
    : invalid('Pipeline should have either artifactStore or artifactStores')
}

function modeProblem(pipeline: api.PipelineDeclaration): Refused | undefined {
  const pipelineType = pipeline.pipelineType ?? 'V1'
  const executionMode = pipeline.executionMode ?? 'SUPERSEDED'
  const rollback = pipeline.stages.some((stage) => stage.onFailure?.result === 'ROLLBACK')
  if (!codepipelineModeValid.decide({ pipelineType, executionMode }).valid)
    return invalid(`Execution mode ${executionMode} is not supported for pipelines of type ${pipelineType}`)
  const verdict = codepipelineModeValid.decide({
    pipelineType,
    executionMode,
    ...(rollback ? { feature: 'stageRollback' } : {}),
  })
  return verdict.valid
    ? undefined
    : invalid(`Stage rollback is not supported for pipelines of type ${pipelineType} in ${executionMode} mode`)
}

function stagesProblem({ stages }: api.PipelineDeclaration): Refused | undefined {
  if (stages.length < 2) return invalid(`Pipeline has ${stages.length} stage(s). It should have at least 2 stages`)
  const names = stages.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) return invalidStage(`Stage names must be unique in a pipeline. Duplicate name: ${twice}`)
  for (const [place, stage] of stages.entries()) {
    if (stage.actions.length === 0) return invalidStage(`Stage ${stage.name} has no actions`)
    const actions = stage.actions.map(({ name }) => name)
    const again = actions.find((name, i) => actions.indexOf(name) !== i)
    if (again !== undefined)
      return invalidAction(`Action names must be unique in a stage. Duplicate name: ${again} in stage ${stage.name}`)
    for (const action of stage.actions) {
      const source = action.actionTypeId.category === 'Source'
      if (place === 0 && !source)
        return invalidStage(`Pipeline should start with a stage that only contains source actions`)
      if (place > 0 && source)
        return invalidStage(
          `Source action ${action.name} is in stage ${stage.name}; source actions can only be in the first stage`,
        )
      const problem = actionProblem(action, stage.name)
      if (problem) return problem
    }
  }
  return undefined
}

/** Why an action cannot be declared like that; undefined when it can. */
export function actionProblem(action: api.ActionDeclaration, stage: string): Refused | undefined {
  const { category, owner, provider, version } = action.actionTypeId
  const type = actionType(category, provider)
  if (!type && owner !== 'Custom')
    return invalidAction(
      `ActionType (Category: '${category}', Provider: '${provider}', Owner: '${owner}', Version: '${version}') in action '${action.name}' is not available in region`,
    )
  if (action.runOrder !== undefined && (action.runOrder < 1 || action.runOrder > 999))
    return invalidAction(`runOrder of action ${action.name} in stage ${stage} must be between 1 and 999`)
  if (action.timeoutInMinutes !== undefined && category !== 'Approval')
    return invalidAction(`timeoutInMinutes is only supported for Manual approval actions: ${action.name}`)
  const counts = [
    ['input', type?.inputs, action.inputArtifacts?.length ?? 0],
    ['output', type?.outputs, action.outputArtifacts?.length ?? 0],
  ] as const
  for (const [what, range, count] of counts)
    if (range && (count < range[0] || count > range[1]))
      return invalidAction(
        `Action ${action.name} has ${count} ${what} artifacts, which is not in the range [${range[0]},${range[1]}]`,
      )
  const missing = actionProvider(category, provider)?.required.find((key) => action.configuration?.[key] === undefined)
  return missing === undefined
    ? undefined
    : invalidAction(`Action configuration for action '${action.name}' is missing required configuration '${missing}'`)
}

/** Every input must be some earlier action's output, and no two actions may give one name. */
function artifactsProblem({ stages }: api.PipelineDeclaration): Refused | undefined {
  const given = new Set<string>()
  for (const stage of stages) {
    const orders = [...new Set(stage.actions.map(orderOf))].sort((a, b) => a - b)
    for (const order of orders) {
      const together = stage.actions.filter((action) => orderOf(action) === order)
      for (const action of together)
        for (const { name } of action.inputArtifacts ?? [])
          if (!given.has(name))
            return invalid(
              `Input Artifact Bundle ${name} in action ${action.name} is not an Output Artifact of any previous action`,
            )
      for (const action of together)
        for (const { name } of action.outputArtifacts ?? []) {
          if (given.has(name))
            return invalid(
              `Output Artifact Bundle name must be unique within the pipeline. ${name} has been used more than once`,
            )
          given.add(name)
        }
    }
  }
  return undefined
}

/** Actions of one run order run side by side. */
export function orderOf(action: api.ActionDeclaration): number {
  return action.runOrder ?? 1
}

function invalid(message: string): Refused {
  return refuse('InvalidStructureException', message)
}

function invalidStage(message: string): Refused {
  return refuse('InvalidStageDeclarationException', message)
}

function invalidAction(message: string): Refused {
  return refuse('InvalidActionDeclarationException', message)
}
