import { defineRule } from '../../../kernel/index.ts'

/**
 * Which targets of a group get requests.
 * Models: Application Load Balancers user guide, target-group-health-checks.md (fail open)
 */
export const targetRouting = defineRule({
  id: 'alb.routing',
  says: 'Only healthy targets get requests; when every registered target is unhealthy, all of them do.',
  source: 'Application Load Balancers user guide, target-group-health-checks.md',
  decide: eligibleTargets,
})

/** `targets` by id: their state as DescribeTargetHealth says it. */
export function eligibleTargets(input: { readonly targets: { readonly [id: string]: string } }): {
  readonly eligible: readonly string[]
  /** Whether unhealthy targets get requests because there are no others. */
  readonly failOpen: boolean
} {
  const registered = Object.entries(input.targets).filter(([, state]) => !LEAVING.has(state))
  const healthy = registered.filter(([, state]) => state === 'healthy')
  const failOpen = registered.length > 0 && registered.every(([, state]) => state === 'unhealthy')
  return { eligible: (failOpen ? registered : healthy).map(([id]) => id), failOpen }
}

/** A target that is draining or not in use counts as deregistered. */
const LEAVING: ReadonlySet<string> = new Set(['draining', 'unhealthy.draining', 'unused'])
