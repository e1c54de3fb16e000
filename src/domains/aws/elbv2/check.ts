import type { World } from '../../../kernel/index.ts'
import { checkerOf, portOf, reach } from './reaching.ts'
import type { HealthReason, Target, TargetGroup } from './records.ts'

/** What a health check made now says, and until when it says so unless something happens. */
export interface CheckResult {
  readonly pass: boolean
  readonly reason: HealthReason
  /** Virtual time in ms; infinite when only an event can change it. */
  readonly until: number
}

const FAILED = { Reason: 'Target.FailedHealthChecks', Description: 'Health checks failed' }
const TIMEOUT = { Reason: 'Target.Timeout', Description: 'Request timed out' }
const FINE = { Reason: '', Description: '' }

/**
 * Makes a health check. The words of failures are those of DescribeTargetHealth.
 * Models: Application Load Balancers user guide, target-group-health-checks.md
 */
export function checkTarget(world: World, group: TargetGroup, target: Target): CheckResult {
  const port = group.HealthCheckPort === 'traffic-port' ? portOf(target, group) : Number(group.HealthCheckPort)
  // What flows makes servers slow, and changes with time: while anybody sends, a result holds for its moment only.
  const busy = world.count('traffic.Client') > 0 ? world.now + 1 : Number.POSITIVE_INFINITY
  const got = reach(world, checkerOf(world, group), group, target, port)
  if (got.is !== 'door')
    return { pass: false, reason: got.is === 'timeout' ? TIMEOUT : FAILED, until: Number.POSITIVE_INFINITY }
  const scheme = group.HealthCheckProtocol === 'HTTPS' ? 'https' : 'http'
  const answer = got.door.visit({
    method: 'GET',
    scheme,
    host: `${got.address}:${port}`,
    path: group.HealthCheckPath ?? '/',
    headers: { 'User-Agent': 'ELB-HealthChecker/2.0' },
    from: { id: group.id, ip: got.address, inside: true },
    salt: 'health check',
  })
  const until = Math.min(busy, answer.until ?? Number.POSITIVE_INFINITY)
  const connectionAlone = !group.HealthCheckProtocol.startsWith('HTTP')
  if (answer.is === 'refused' || answer.is === 'unreachable') return { pass: false, reason: FAILED, until }
  if (answer.is === 'timeout') return { pass: false, reason: TIMEOUT, until }
  if (connectionAlone) return { pass: true, reason: FINE, until }
  if (answer.is !== 'answered' || answer.ms > group.HealthCheckTimeoutSeconds * 1000)
    return { pass: false, reason: TIMEOUT, until }
  if (matchesCode(group.Matcher?.HttpCode ?? '200', answer.status)) return { pass: true, reason: FINE, until }
  return {
    pass: false,
    reason: {
      Reason: 'Target.ResponseCodeMismatch',
      Description: `Health checks failed with these codes: [${answer.status}]`,
    },
    until,
  }
}

/** Whether a status is among those of a matcher: `200`, `200,302`, `200-299`. */
export function matchesCode(matcher: string, status: number): boolean {
  return matcher.split(',').some((part) => {
    const [from = Number.NaN, to = from] = part.split('-').map(Number)
    return status >= from && status <= to
  })
}
