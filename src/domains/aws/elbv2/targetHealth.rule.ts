import { defineRule } from '../../../kernel/index.ts'

/**
 * How a target's health follows from its checks.
 * Models: Application Load Balancers user guide, target-group-health-checks.md
 */
export const targetHealth = defineRule({
  id: 'alb.health',
  says: 'A new target is healthy after its first passed check; from then on it turns after so many equal checks in a row.',
  source: 'Application Load Balancers user guide, target-group-health-checks.md',
  decide: healthAfter,
})

export type HealthState = 'initial' | 'healthy' | 'unhealthy'
export type CheckOutcome = 'pass' | 'fail'

export interface HealthInput {
  readonly healthyThreshold: number
  readonly unhealthyThreshold: number
  readonly initialState: HealthState
  /** Oldest first. */
  readonly checks: readonly CheckOutcome[]
}

/** The state after each check. */
export function healthAfter(input: HealthInput): { readonly states: readonly HealthState[] } {
  let state = input.initialState
  let row = 0
  let last: CheckOutcome | undefined
  const states: HealthState[] = []
  for (const check of input.checks) {
    row = check === last ? row + 1 : 1
    last = check
    if (row >= checksToTurn(input, state, check)) state = check === 'pass' ? 'healthy' : 'unhealthy'
    states.push(state)
  }
  return { states }
}

/** How many equal checks in a row it takes to leave a state; infinite for checks that agree with it. */
export function checksToTurn(
  thresholds: Pick<HealthInput, 'healthyThreshold' | 'unhealthyThreshold'>,
  state: HealthState,
  check: CheckOutcome,
): number {
  if (check === 'pass')
    return state === 'initial' ? 1 : state === 'unhealthy' ? thresholds.healthyThreshold : Number.POSITIVE_INFINITY
  return state === 'unhealthy' ? Number.POSITIVE_INFINITY : thresholds.unhealthyThreshold
}
