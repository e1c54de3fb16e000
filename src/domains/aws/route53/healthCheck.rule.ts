import { defineRule } from '../../../kernel/index.ts'

/**
 * Whether a health check says healthy: by what its checkers report, or by its children.
 * Models: Route 53 developer guide, dns-failover-determining-health-of-endpoints.md
 */
export const healthCheck = defineRule({
  id: 'route53.healthCheck',
  says: 'An endpoint is healthy if more than 18% of the checkers say so, a calculated check if enough of its children are.',
  source: 'Route 53 developer guide, dns-failover-determining-health-of-endpoints.md',
  decide: judgeHealth,
})

export type HealthReports = (
  | { readonly checkers: number; readonly reportingHealthy: number }
  | { readonly children: readonly boolean[]; readonly healthyThreshold: number }
) & {
  /** `Inverted` of the health check. */
  readonly inverted?: boolean | undefined
}

export function judgeHealth(input: HealthReports): { readonly healthy: boolean } {
  const healthy =
    'children' in input
      ? input.children.filter(Boolean).length >= input.healthyThreshold
      : input.reportingHealthy * 100 > input.checkers * 18
  return { healthy: healthy !== (input.inverted ?? false) }
}
