import type { World } from '../../../kernel/index.ts'
import { askName, doorAt } from '../../traffic/index.ts'
import { healthCheck } from './healthCheck.rule.ts'
import { CHECK, type Check } from './zone.ts'

/** What a check made now comes to, and until when unless something happens. */
export interface Outcome {
  readonly pass: boolean
  readonly why: string
  readonly until: number
}

/** Address of one of Route 53's checkers. */
const CHECKER = '15.177.2.20'
/** Checkers that report, from eight regions. */
export const CHECKERS = 16

/** Makes a check. Models: Route 53 developer guide, dns-failover-determining-health-of-endpoints.md */
export function checkNow(world: World, { config, checkId }: Check): Outcome {
  const never = Number.POSITIVE_INFINITY
  if (config.Type === 'CALCULATED') {
    const children = (config.ChildHealthChecks ?? []).map((id) => world.get(`${CHECK}/${id}`)?.state === 'Healthy')
    const { healthy } = world.decide(healthCheck, {
      children,
      healthyThreshold: config.HealthThreshold ?? 0,
      inverted: config.Inverted,
    })
    return {
      pass: healthy,
      why: `${children.filter(Boolean).length} of ${children.length} child health checks are healthy`,
      until: never,
    }
  }
  if (config.Type === 'CLOUDWATCH_METRIC') {
    const { Region = '', Name = '' } = config.AlarmIdentifier ?? {}
    const state = world.get(`aws.cloudwatch.Alarm/${Region}/${Name}`)?.state
    const last = config.InsufficientDataHealthStatus !== 'Unhealthy'
    return {
      pass: state === 'OK' ? true : state === 'ALARM' ? false : last,
      why: `The alarm ${Name} is in state ${state ?? 'unknown'}`,
      until: never,
    }
  }
  const seen = look(world, config, checkId)
  const { healthy } = world.decide(healthCheck, {
    checkers: CHECKERS,
    reportingHealthy: seen.pass ? CHECKERS : 0,
    inverted: config.Inverted,
  })
  return { ...seen, pass: healthy }
}

function look(world: World, config: Check['config'], checkId: string): Outcome {
  const until = world.count('traffic.Client') > 0 ? world.now + 1 : Number.POSITIVE_INFINITY
  const host = config.FullyQualifiedDomainName
  const ip =
    config.IPAddress ??
    (host === undefined
      ? undefined
      : askName(world, host, 'A', checkId)?.records.find(({ type }) => type === 'A')?.data)
  if (ip === undefined) return { pass: false, why: `Failure: DNS resolution failed: Rcode NXDomain(3)`, until }
  const https = config.Type.startsWith('HTTPS')
  const port = config.Port ?? (https ? 443 : 80)
  const from = { id: checkId, ip: CHECKER }
  const got = doorAt(world, ip, port, from)?.visit({
    method: 'GET',
    scheme: https ? 'https' : 'http',
    host: host ?? ip,
    path: config.ResourcePath ?? '/',
    headers: { 'User-Agent': `Amazon-Route53-Health-Check-Service (ref ${checkId}; report http://amzn.to/1vsZADi)` },
    from,
    salt: 'health check',
  })
  if (!got || got.is === 'timeout' || got.is === 'unreachable')
    return {
      pass: false,
      why: 'Failure: The health checker could not establish a connection within the timeout limit.',
      until,
    }
  const soon = Math.min(until, got.until ?? Number.POSITIVE_INFINITY)
  if (got.is === 'refused')
    return { pass: false, why: `Failure: Connection refused. The connection was refused by the endpoint.`, until: soon }
  if (config.Type === 'TCP') return { pass: true, why: 'Success: TCP connection established', until: soon }
  if (got.is !== 'answered' || got.ms > 2000)
    return {
      pass: false,
      why: 'Failure: The endpoint did not respond to the health check request within the timeout limit.',
      until: soon,
    }
  if (got.status < 200 || got.status >= 400)
    return { pass: false, why: `Failure: HTTP Status Code ${got.status}. Resolved IP: ${ip}`, until: soon }
  if (config.SearchString !== undefined && !got.body.slice(0, 5120).includes(config.SearchString))
    return {
      pass: false,
      why: `Failure: HTTP Status Code ${got.status}, String not matched. Resolved IP: ${ip}`,
      until: soon,
    }
  return { pass: true, why: `Success: HTTP Status Code ${got.status}, OK`, until: soon }
}
