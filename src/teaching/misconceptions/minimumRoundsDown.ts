import { deploymentBounds } from '../../domains/aws/ecs/deploymentBounds.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that the minimum healthy percent is rounded down. */
export const minimumRoundsDown = defineMisconception({
  id: 'minimum-rounds-down',
  concept: 'ecs.deployments',
  rule: deploymentBounds,
  says: 'The minimum healthy percent is rounded down to whole tasks.',
  instead: 'The minimum rounds up and the maximum rounds down: both on the side of care.',
  decide: (input, real) => {
    const share = Math.floor((input.desired * input.minHealthyPercent) / 100)
    return real({ ...input, minHealthyPercent: (share / Math.max(1, input.desired)) * 100 - 1e-9 })
  },
})
