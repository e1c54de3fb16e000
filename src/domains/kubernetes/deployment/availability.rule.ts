import { defineRule } from '../../../kernel/rule.ts'
import type { IntOrPercent } from '../api/intOrPercent.ts'
import { resolveFenceposts } from './fenceposts.rule.ts'

/**
 * How many replicas may be missing, and how many must stay available, outside the rolling update itself.
 * Models: pkg/controller/deployment/util/deployment_util.go MaxUnavailable, MinAvailable
 */
export const availability = defineRule({
  id: 'k8s.deployment.availability',
  says: 'A rolling Deployment may miss maxUnavailable pods, never more than it wants; Recreate promises nothing.',
  source: 'pkg/controller/deployment/util/deployment_util.go MaxUnavailable, MinAvailable',
  decide: deploymentAvailability,
})

/** The update strategy of a Deployment, flattened. */
export interface RolloutStrategy {
  readonly strategy?: string
  readonly maxSurge?: IntOrPercent | null
  readonly maxUnavailable?: IntOrPercent | null
}

/** `maxUnavailable` is 0 for Recreate and for no replicas, and never exceeds `replicas`. */
export function deploymentAvailability(input: RolloutStrategy & { readonly replicas: number }): {
  maxUnavailable: number
  minAvailable: number
} {
  const { strategy = 'RollingUpdate', replicas } = input
  if (strategy !== 'RollingUpdate') return { maxUnavailable: 0, minAvailable: 0 }
  if (replicas === 0) return { maxUnavailable: 0, minAvailable: 0 }
  const unavailable = resolveFenceposts({ ...input, desired: replicas })?.unavailable ?? 0
  const maxUnavailable = Math.min(unavailable, replicas)
  return { maxUnavailable, minAvailable: replicas - maxUnavailable }
}

/** Pods a rolling Deployment may run above its wanted size; 0 for Recreate. Models: deployment_util.go MaxSurge */
export function deploymentSurge(input: RolloutStrategy & { readonly replicas: number }): number {
  if ((input.strategy ?? 'RollingUpdate') !== 'RollingUpdate') return 0
  return resolveFenceposts({ ...input, desired: input.replicas })?.surge ?? 0
}
