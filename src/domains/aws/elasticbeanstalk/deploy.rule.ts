import { defineRule } from '../../../kernel/index.ts'

/** How a new version gets onto an environment's instances. */
export interface DeployQuestion {
  readonly policy: 'AllAtOnce' | 'Rolling' | 'RollingWithAdditionalBatch' | 'Immutable' | 'TrafficSplitting'
  readonly instances: number
  readonly batch?: { readonly type: 'Fixed' | 'Percentage'; readonly value: number }
  readonly trafficSplitPercent?: number
}

/** What a deployment comes to: instances in service while it goes on, and how many there are at most. */
export interface DeployVerdict {
  readonly inServiceDuringSteps?: readonly number[]
  readonly instanceCountAtSteps?: readonly number[]
  readonly minInService: number
  readonly maxInstances: number
  readonly finalInService: number
  readonly newInstances: number
  readonly newVersionPercentDuringEvaluation?: number
  readonly newVersionPercentAfter?: number
}

/**
 * What a deployment policy costs in capacity.
 * Models: AWS Elastic Beanstalk Developer Guide, "Deployment policies and settings", "Immutable environment updates"
 */
export const beanstalkDeploy = defineRule({
  id: 'beanstalk.deploy',
  says: 'All at once empties the environment, rolling lacks one batch, an additional batch never lacks any, immutable doubles it.',
  source:
    'AWS Elastic Beanstalk Developer Guide, using-features.rolling-version-deploy, environmentmgmt-updates-immutable',
  decide: ({ policy, instances, batch, trafficSplitPercent = 10 }: DeployQuestion): DeployVerdict => {
    const size = batchSize(instances, batch)
    switch (policy) {
      case 'AllAtOnce':
        return {
          inServiceDuringSteps: [0],
          minInService: 0,
          maxInstances: instances,
          finalInService: instances,
          newInstances: 0,
        }
      case 'Rolling': {
        const steps: number[] = []
        for (let done = 0; done < instances; done += size) steps.push(instances - Math.min(size, instances - done))
        return {
          inServiceDuringSteps: steps,
          minInService: Math.min(...steps),
          maxInstances: instances,
          finalInService: instances,
          newInstances: 0,
        }
      }
      case 'RollingWithAdditionalBatch':
        return {
          minInService: instances,
          maxInstances: instances + size,
          finalInService: instances,
          newInstances: size,
        }
      case 'Immutable':
        return {
          instanceCountAtSteps: [instances, instances + 1, 2 * instances, instances],
          minInService: instances,
          maxInstances: 2 * instances,
          finalInService: instances,
          newInstances: instances,
        }
      case 'TrafficSplitting':
        return {
          minInService: instances,
          maxInstances: 2 * instances,
          finalInService: instances,
          newInstances: instances,
          newVersionPercentDuringEvaluation: trafficSplitPercent,
          newVersionPercentAfter: 100,
        }
    }
  },
})

/** Instances of a batch: at least one, at most all. 30 % when nothing is said, as the EB CLI's default. */
function batchSize(instances: number, batch: DeployQuestion['batch'] = { type: 'Percentage', value: 30 }): number {
  const wanted = batch.type === 'Fixed' ? batch.value : Math.ceil((instances * batch.value) / 100)
  return Math.max(1, Math.min(instances, wanted))
}
