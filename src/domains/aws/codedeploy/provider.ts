import type { Emission, JsonObject, World } from '../../../kernel/index.ts'
import {
  type ActionProvider,
  type ActionStart,
  type ActionState,
  callService,
  type PipelineAction,
} from '../core/index.ts'
import { type Bundle, DEPLOYMENT, type Deployment, deploymentId, isOver } from './records.ts'
import { groupOr, isRefused } from './refusals.ts'
import { startDeployment } from './starting.ts'
import type * as api from './types.generated.ts'

function failed(message: string, code = 'JobFailed'): ActionStart {
  return { error: { code, message } }
}

/** Asks CodeDeploy as the action's role, with a bundle that needs no S3. */
function deploy(
  action: PipelineAction,
  world: World,
  revision: api.RevisionLocation,
  files?: Bundle,
  before: readonly Emission[] = [],
): ActionStart {
  const { ApplicationName: applicationName = '', DeploymentGroupName: deploymentGroupName = '' } = action.configuration
  const found = groupOr(world, action.region, applicationName, deploymentGroupName)
  if (isRefused(found))
    return failed(
      `${found.error.message} (Service: AmazonCodeDeploy; Status Code: 400; Error Code: ${found.error.code})`,
    )
  const input = {
    applicationName,
    deploymentGroupName,
    revision,
    description: `Deployed by CodePipeline ${action.pipeline}`,
  }
  const asked = callService({
    world,
    service: 'codedeploy',
    operation: 'CreateDeployment',
    input: input as unknown as JsonObject,
    principal: action.principal,
    region: action.region,
  })
  if ('error' in asked)
    return failed(
      `${asked.error.message} (Service: AmazonCodeDeploy; Status Code: 400; Error Code: ${asked.error.code})`,
    )
  const { id, emit } = startDeployment(world, found.application, found.group, {
    input,
    revision,
    creator: 'user',
    ...(files ? { files } : {}),
  })
  return {
    external: deploymentId(action.region, id),
    emit: [...before, ...emit].map((one) => ({ by: action.by, ...one })),
  }
}

function state(_action: PipelineAction, external: string, world: World): ActionState {
  const deployment = world.get(external) as Deployment | undefined
  if (deployment && !isOver(deployment)) return 'working'
  if (deployment?.state === 'Succeeded')
    return { succeeded: { summary: `Deployment Succeeded`, variables: { DeploymentId: deployment.deploymentId } } }
  return {
    failed: {
      code: 'JobFailed',
      message:
        `Deployment ${deployment?.deploymentId ?? ''} ${deployment?.state === 'Stopped' ? 'was stopped' : 'failed'}. ${deployment?.error?.message ?? ''}`.trim(),
    },
  }
}

const common = { category: 'Deploy' as const, outputs: [0, 0] as const, watches: [DEPLOYMENT], state, stop }

function stop(_action: PipelineAction, external: string, world: World): readonly Emission[] {
  const deployment = world.get(external) as Deployment | undefined
  if (!deployment || isOver(deployment)) return []
  return [
    {
      to: external,
      type: 'Stopped',
      data: { error: { code: 'MANUAL_STOP', message: 'The deployment was stopped by a user.' } },
    },
  ]
}

/**
 * CodeDeploy to instances.
 * Models: AWS CodePipeline User Guide, "AWS CodeDeploy deploy action reference"
 */
const toInstances: ActionProvider = {
  ...common,
  provider: 'CodeDeploy',
  inputs: [1, 1],
  required: ['ApplicationName', 'DeploymentGroupName'],
  start: (action, world) => {
    const [artifact] = action.inputs
    if (!artifact) return failed('The action has no input artifact.')
    const key = `${action.pipeline}/${artifact.name}/${action.execution.slice(0, 7)}`
    const revision = {
      revisionType: 'S3',
      s3Location: { bucket: `codepipeline-${action.region}`, key, bundleType: 'zip' },
    }
    return deploy(action, world, revision, artifact.files)
  },
}

/**
 * CodeDeploy to ECS: a task definition is registered with the built images, and deployed by the AppSpec.
 * Models: AWS CodePipeline User Guide, "Amazon ECS and CodeDeploy blue-green deploy action reference"
 */
const toEcs: ActionProvider = {
  ...common,
  provider: 'CodeDeployToECS',
  inputs: [1, 5],
  required: ['ApplicationName', 'DeploymentGroupName', 'TaskDefinitionTemplateArtifact', 'AppSpecTemplateArtifact'],
  start: startEcs,
}

function startEcs(action: PipelineAction, world: World): ActionStart {
  const { configuration } = action
  const file = (artifact: string | undefined, path: string) => {
    const found = action.inputs.find(({ name }) => name === artifact)
    const text = found?.files[path]
    return text === undefined
      ? {
          problem: `Exception while trying to read the task definition artifact file from: ${artifact ?? ''} (${path} was not found)`,
        }
      : { text }
  }
  const template = file(
    configuration['TaskDefinitionTemplateArtifact'],
    configuration['TaskDefinitionTemplatePath'] ?? 'taskdef.json',
  )
  if ('problem' in template) return failed(template.problem, 'ConfigurationError')
  const appSpec = file(configuration['AppSpecTemplateArtifact'], configuration['AppSpecTemplatePath'] ?? 'appspec.yaml')
  if ('problem' in appSpec) return failed(appSpec.problem.replace('task definition', 'appspec'), 'ConfigurationError')
  let text = template.text
  for (const number of [1, 2, 3, 4]) {
    const artifact = configuration[`Image${number}ArtifactName`]
    if (artifact === undefined) continue
    const name = configuration[`Image${number}ContainerName`] ?? ''
    const uri = imageOf(action.inputs.find((one) => one.name === artifact)?.files ?? {})
    if (uri === undefined)
      return failed(
        `Exception while trying to read the image artifact file from: ${artifact} (imageDetail.json)`,
        'ConfigurationError',
      )
    text = text.replaceAll(`<${name}>`, uri)
  }
  let definition: JsonObject
  try {
    definition = JSON.parse(text) as JsonObject
  } catch {
    return failed(
      `Exception while trying to read the task definition artifact file from: ${configuration['TaskDefinitionTemplateArtifact'] ?? ''}`,
      'ConfigurationError',
    )
  }
  const answer = callService({
    world,
    service: 'ecs',
    operation: 'RegisterTaskDefinition',
    input: definition,
    principal: action.principal,
    region: action.region,
  })
  if ('error' in answer)
    return failed(`${answer.error.message} (Service: AmazonECS; Status Code: 400; Error Code: ${answer.error.code})`)
  const { taskDefinition } = answer.output as { readonly taskDefinition: { readonly taskDefinitionArn: string } }
  const content = appSpec.text.replaceAll('<TASK_DEFINITION>', taskDefinition.taskDefinitionArn)
  return deploy(
    action,
    world,
    { revisionType: 'AppSpecContent', appSpecContent: { content } },
    undefined,
    answer.emit ?? [],
  )
}

/** The image that a build, or ECR, has given. */
function imageOf(files: Bundle): string | undefined {
  try {
    const { ImageURI: uri } = JSON.parse(files['imageDetail.json'] ?? '{}') as { readonly ImageURI?: string }
    return uri
  } catch {
    return undefined
  }
}

export const codedeployActions: readonly ActionProvider[] = [toInstances, toEcs]
