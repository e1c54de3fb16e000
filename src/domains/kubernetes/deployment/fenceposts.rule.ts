import { defineRule } from '../../../kernel/rule.ts'
import { type IntOrPercent, scaledCount } from '../api/intOrPercent.ts'

/**
 * How far a rolling update may stray above and below the wanted size.
 * Models: pkg/controller/deployment/util/deployment_util.go ResolveFenceposts
 */
export const fenceposts = defineRule({
  id: 'k8s.deployment.fenceposts',
  says: 'A percentage of surge rounds up and of unavailability rounds down; if both come out as zero, one pod may be unavailable.',
  source: 'pkg/controller/deployment/util/deployment_util.go ResolveFenceposts',
  decide: resolveFenceposts,
  vector: (input: FencepostsInput) => resolveFenceposts(input) ?? { error: true },
})

/** `desired` is the wanted number of replicas; an absent bound is 0. */
export interface FencepostsInput {
  readonly maxSurge?: IntOrPercent | null
  readonly maxUnavailable?: IntOrPercent | null
  readonly desired: number
}

/** The two bounds as counts; undefined when one is neither a number nor a percentage (validation refuses that first). */
export function resolveFenceposts(input: FencepostsInput): { surge: number; unavailable: number } | undefined {
  const surge = scaledCount(input.maxSurge, input.desired, true)
  const unavailable = scaledCount(input.maxUnavailable, input.desired, false)
  if (surge === undefined || unavailable === undefined) return undefined
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable }
}
