import { type PickInput, placementPick } from '../../domains/aws/ecs/placement.rule.ts'
import type { Candidate } from '../../domains/aws/ecs/placement.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that distinctInstance is kept as long as there are instances. */
export const distinctIsAWish = defineMisconception<PickInput, Candidate | undefined>({
  id: 'distinct-is-a-wish',
  concept: 'ecs.placement',
  rule: placementPick,
  says: 'Once each instance has a task, distinctInstance lets a second one on.',
  instead: 'A constraint is never bent: what does not meet it is not placed.',
  decide: ({ placing, chance }, real) =>
    real({ placing, chance }) ?? placing.candidates.find((one) => placing.refusal(one) === 'distinctInstance'),
})
