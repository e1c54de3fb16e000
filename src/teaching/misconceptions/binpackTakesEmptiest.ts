import { type PickInput, placementPick } from '../../domains/aws/ecs/placement.rule.ts'
import type { Candidate } from '../../domains/aws/ecs/placement.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that every scheduler evens the load out. */
export const binpackTakesEmptiest = defineMisconception<PickInput, Candidate | undefined>({
  id: 'binpack-takes-emptiest',
  concept: 'ecs.placement',
  rule: placementPick,
  says: 'binpack puts a task where the most is left.',
  instead: 'binpack fills up: it takes the instance with the least left that still has room.',
  decide: ({ placing, chance }, real) => {
    const [first] = placing.wish.strategies
    if (first?.type !== 'binpack') return real({ placing, chance })
    const left = (one: Candidate) => (first.field?.toLowerCase() === 'memory' ? one.memory : one.cpu)
    return placing.candidates
      .filter((one) => placing.refusal(one) === undefined)
      .sort((a, b) => left(b) - left(a) || (a.id < b.id ? -1 : 1))[0]
  },
})
