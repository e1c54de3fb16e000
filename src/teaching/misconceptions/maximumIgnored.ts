import { deploymentBounds } from '../../domains/aws/ecs/deploymentBounds.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that all new tasks are started beside the old ones. */
export const maximumIgnored = defineMisconception({
  id: 'maximum-ignored',
  concept: 'ecs.deployments',
  rule: deploymentBounds,
  says: 'An update starts all new tasks beside the old ones.',
  instead: 'Old and new together are never more than the maximum percent of the desired count.',
  decide: (input, real) => real({ ...input, maxPercent: 200 }),
})
