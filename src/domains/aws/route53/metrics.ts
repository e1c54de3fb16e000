import type { Datum, MetricSource } from '../core/index.ts'
import { CHECK, type Check } from './zone.ts'

/** What Route 53 measures of health checks. */
export const metrics: readonly MetricSource[] = [
  {
    namespace: 'AWS/Route53',
    list: (world) =>
      ([...world.all(CHECK)] as Check[]).flatMap(({ checkId }) =>
        ['HealthCheckStatus', 'HealthCheckPercentageHealthy'].map((name) => ({
          name,
          dimensions: { HealthCheckId: checkId },
        })),
      ),
    now(name, { HealthCheckId }, period, world): Datum | undefined {
      const check = world.get(`${CHECK}/${HealthCheckId}`)
      if (!check) return undefined
      const percent = name === 'HealthCheckPercentageHealthy'
      const value = check.state === 'Healthy' ? (percent ? 100 : 1) : 0
      const sampleCount = Math.max(1, Math.round(period / 60))
      return {
        sampleCount,
        sum: value * sampleCount,
        minimum: value,
        maximum: value,
        unit: percent ? 'Percent' : 'None',
      }
    },
  },
]
