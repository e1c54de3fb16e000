import { defineService } from '../core/index.ts'
import './agent.ts'
import { api } from './api.generated.ts'
import { applicationOperations } from './applicationOperations.ts'
import { parseAppSpec } from './appSpec.ts'
import { cliArguments, commands } from './commands.ts'
import { deploymentOperations } from './deploymentOperations.ts'
import { deploymentsController } from './deployments.controller.ts'
import { exported } from './exported.ts'
import { kinds } from './kinds.ts'
import { codedeployActions } from './provider.ts'
import { applicationArn, busyDeployments, DEPLOYMENT, type Deployment, groupArn } from './records.ts'
import { resources } from './resources.ts'

export { type AppSpec, parseAppSpec } from './appSpec.ts'

const WORDS: { readonly [type: string]: string } = {
  Began: 'START',
  Succeeded: 'SUCCESS',
  Failed: 'FAILURE',
  Stopped: 'STOP',
  BecameReady: 'READY',
  'after.ready': 'STOP',
}

/** AWS CodeDeploy: revisions to instances, ECS services and Lambda aliases. */
export const codedeploy = defineService({
  name: 'codedeploy',
  cli: 'deploy',
  api,
  operations: [...applicationOperations, ...deploymentOperations],
  kinds,
  controllers: [deploymentsController],
  derived: [busyDeployments] as never,
  actions: codedeployActions,
  exports: exported,
  resources,
  commands,
  cliArguments,
  lint: (path, text) => {
    if (!/(^|\/)appspec[\w.-]*\.(ya?ml|json)$/.test(path)) return []
    const parsed = parseAppSpec(text)
    return 'error' in parsed ? [{ line: 1, column: 1, message: parsed.error }] : []
  },
  announces: {
    [DEPLOYMENT]: Object.fromEntries(
      Object.entries(WORDS).map(([type, state]) => [
        type,
        (event, world) => {
          const deployment = world.get(event.to) as Deployment | undefined
          if (!deployment) return undefined
          const { region, application, group } = deployment
          return {
            source: 'aws.codedeploy',
            detailType: 'CodeDeploy Deployment State-change Notification',
            resources: [applicationArn(region, application), groupArn(region, application, group)],
            detail: {
              region,
              deploymentId: deployment.deploymentId,
              instanceGroupId: deployment.owner,
              application,
              deploymentGroup: group,
              state,
            },
          }
        },
      ]),
    ),
  },
})
