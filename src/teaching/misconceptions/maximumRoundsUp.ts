import { deploymentBounds } from '../../domains/aws/ecs/deploymentBounds.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that the maximum percent is rounded up. */
export const maximumRoundsUp = defineMisconception({
  id: 'maximum-rounds-up',
  concept: 'ecs.deployments',
  rule: deploymentBounds,
  says: 'The maximum percent is rounded up to whole tasks.',
  instead: 'The maximum percent of the desired count rounds down.',
  decide: (input, real) => {
    const share = Math.ceil((input.desired * input.maxPercent) / 100)
    return real({ ...input, maxPercent: (share / Math.max(1, input.desired)) * 100 + 1e-9 })
  },
})
