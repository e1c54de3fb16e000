import { defineRule } from '../../../kernel/index.ts'

/**
 * The capacity after a step scaling policy was executed.
 * Models: EC2 Auto Scaling user guide, as-scaling-simple-step.md
 */
export const stepScaling = defineRule({
  id: 'asg.stepScaling',
  says: 'How far the metric is beyond the threshold chooses the step; percentages are rounded towards zero, but never to no change.',
  source: 'EC2 Auto Scaling user guide, as-scaling-simple-step.md',
  decide: takeStep,
})

/** Bounds relative to the threshold; null stands for infinity. */
export interface Step {
  readonly lower?: number | null | undefined
  readonly upper?: number | null | undefined
  readonly adjustment: number
}

export type AdjustmentType = 'ChangeInCapacity' | 'ExactCapacity' | 'PercentChangeInCapacity'

export interface StepInput {
  readonly current: number
  readonly metric: number
  readonly threshold: number
  readonly adjustmentType: AdjustmentType
  readonly steps: readonly Step[]
  readonly min: number
  readonly max: number
  /** The least change of a percentage, in instances. */
  readonly minAdjustmentMagnitude?: number | undefined
}

/** The wanted capacity within its bounds, and the step that was taken. */
export function takeStep(input: StepInput): { readonly desired: number; readonly step?: Step } {
  const { current, metric, threshold, steps, min, max } = input
  const beyond = Math.round((metric - threshold) * 1e9) / 1e9
  const step = steps.find((one) => holds(one, beyond))
  const wanted = step ? adjusted(current, input.adjustmentType, step.adjustment, input.minAdjustmentMagnitude) : current
  const desired = Math.min(max, Math.max(min, wanted))
  return step ? { desired, step } : { desired }
}

/** Above the threshold a step has its lower bound and not its upper one; below it is the other way round. */
function holds({ lower, upper }: Step, beyond: number): boolean {
  const from = lower ?? Number.NEGATIVE_INFINITY
  const to = upper ?? Number.POSITIVE_INFINITY
  const above = from >= 0 || (to > 0 && beyond >= 0)
  return above ? beyond >= from && beyond < to : beyond > from && beyond <= to
}

/** The capacity after an adjustment, before bounds. */
export function adjusted(current: number, type: AdjustmentType, adjustment: number, least = 0): number {
  if (type === 'ExactCapacity') return adjustment
  if (type === 'ChangeInCapacity') return current + adjustment
  const exact = Math.round(current * adjustment * 1e7) / 1e9
  const size = Math.abs(exact)
  const change = size === 0 ? 0 : Math.max(least, size < 1 ? 1 : Math.floor(size))
  return current + Math.sign(exact) * change
}
