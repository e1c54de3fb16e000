import { parse } from 'yaml'
import { projectProblem } from '../domains/aws/codebuild/index.ts'
import type * as codebuild from '../domains/aws/codebuild/types.generated.ts'
import { actionProblem, structureProblem } from '../domains/aws/codepipeline/index.ts'
import type * as codepipeline from '../domains/aws/codepipeline/types.generated.ts'
import { clientProblems } from '../domains/aws/core/cli/validate.ts'
import { services } from '../domains/aws/core/service.ts'
import type { Json, JsonObject } from '../kernel/index.ts'
import type { FileCheck } from './awsFiles.ts'

/** A pipeline's structure as CreatePipeline takes it. */
export const pipelineProblems: FileCheck = (_path, text) => {
  const { metadata: _metadata, ...read } = JSON.parse(text) as JsonObject
  const input = 'pipeline' in read ? read : { pipeline: read }
  const misshapen = shapeProblems('codepipeline', 'CreatePipelineInput', input)
  if (misshapen.length > 0) return misshapen
  const problem = structureProblem(input.pipeline as unknown as codepipeline.PipelineDeclaration)
  return problem ? [problem.error.message] : []
}

/** One stage or one action, as the API or as a template writes it. */
export const snippetProblems: FileCheck = (_path, text) => {
  const read = apiCased(parse(text, { logLevel: 'silent' }) as Json) as JsonObject
  const stage = Array.isArray(read['actions'])
  const misshapen = shapeProblems('codepipeline', stage ? 'StageDeclaration' : 'ActionDeclaration', read)
  if (misshapen.length > 0) return misshapen
  const actions = (stage ? read['actions'] : [read]) as unknown as readonly codepipeline.ActionDeclaration[]
  return actions.flatMap((action) => {
    const problem = actionProblem(action, String(read['name']))
    return problem ? [problem.error.message] : []
  })
}

/** A build project as CreateProject takes it. */
export const projectProblems: FileCheck = (_path, text) => {
  const input = JSON.parse(text) as JsonObject
  const misshapen = shapeProblems('codebuild', 'CreateProjectInput', input)
  if (misshapen.length > 0) return misshapen
  const problem = projectProblem(input as unknown as codebuild.CreateProjectInput)
  return problem ? [problem.error.message] : []
}

function shapeProblems(name: string, shape: string, input: JsonObject): readonly string[] {
  const service = services.get(name)
  return service ? clientProblems(service.api, shape, input) : []
}

/** Members of a template's spelling as the API's: `ActionTypeId` is `actionTypeId`, and texts may be written as numbers there. */
function apiCased(value: Json, key = ''): Json {
  if (Array.isArray(value)) return value.map((one: Json) => apiCased(one))
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value as JsonObject).map(([name, one]) => {
        const lower = key === 'configuration' ? name : `${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`
        return [lower, apiCased(one as Json, lower)]
      }),
    )
  return key === 'runOrder' || key === 'timeoutInMinutes' || value === null ? value : String(value)
}
