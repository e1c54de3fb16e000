import type { Answer, Controller, World } from '../../../kernel/index.ts'
import { allReaches } from '../../traffic/index.ts'
import { findInstance, INSTANCE, type Instance } from '../ec2/index.ts'
import { checkTarget } from './check.ts'
import {
  balancersOf,
  groupNumber,
  type HealthReason,
  LISTENER,
  type Listener,
  type ListenerRule,
  LOAD_BALANCER,
  ofArn,
  RULE,
  TARGET,
  TARGET_GROUP,
  type Target,
  type TargetGroup,
  targetsByAddress,
  targetsOf,
  weightsOf,
} from './records.ts'
import { type HealthState, targetHealth } from './targetHealth.rule.ts'

/** ms from the moment at which a target comes into use to its first check. */
const FIRST_CHECK = 2000

/**
 * Puts targets in and out of use and makes their health checks. A check is made at its own times only, and makes an event only when its
 * outcome turns or what it decides changes; how often it failed in between follows from the time.
 * Models: Elastic Load Balancing, health checks for target groups
 */
export const healthController: Controller = {
  name: 'elbv2-health',
  get watches() {
    const kinds = allReaches().flatMap((reach) => (reach.door ? reach.kinds : []))
    return Object.fromEntries([...OWN, ...kinds].map((kind) => [kind, '*' as const]))
  },
  wakes(event, world) {
    if (event.kind === TARGET) return event.to
    if (world.count(TARGET) === 0) return undefined
    const ids = new Set<string>()
    if (OWN.includes(event.kind ?? ''))
      for (const id of concerned(world, event.to, event.kind ?? '', event.data)) ids.add(id)
    for (const reach of allReaches()) {
      if (!reach.door || !reach.kinds.includes(event.kind ?? '')) continue
      if (!reach.stirs) for (const { id } of world.all(TARGET)) ids.add(id)
      for (const address of reach.stirs?.(event, world) ?? [])
        for (const { id } of world.lookup(targetsByAddress, address)) ids.add(id)
    }
    return ids
  },
  reconcile(id, world) {
    const target = world.get(id) as Target | undefined
    const group = target && (world.get(target.group) as TargetGroup | undefined)
    if (!target || !group || target.state === 'draining') return undefined
    if (group.TargetType === 'instance') {
      const instance = findInstance(world, target.region, target.Id)
      if (!instance || instance.state === 'terminated' || instance.state === 'shutting-down')
        return [{ to: id, type: 'Deregistered', data: { why: 'The instance is terminated.' } }]
    }
    const idle = whyUnused(world, group, target)
    if (idle) {
      if (target.state === 'unused' && target.reason?.Description === idle.Description) return undefined
      return [{ to: id, type: 'TakenOutOfUse', data: { reason: idle } }]
    }
    if (target.state === 'unused') return [{ to: id, type: 'PutInUse' }]
    return group.HealthCheckEnabled ? look(world, group, target) : undefined
  },
}

const OWN: readonly string[] = [TARGET, TARGET_GROUP, LISTENER, RULE, LOAD_BALANCER, INSTANCE]

/** Targets that an event about something else of the load balancer, or about an instance, concerns. */
function concerned(world: World, id: string, kind: string, data: unknown): readonly string[] {
  const entity = world.get(id)
  if (kind === INSTANCE)
    return entity ? world.lookup(targetsByAddress, (entity as Instance).PrivateIpAddress).map((one) => one.id) : []
  if (kind === TARGET_GROUP) return targetsOf(world, id).map((one) => one.id)
  const groups = new Set<string>()
  const take = (actions: Listener['DefaultActions'] = []) => {
    for (const action of actions) for (const { arn } of weightsOf(action)) groups.add(arn)
  }
  if (entity?.kind === LISTENER) take((entity as Listener).DefaultActions)
  else if (entity?.kind === RULE) take((entity as ListenerRule).Actions)
  // What it was before, or a thing that is gone, is not in the world any more: the event says which groups it had.
  for (const arn of (data as { readonly groups?: readonly string[] } | undefined)?.groups ?? []) groups.add(arn)
  if (entity?.kind === LOAD_BALANCER)
    for (const one of world.all(TARGET_GROUP))
      if (balancersOf(world, (one as TargetGroup).arn).some((balancer) => balancer.id === id))
        groups.add((one as TargetGroup).arn)
  return [...groups].flatMap((arn) => {
    const group = ofArn<TargetGroup>(world, TARGET_GROUP, arn)
    return group ? targetsOf(world, group.id).map((one) => one.id) : []
  })
}

