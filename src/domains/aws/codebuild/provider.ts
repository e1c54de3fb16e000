import type { ActionProvider, PipelineAction } from '../core/index.ts'
import { BUILD, type Build, buildName, findProject } from './build.ts'
import { startBuild } from './starting.ts'
import type * as api from './types.generated.ts'

/** CodeBuild as a provider of build and test actions. Models: AWS CodePipeline User Guide, "AWS CodeBuild build and test action reference" */
function provider(category: 'Build' | 'Test'): ActionProvider {
  return {
    category,
    provider: 'CodeBuild',
    inputs: [1, 5],
    outputs: [0, 5],
    required: ['ProjectName'],
    watches: [BUILD],
    start: (action, world) => {
      const name = action.configuration['ProjectName'] ?? ''
      const project = findProject(world, action.region, name)
      if (!project)
        return { error: { code: 'JobFailed', message: `Error calling startBuild: Project cannot be found: ${name}` } }
      const { id, emit } = startBuild(world, project, {
        input: { environmentVariablesOverride: variables(action) },
        initiator: `codepipeline/${action.pipeline}`,
        given: action.inputs,
        wanted: action.outputs,
      })
      return { external: id, emit: emit.map((one) => ({ ...one, by: action.by })) }
    },
    state: (_action, external, world) => {
      const build = world.get(external) as Build | undefined
      if (build?.state === 'SUCCEEDED')
        return {
          succeeded: {
            artifacts: build.artifacts ?? [],
            variables: { CODEBUILD_BUILD_ID: buildName(build), ...build.exported },
            summary: `Build ${build.number} succeeded`,
          },
        }
      if (build && !['FAILED', 'STOPPED', 'TIMED_OUT'].includes(build.state)) return 'working'
      const failed = build?.phases.find(({ status }) => status === 'FAILED' || status === 'STOPPED')
      return {
        failed: {
          code: 'JobFailed',
          message: `Build terminated with state: ${build?.state ?? 'FAULT'}${failed ? `. Phase: ${failed.phase}, Code: ${failed.context?.statusCode ?? ''}, Message: ${failed.context?.message ?? ''}` : ''}`,
        },
      }
    },
    stop: (_action, external, world) =>
      world.get(external) ? [{ to: external, type: 'Stopped', data: { ended: world.now } }] : [],
  }
}

function variables(action: PipelineAction): readonly api.EnvironmentVariable[] {
  try {
    const given: unknown = JSON.parse(action.configuration['EnvironmentVariables'] ?? '[]')
    return Array.isArray(given) ? (given as readonly api.EnvironmentVariable[]) : []
  } catch {
    return []
  }
}

export const buildActions: readonly ActionProvider[] = [provider('Build'), provider('Test')]
