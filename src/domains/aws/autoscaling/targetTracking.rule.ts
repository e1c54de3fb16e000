import { defineRule } from '../../../kernel/index.ts'

/**
 * The capacity that keeps a metric at its target, by proportion.
 * Models: EC2 Auto Scaling user guide, as-scaling-target-tracking.md. Unlike the real controller, whose workings are not published,
 * it knows proportion alone.
 */
export const targetTracking = defineRule({
  id: 'asg.targetTracking',
  says: 'Capacity changes in proportion to how far the metric is from its target, rounded so that there is never too little.',
  source: 'EC2 Auto Scaling user guide, as-scaling-target-tracking.md',
  decide: trackTarget,
})

export interface TrackInput {
  readonly current: number
  readonly metric: number
  readonly target: number
  readonly min: number
  readonly max: number
  /** Whether the policy's alarm is in ALARM; true unless told. */
  readonly alarmFired?: boolean | undefined
  /** False when the policy only scales out. */
  readonly scaleInEnabled?: boolean | undefined
}

/** The wanted capacity, within its bounds. */
export function trackTarget(input: TrackInput): { readonly desired: number } {
  const { current, metric, target, min, max, alarmFired = true, scaleInEnabled = true } = input
  const bounded = (count: number) => Math.min(max, Math.max(min, count))
  if (!alarmFired) return { desired: bounded(current) }
  const wanted = bounded(roundUp((current * metric) / target))
  return { desired: wanted < current && !scaleInEnabled ? bounded(current) : wanted }
}

/** Rounds up what is more than a calculation's own dust above a whole number. */
function roundUp(value: number): number {
  const near = Math.round(value)
  return Math.abs(value - near) < 1e-9 ? near : Math.ceil(value)
}