/** Why a target gets neither requests nor checks; undefined when it does. */
function whyUnused(world: World, group: TargetGroup, target: Target): HealthReason | undefined {
  const balancers = balancersOf(world, group.arn)
  if (balancers.length === 0)
    return {
      Reason: 'Target.NotInUse',
      Description: 'Target group is not configured to receive traffic from the load balancer',
    }
  const { AvailabilityZone: zone } = target
  const zones = balancers.flatMap(({ nodes }) => nodes.map(({ ZoneName }) => ZoneName))
  if (zone !== undefined && zone !== 'all' && !zones.includes(zone))
    return {
      Reason: 'Target.NotInUse',
      Description: 'Target is in an Availability Zone that is not enabled for the load balancer',
    }
  if (group.TargetType !== 'instance') return undefined
  const state = findInstance(world, target.region, target.Id)?.state
  if (state === 'stopped' || state === 'stopping')
    return { Reason: 'Target.InvalidState', Description: 'Target is in the stopped state' }
  return undefined
}

function look(world: World, group: TargetGroup, target: Target): readonly Answer[] | undefined {
  const interval = group.HealthCheckIntervalSeconds * 1000
  const first = (target.checksFrom ?? target.since) + FIRST_CHECK
  const { now } = world
  if (now < first) return [{ again: first - now }]
  const next = first + (Math.floor((now - first) / interval) + 1) * interval
  const due = (now - first) % interval === 0
  const result = checkTarget(world, group, target)
  const state = target.state as HealthState
  const agrees = result.pass ? state === 'healthy' : state === 'unhealthy'
  const { turning } = target
  const news = !result.pass && result.reason.Description !== target.reason?.Description
  if (!due) return agrees && !turning && !news ? waitFor(result.until) : [{ again: next - now }]
  if (agrees) {
    const told = turning || news
    const data = { turning: undefined, reason: result.pass ? undefined : result.reason }
    return [...(told ? [{ to: target.id, type: 'CheckTurned', data }] : []), ...waitFor(result.until)]
  }
  const outcome = result.pass ? 'pass' : 'fail'
  const since = turning?.outcome === outcome ? turning.since : now
  const count = Math.round((now - since) / interval) + 1
  const { states } = world.decide(targetHealth, {
    healthyThreshold: group.HealthyThresholdCount,
    unhealthyThreshold: group.UnhealthyThresholdCount,
    initialState: state,
    checks: Array.from({ length: count }, () => outcome),
  })
  const into = states.at(-1) ?? state
  const data = { reason: result.pass ? undefined : result.reason }
  if (into !== state)
    return [
      {
        to: target.id,
        type: into === 'healthy' ? 'BecameHealthy' : 'BecameUnhealthy',
        rule: targetHealth.id,
        inputs: { checks: count, outcome },
        data: { ...data, turning: undefined },
      },
    ]
  if (turning?.outcome === outcome && !news) return [{ again: next - now }]
  return [{ to: target.id, type: 'CheckTurned', data: { ...data, turning: { outcome, since } } }, { again: next - now }]

  function waitFor(until: number): readonly Answer[] {
    if (until === Number.POSITIVE_INFINITY) return []
    const periods = Math.max(1, Math.ceil((until - first) / interval) - Math.floor((now - first) / interval))
    return [{ again: first + (Math.floor((now - first) / interval) + periods) * interval - now }]
  }
}

/** Share of its full part that a target gets while it starts slowly: from 0 to 1. */
export function warmth(world: World, group: TargetGroup, target: Target): number {
  const slow = groupNumber(group, 'slow_start.duration_seconds', 0) * 1000
  if (slow === 0 || target.state !== 'healthy') return 1
  return Math.min(1, Math.max(0.05, (world.now - target.since) / slow))
}
