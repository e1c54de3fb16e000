import { deploymentBounds } from '../../domains/aws/ecs/deploymentBounds.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a service's update may stop every old task at once. */
export const minHealthyIgnored = defineMisconception({
  id: 'min-healthy-ignored',
  concept: 'ecs.deployments',
  rule: deploymentBounds,
  says: 'A deployment may stop all old tasks first.',
  instead: 'Never fewer tasks run than the minimum healthy percent of the desired count.',
  decide: (input, real) => real({ ...input, minHealthyPercent: 0 }),
})
