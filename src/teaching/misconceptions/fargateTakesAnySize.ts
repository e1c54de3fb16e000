import { fargateSize } from '../../domains/aws/ecs/fargateSize.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that Fargate cuts a machine to any measure. */
export const fargateTakesAnySize = defineMisconception({
  id: 'fargate-takes-any-size',
  concept: 'ecs.fargate',
  rule: fargateSize,
  says: 'A task on Fargate may have any CPU and any memory.',
  instead: 'Each number of CPU units goes with a range of memory in certain steps.',
  decide: () => ({ valid: true }),
})
