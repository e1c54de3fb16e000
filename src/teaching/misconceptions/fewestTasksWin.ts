import { type PickInput, placementPick } from '../../domains/aws/ecs/placement.rule.ts'
import type { Candidate } from '../../domains/aws/ecs/placement.ts'
import { defineMisconception } from './misconception.ts'

/** Takes spread for a count of tasks alone: the instance with the fewest, whatever the strategy says. */
export const fewestTasksWin = defineMisconception<PickInput, Candidate | undefined>({
  id: 'fewest-tasks-win',
  concept: 'ecs.placement',
  rule: placementPick,
  says: 'A task goes to the instance that has the fewest tasks.',
  instead: 'Only spread counts tasks; binpack looks at what is left of CPU or memory.',
  decide: ({ placing }) =>
    placing.candidates
      .filter((one) => placing.refusal(one) === undefined)
      .sort((a, b) => a.tasks - b.tasks || (a.id < b.id ? -1 : 1))[0],
})
