import type { JsonObject } from '../../../kernel/index.ts'
import { type ResourceType, resourceOf } from '../core/index.ts'
import { PIPELINE, type Pipeline } from './pipeline.ts'

const declared = (properties: JsonObject, name: string): object => {
  const {
    Tags: _tags,
    RestartExecutionOnUpdate: _restart,
    DisableInboundStageTransitions: _disabled,
    ...pipeline
  } = properties
  return { pipeline: { ...pipeline, Name: name } }
}

/** CloudFormation resource types of CodePipeline. */
export const resources: readonly ResourceType[] = [
  resourceOf({
    type: 'AWS::CodePipeline::Pipeline',
    service: 'codepipeline',
    name: 'Name',
    required: ['RoleArn', 'Stages'],
    watches: [PIPELINE],
    create: {
      operation: 'CreatePipeline',
      input: (properties) => ({
        ...declared(properties, String(properties['Name'])),
        ...(properties['Tags'] ? { tags: properties['Tags'] } : {}),
      }),
      id: (_output, input) => String(input['Name']),
    },
    update: { operation: 'UpdatePipeline', input: (name, properties) => declared(properties, name) },
    remove: { operation: 'DeletePipeline', input: (name) => ({ name }) },
    entity: (name, world) => [...world.all(PIPELINE)].find((one) => (one as Pipeline).declaration.name === name),
    attributes: (entity) => ({ Version: String((entity as Pipeline).declaration.version ?? 1) }),
  }),
]
