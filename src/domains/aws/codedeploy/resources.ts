import type { Json, JsonObject } from '../../../kernel/index.ts'
import { type ResourceType, resourceOf } from '../core/index.ts'
import { APPLICATION, type Application, CONFIG, GROUP } from './records.ts'

const tags = (properties: JsonObject): object => (properties['Tags'] ? { tags: properties['Tags'] } : {})

/** Names as lists of names: templates write `{ Name: x }` for applications' alarms and groups. */
function groupInput(properties: JsonObject, name: Json | undefined): object {
  return {
    ...properties,
    deploymentGroupName: name,
    ecsServices: properties['ECSServices'],
    ec2TagFilters: properties['Ec2TagFilters'],
    ...tags(properties),
  }
}

/** CloudFormation resource types of CodeDeploy. */
export const resources: readonly ResourceType[] = [
  resourceOf({
    type: 'AWS::CodeDeploy::Application',
    service: 'codedeploy',
    name: 'ApplicationName',
    replaces: ['ComputePlatform'],
    watches: [APPLICATION],
    create: { operation: 'CreateApplication', id: (_output, input) => String(input['ApplicationName']) },
    update: { operation: 'UpdateApplication', input: (applicationName) => ({ applicationName }) },
    remove: { operation: 'DeleteApplication', input: (applicationName) => ({ applicationName }) },
    entity: (name, world) => {
      for (const one of world.all(APPLICATION)) if ((one as Application).name === name) return one
      return undefined
    },
  }),
  resourceOf({
    type: 'AWS::CodeDeploy::DeploymentConfig',
    service: 'codedeploy',
    name: 'DeploymentConfigName',
    watches: [CONFIG],
    create: { operation: 'CreateDeploymentConfig', id: (_output, input) => String(input['DeploymentConfigName']) },
    remove: { operation: 'DeleteDeploymentConfig', input: (deploymentConfigName) => ({ deploymentConfigName }) },
    entity: (name, world) => [...world.all(CONFIG)].find(({ id }) => id.endsWith(`/${name}`)),
  }),
  resourceOf({
    type: 'AWS::CodeDeploy::DeploymentGroup',
    service: 'codedeploy',
    name: 'DeploymentGroupName',
    required: ['ApplicationName', 'ServiceRoleArn'],
    replaces: ['ApplicationName'],
    watches: [GROUP],
    create: {
      operation: 'CreateDeploymentGroup',
      input: (properties) => groupInput(properties, properties['DeploymentGroupName']),
      id: (_output, input) => String(input['DeploymentGroupName']),
    },
    update: {
      operation: 'UpdateDeploymentGroup',
      input: (currentDeploymentGroupName, properties) => ({
        ...groupInput(properties, undefined),
        currentDeploymentGroupName,
      }),
    },
    remove: {
      operation: 'DeleteDeploymentGroup',
      input: (deploymentGroupName, properties) => ({
        applicationName: properties['ApplicationName'],
        deploymentGroupName,
      }),
    },
    entity: (name, world) => [...world.all(GROUP)].find(({ id }) => id.endsWith(`/${name}`)),
  }),
]
