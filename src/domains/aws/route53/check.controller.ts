import type { Controller } from '../../../kernel/index.ts'
import { allReaches } from '../../traffic/index.ts'
import { checkNow } from './check.ts'
import { healthCheck } from './healthCheck.rule.ts'
import { CHECK, type Check, NAME } from './zone.ts'

/** ms from a check's making to its first look. */
const FIRST = 5000

/**
 * Makes health checks at their own times; only what turns is an event. Without any check it costs nothing.
 * Models: Route 53 developer guide, dns-failover.md
 */
export const checkController: Controller = {
  name: 'route53-checks',
  get watches() {
    const kinds = allReaches().flatMap((reach) => (reach.door ? reach.kinds : []))
    return Object.fromEntries([CHECK, NAME, 'aws.cloudwatch.Alarm', ...kinds].map((kind) => [kind, '*' as const]))
  },
  wakes(event, world) {
    if (world.count(CHECK) === 0) return undefined
    if (event.kind === CHECK && event.from === event.into) return event.to
    return [...world.all(CHECK)].map(({ id }) => id)
  },
  reconcile(id, world) {
    const check = world.get(id) as Check | undefined
    if (!check) return undefined
    const { config, turning } = check
    const { now } = world
    const healthy = check.state === 'Healthy'
    if (config.Disabled)
      return healthy === !config.Inverted
        ? undefined
        : [
            {
              to: id,
              type: healthy ? 'BecameUnhealthy' : 'BecameHealthy',
              data: { turning: undefined, why: 'The health check is disabled' },
            },
          ]
    const result = checkNow(world, check)
    const atOnce = config.Type === 'CALCULATED' || config.Type === 'CLOUDWATCH_METRIC'
    const interval = (config.RequestInterval ?? 30) * 1000
    const first = check.made + FIRST
    if (!atOnce && now < first) return [{ again: first - now }]
    const next = first + (Math.floor((now - first) / interval) + 1) * interval
    const due = atOnce || (now - first) % interval === 0
    const agrees = result.pass === healthy
    const wait = () => {
      if (result.until === Number.POSITIVE_INFINITY) return []
      const periods = Math.max(1, Math.ceil((result.until - first) / interval) - Math.floor((now - first) / interval))
      return [{ again: first + (Math.floor((now - first) / interval) + periods) * interval - now }]
    }
    const settled = agrees && !turning && (healthy || result.why === check.why)
    if (!due) return settled ? wait() : [{ again: next - now }]
    if (agrees)
      return settled
        ? wait()
        : [{ to: id, type: 'CheckTurned', data: { turning: undefined, why: result.why } }, ...wait()]
    const outcome = result.pass ? 'pass' : 'fail'
    const since = turning?.outcome === outcome ? turning.since : now
    const count = atOnce ? Number.POSITIVE_INFINITY : Math.round((now - since) / interval) + 1
    if (count >= (config.FailureThreshold ?? 3))
      return [
        {
          to: id,
          type: result.pass ? 'BecameHealthy' : 'BecameUnhealthy',
          rule: healthCheck.id,
          inputs: { outcome, inARow: atOnce ? 1 : count },
          data: { turning: undefined, why: result.why },
        },
      ]
    if (turning?.outcome === outcome) return [{ again: next - now }]
    return [
      { to: id, type: 'CheckTurned', data: { turning: { outcome, since }, why: result.why } },
      { again: next - now },
    ]
  },
}
