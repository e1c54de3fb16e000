import { defineRule } from '../../../kernel/index.ts'

/**
 * How many tasks a rolling deployment must keep and may reach.
 * Models: Amazon ECS developer guide, "Rolling update", minimumHealthyPercent and maximumPercent
 */
export const deploymentBounds = defineRule({
  id: 'ecs.deployment.bounds',
  says: 'The minimum healthy percent of the desired count rounds up, and the maximum percent rounds down.',
  source: 'ECS API DeploymentConfiguration',
  decide: boundsOf,
})

/** Percentages of `desired`, as in a service's deploymentConfiguration. */
export interface BoundsInput {
  readonly desired: number
  readonly minHealthyPercent: number
  readonly maxPercent: number
}

/** Tasks that must be running, tasks that may be running or pending, and what follows for a deployment from full strength. */
export interface Bounds {
  readonly minRunning: number
  readonly maxTotal: number
  readonly canStopBeforeStart: boolean
  readonly canStartBeforeStop: boolean
  readonly deploymentBlocked: boolean
}

export function boundsOf({ desired, minHealthyPercent, maxPercent }: BoundsInput): Bounds {
  const minRunning = Math.ceil((desired * minHealthyPercent) / 100)
  const maxTotal = Math.floor((desired * maxPercent) / 100)
  const canStopBeforeStart = minRunning < desired
  const canStartBeforeStop = maxTotal > desired
  return {
    minRunning,
    maxTotal,
    canStopBeforeStart,
    canStartBeforeStop,
    deploymentBlocked: !canStopBeforeStart && !canStartBeforeStop,
  }
}
