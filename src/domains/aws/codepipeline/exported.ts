import { type JsonObject, STEP } from '../../../kernel/index.ts'
import { capitals, type ExportedResource, lean, refer, type ServiceExporter } from '../core/index.ts'
import { PIPELINE, type Pipeline } from './pipeline.ts'

const MAPS: ReadonlySet<string> = new Set(['configuration'])
/** What an action's configuration names, by key. */
const NAMES: { readonly [key: string]: string } = {
  ProjectName: 'AWS::CodeBuild::Project',
  ClusterName: 'AWS::ECS::Cluster',
  ApplicationName: 'AWS::CodeDeploy::Application',
  DeploymentGroupName: 'AWS::CodeDeploy::DeploymentGroup',
}

/** Pipelines, also as the input of `create-pipeline`. */
export const exported: ServiceExporter = (region, world) => {
  const pipelines = ([...world.all(PIPELINE)] as Pipeline[])
    .filter((one) => one.region === region)
    .sort((a, b) => (a.declaration.name < b.declaration.name ? -1 : 1))
  return {
    resources: pipelines.map(({ declaration }) => pipelineOf(declaration as unknown as Declaration)),
    steps: [...new Set(pipelines.flatMap(({ declaration }) => declaration.artifactStore?.location ?? []))].map(
      (bucket) => ({
        order: STEP.machines,
        says: 'The bucket that artifacts are passed on in: its name must be your own',
        lines: [`aws s3 mb s3://${bucket} --region ${region}`],
        lab: false,
      }),
    ),
    files: pipelines.map(({ declaration }) => {
      const { version: _version, ...pipeline } = declaration
      return {
        path: `aws/pipelines/${declaration.name}.json`,
        text: `${JSON.stringify({ pipeline: arranged(pipeline) }, undefined, 2)}\n`,
      }
    }),
  }
}

interface Declaration {
  readonly name: string
  readonly stages: readonly { readonly actions: readonly { readonly configuration?: JsonObject }[] }[]
  readonly [key: string]: unknown
}

function pipelineOf({ name, version: _version, stages, ...rest }: Declaration): ExportedResource {
  return {
    type: 'AWS::CodePipeline::Pipeline',
    name,
    physicalId: name,
    runs: true,
    after: stages.flatMap(({ actions }) => actions.flatMap(({ configuration = {} }) => servicesIn(configuration))),
    properties: lean({
      Name: name,
      ...(capitals(rest) as JsonObject),
      Stages: stages.map(({ actions, ...stage }) => ({
        ...(capitals(stage) as JsonObject),
        Actions: actions.map(
          ({ configuration, ...action }) =>
            ({
              ...(capitals(leanAction(action), MAPS) as JsonObject),
              ...(configuration ? { Configuration: named(configuration) } : {}),
            }) as JsonObject,
        ),
      })),
    }),
  }
}

const ORDER = ['name', 'actionTypeId', 'runOrder', 'namespace', 'configuration', 'inputArtifacts', 'outputArtifacts']

/** Actions' members in one order, whoever wrote the pipeline. */
function arranged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(arranged)
  if (typeof value !== 'object' || value === null) return value
  const place = (key: string) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, one]) => !(/^(input|output)Artifacts$/.test(key) && Array.isArray(one) && one.length === 0))
      .sort(([a], [b]) => place(a) - place(b))
      .map(([key, one]) => [key, key === 'configuration' ? one : arranged(one)]),
  )
}

function leanAction(action: object): JsonObject {
  return lean(action as JsonObject)
}

function named(configuration: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(configuration).map(([key, value]) => [
      key,
      NAMES[key] !== undefined && typeof value === 'string' ? refer(NAMES[key], value) : value,
    ]),
  ) as JsonObject
}

/** The service that a deployment to ECS updates must be there before the pipeline runs. */
function servicesIn({ ClusterName, ServiceName }: JsonObject): readonly (readonly [string, string])[] {
  if (typeof ClusterName !== 'string' || typeof ServiceName !== 'string') return []
  return [['AWS::ECS::Service', `arn:aws:ecs:us-east-1:123456789012:service/${ClusterName}/${ServiceName}`]]
}
