import type { World } from '../../../kernel/index.ts'
import { callService, REGION, servicePrincipal } from '../core/index.ts'
import { failover } from './failover.rule.ts'
import type { ResourceRecordSet } from './types.generated.ts'
import { weighted } from './weighted.rule.ts'
import { type Answer, CHECK, type NameRecords } from './zone.ts'

/** What the records of a name answer now, by routing policy and health, and by which rule. */
export function answersOf(
  world: World,
  { records }: Pick<NameRecords, 'records'>,
): { readonly answers: readonly Answer[]; readonly rule?: string; readonly inputs?: object } {
  const [first] = records
  if (!first) return { answers: [] }
  if (first.Weight !== undefined) {
    const inputs = {
      records: records.map((record) => ({
        id: record.SetIdentifier ?? '',
        weight: record.Weight ?? 0,
        healthy: healthOf(world, record),
      })),
    }
    const { shares, total } = world.decide(weighted, inputs)
    return {
      answers: records.flatMap((record) => answerOf(record, (shares[record.SetIdentifier ?? ''] ?? 0) / total)),
      rule: weighted.id,
      inputs,
    }
  }
  if (first.Failover !== undefined) {
    const primary = records.find(({ Failover }) => Failover === 'PRIMARY')
    const secondary = records.find(({ Failover }) => Failover === 'SECONDARY')
    if (!primary || !secondary) return { answers: answerOf(first, 1) }
    const inputs = { primaryHealthy: healthOf(world, primary), secondaryHealthy: healthOf(world, secondary) }
    const chosen = world.decide(failover, inputs).answer === 'primary' ? primary : secondary
    return { answers: answerOf(chosen, 1), rule: failover.id, inputs }
  }
  const healthy = records.filter((record) => healthOf(world, record) !== false)
  const usable = healthy.length > 0 ? healthy : records
  if (first.MultiValueAnswer) {
    const values = usable.slice(0, 8).flatMap(({ ResourceRecords = [] }) => ResourceRecords.map(({ Value }) => Value))
    return { answers: [{ set: '', values, share: 1 }] }
  }
  // The lab's clients are near us-east-1: latency and place choose what is there, else what is for everyone.
  const near =
    usable.find(({ Region }) => Region === REGION) ??
    usable.find(({ GeoLocation }) => GeoLocation?.CountryCode === '*') ??
    usable[0]
  return { answers: near ? answerOf(near, 1) : [] }
}

function answerOf(record: ResourceRecordSet, share: number): readonly Answer[] {
  if (share <= 0) return []
  return [
    {
      set: record.SetIdentifier ?? '',
      values: (record.ResourceRecords ?? []).map(({ Value }) => Value),
      ...(record.AliasTarget
        ? { alias: record.AliasTarget.DNSName.replace(/\.$/, '').replace(/^dualstack\./, '') }
        : {}),
      share,
    },
  ]
}

/** Whether a record is healthy; null when nothing checks it. */
export function healthOf(world: World, record: ResourceRecordSet): boolean | null {
  if (record.HealthCheckId !== undefined) {
    const check = world.get(`${CHECK}/${record.HealthCheckId}`)
    return check === undefined ? null : check.state === 'Healthy'
  }
  return record.AliasTarget?.EvaluateTargetHealth ? balancerHealth(world, record.AliasTarget.DNSName) : null
}

/** Whether a load balancer has a healthy target in every group that it has targets in; null for a name that is none. */
function balancerHealth(world: World, dns: string): boolean | null {
  const name = dns
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '')
    .toLowerCase()
  const region =
    /\.([a-z]{2}-[a-z]+-\d)\.elb\.amazonaws\.com$/.exec(name)?.[1] ??
    /\.elb\.([a-z]{2}-[a-z]+-\d)\.amazonaws\.com$/.exec(name)?.[1]
  if (region === undefined) return null
  const ask = <T>(operation: string, input: object): T | undefined => {
    const answer = callService({
      world,
      service: 'elasticloadbalancing',
      operation,
      input: input as never,
      principal: servicePrincipal('route53'),
      region,
    })
    return 'error' in answer ? undefined : (answer.output as T)
  }
  const { LoadBalancers = [] } =
    ask<{ readonly LoadBalancers: readonly { readonly DNSName: string; readonly LoadBalancerArn: string }[] }>(
      'DescribeLoadBalancers',
      {},
    ) ?? {}
  const balancer = LoadBalancers.find(({ DNSName }) => DNSName.toLowerCase() === name)
  if (!balancer) return false
  const groups = ask<{ readonly TargetGroups: readonly { readonly TargetGroupArn: string }[] }>(
    'DescribeTargetGroups',
    { LoadBalancerArn: balancer.LoadBalancerArn },
  )
  const states = (groups?.TargetGroups ?? []).map(({ TargetGroupArn }) =>
    (
      ask<{ readonly TargetHealthDescriptions: readonly { readonly TargetHealth: { readonly State: string } }[] }>(
        'DescribeTargetHealth',
        { TargetGroupArn },
      )?.TargetHealthDescriptions ?? []
    ).map(({ TargetHealth }) => TargetHealth.State),
  )
  const used = states.filter((list) => list.length > 0)
  return used.length > 0 && used.every((list) => list.includes('healthy'))
}

/** What all resolvers together answer at a moment: those that asked before a change keep the old answer until its TTL has run out. */
export function remembered(
  name: NameRecords,
  now: number,
): { readonly answers: readonly Answer[]; readonly settled: boolean } {
  const { answers = [], before, beforeTtl = 0, changedAt = 0 } = name
  const passed = beforeTtl <= 0 ? 1 : Math.min(1, (now - changedAt) / beforeTtl)
  if (!before || passed >= 1) return { answers, settled: true }
  const mixed = [
    ...before.map((one) => ({ ...one, share: one.share * (1 - passed) })),
    ...answers.map((one) => ({ ...one, share: one.share * passed })),
  ]
  const merged = new Map<string, Answer>()
  for (const one of mixed) {
    const key = keyOf(one)
    merged.set(key, { ...one, share: (merged.get(key)?.share ?? 0) + one.share })
  }
  return { answers: [...merged.values()].filter(({ share }) => share > 0), settled: false }
}

/** Tells answers apart by what they say. */
export function keyOf({ set, values, alias }: Answer): string {
  return `${set} ${alias ?? ''} ${values.join()}`
}
