import { type PickInput, placementPick } from '../../domains/aws/ecs/placement.rule.ts'
import type { Candidate } from '../../domains/aws/ecs/placement.ts'
import { defineMisconception } from './misconception.ts'

/** Takes spread for the search for the emptiest instance. */
export const largestRoomWins = defineMisconception<PickInput, Candidate | undefined>({
  id: 'largest-room-wins',
  concept: 'ecs.placement',
  rule: placementPick,
  says: 'spread puts a task where most memory is left.',
  instead: 'spread counts tasks of the same group, and looks at no CPU or memory beyond whether there is room.',
  decide: ({ placing, chance }, real) =>
    placing.wish.strategies[0]?.type !== 'spread'
      ? real({ placing, chance })
      : placing.candidates
          .filter((one) => placing.refusal(one) === undefined)
          .sort((a, b) => b.memory - a.memory || (a.id < b.id ? -1 : 1))[0],
})
