import { arnOf, type ResourceType, resourceOf } from '../core/index.ts'
import { PROJECT, type Project } from './build.ts'

/** CloudFormation resource types of CodeBuild. */
export const resources: readonly ResourceType[] = [
  resourceOf({
    type: 'AWS::CodeBuild::Project',
    service: 'codebuild',
    name: 'Name',
    required: ['Artifacts', 'Environment', 'ServiceRole', 'Source'],
    watches: [PROJECT],
    create: { operation: 'CreateProject', id: (_output, input) => String(input['Name']) },
    update: { operation: 'UpdateProject', input: (name, properties) => ({ ...properties, name }) },
    remove: { operation: 'DeleteProject', input: (name) => ({ name }) },
    entity: (name, world) => [...world.all(PROJECT)].find((one) => (one as Project).name === name),
    attributes: (entity, name) => ({ Arn: arnOf('codebuild', (entity as Project).region, `project/${name}`) }),
  }),
]
