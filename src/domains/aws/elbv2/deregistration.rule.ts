import { defineRule } from '../../../kernel/index.ts'

/**
 * What a deregistered target is shown as.
 * Models: Application Load Balancers user guide, load-balancer-target-groups.md (deregistration delay)
 */
export const deregistration = defineRule({
  id: 'alb.deregistration',
  says: 'A deregistered target drains for the whole deregistration delay, even if nothing is under way, and is unused then.',
  source: 'Application Load Balancers user guide, load-balancer-target-groups.md',
  decide: stateAfterDeregistration,
})

/** Both in seconds; a delay of 0 drains nothing. */
export function stateAfterDeregistration(input: {
  readonly deregistrationDelaySeconds: number
  readonly secondsSinceDeregister: number
}): { readonly state: 'draining' | 'unused' } {
  return { state: input.secondsSinceDeregister < input.deregistrationDelaySeconds ? 'draining' : 'unused' }
}
