import { defineRule } from '../../../kernel/index.ts'
import { type MinimumHealthyHosts, minimumOf } from './minimumHealthy.rule.ts'

/**
 * Whether a deployment to instances has succeeded, once none is left to be tried.
 * Models: AWS CodeDeploy User Guide, "Predefined deployment configurations for an EC2/on-premises compute platform"
 */
export const codedeployEc2Outcome = defineRule({
  id: 'codedeploy.ec2Outcome',
  says: 'All at once needs one success, half at a time half of them, one at a time all but the last.',
  source: 'AWS CodeDeploy User Guide, deployment-configurations',
  decide: (question: {
    readonly instances: number
    /** A predefined name, or the minimum of an own configuration. */
    readonly config: string | MinimumHealthyHosts
    readonly instancesSucceeded: number
  }) => ({
    status: question.instancesSucceeded >= needed(question.instances, question.config) ? 'Succeeded' : 'Failed',
  }),
})

function needed(instances: number, config: string | MinimumHealthyHosts): number {
  const minimum = typeof config === 'string' ? (PREDEFINED[config] ?? ONE_AT_A_TIME) : config
  return Math.max(1, Math.min(instances - 1, minimumOf(instances, minimum)))
}

const ONE_AT_A_TIME: MinimumHealthyHosts = { type: 'FLEET_PERCENT', value: 99 }

/** What the predefined configurations for instances stand for. */
export const PREDEFINED: { readonly [name: string]: MinimumHealthyHosts } = {
  'CodeDeployDefault.AllAtOnce': { type: 'HOST_COUNT', value: 0 },
  'CodeDeployDefault.HalfAtATime': { type: 'FLEET_PERCENT', value: 50 },
  'CodeDeployDefault.OneAtATime': ONE_AT_A_TIME,
}
