import { defineRule } from '../../../kernel/index.ts'

export interface MinimumHealthyHosts {
  readonly type: 'HOST_COUNT' | 'FLEET_PERCENT'
  readonly value: number
}

/**
 * How many instances a deployment may work on at once.
 * Models: AWS CodeDeploy User Guide, "Minimum healthy instances"
 */
export const codedeployMinimumHealthy = defineRule({
  id: 'codedeploy.minimumHealthy',
  says: 'As many at once as may be missing from the minimum, which is rounded up; with none to spare the deployment fails at once.',
  source: 'AWS CodeDeploy User Guide, instances-health, deployment-configurations',
  decide: ({
    instances,
    minimumHealthyHosts,
  }: {
    readonly instances: number
    readonly minimumHealthyHosts: MinimumHealthyHosts
  }) => {
    const minHealthy = minimumOf(instances, minimumHealthyHosts)
    const maxConcurrent = Math.max(0, instances - minHealthy)
    return { minHealthy, maxConcurrent, failsImmediately: maxConcurrent === 0 }
  },
})

/** Instances that must stay healthy; a percentage is rounded up. */
export function minimumOf(instances: number, { type, value }: MinimumHealthyHosts): number {
  return type === 'HOST_COUNT' ? value : Math.ceil((instances * value) / 100)
}
